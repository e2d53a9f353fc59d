// One process at a time may have the data directory: PGlite takes no lock, and two on one directory lose writes silently.
//
// Who wants the lock puts a listening Unix socket into a directory and then looks whether another one there still
// answers. The system closes a dead process's sockets, so that nothing is ever stolen on a guess: no process number that
// another container uses as well, no heartbeat that a long query delays, nothing to clean up by hand after `kill -9`.

import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '#engine/model/app-error'
import { askHolder, type LockSocket, openLockSocket } from './lock-socket.js'

export interface DirectoryLock {
  release(): Promise<void>
}

const suffix = '.socket'
const mostLooks = 30
const longestAddress = 60 // a socket's address has some 100 bytes, of which our own name takes up to 50

/**
 * Takes the lock kept in `directory`, or rejects with STORE_HELD naming the process that has it.
 *
 * It guards processes on one machine, containers included; not two machines that share a network file system.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const near = await shortAddress(directory)
  const name = `${process.pid}-${randomUUID().slice(0, 8)}${suffix}`
  const socket = await listen(near.path, name)
  try {
    await outlast(near.path, name)
    socket.say('HELD')
  } catch (error) {
    await withdraw(socket, join(directory, name))
    throw error
  } finally {
    await near.remove()
  }
  return { release: () => withdraw(socket, join(directory, name)) }
}

/** INVARIANT: the socket gets its name only when it listens, so that no one takes it for a dead one. */
async function listen(directory: string, name: string): Promise<LockSocket> {
  const unnamed = join(directory, `${name}.new`)
  const socket = await openLockSocket(unnamed).catch((error: unknown) => {
    throw new AppError('STORE_UNUSABLE', `the data directory must be on a file system with Unix sockets (${String(error)})`)
  })
  await rename(unnamed, join(directory, name))
  return socket
}

/**
 * Resolves when no other socket in the directory answers.
 *
 * INVARIANT: our own is there before we look, so of two that start together at least one sees the other; of two that
 * still ask, the one with the smaller name stays.
 */
async function outlast(directory: string, own: string): Promise<void> {
  for (let look = 1; ; look++) {
    const others = (await readdir(directory)).filter((name) => name.endsWith(suffix) && name !== own)
    let undecided: string | undefined
    for (const other of others) {
      const holder = await askHolder(join(directory, other))
      if (holder === 'DEAD') await rm(join(directory, other), { force: true })
      else if (holder === 'HELD' || (holder === 'ASKING' && other < own)) throw heldBy(other)
      else undecided = other
    }
    if (undecided === undefined) return
    if (look === mostLooks) throw heldBy(undecided)
    await pause(50)
  }
}

const heldBy = (name: string): AppError =>
  new AppError(
    'STORE_HELD',
    `the data directory is in use by process ${name.split('-')[0]}: stop that one, or set \`DATA_DIR\` or \`DATABASE_URL\``,
  )

async function withdraw(socket: LockSocket, path: string): Promise<void> {
  await rm(path, { force: true })
  socket.close()
}

/** A path to the directory that fits into a socket's address: a link to it where its own is too long. */
async function shortAddress(directory: string): Promise<{ readonly path: string; remove(): Promise<void> }> {
  if (Buffer.byteLength(directory) <= longestAddress) return { path: directory, remove: async () => {} }
  const usual = join(tmpdir(), 'lock-')
  const scratch = await mkdtemp(Buffer.byteLength(usual) < longestAddress / 2 ? usual : '/tmp/lock-')
  const path = join(scratch, 'd')
  await symlink(directory, path)
  return { path, remove: () => rm(scratch, { recursive: true, force: true }) }
}
