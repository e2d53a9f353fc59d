import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { backUpStore } from '#operations/store/back-up-store'
import { askServerText } from '../ask-server.js'
import type { Command, Surroundings } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { serverFlags, statedServer } from '../server/server-flags.js'
import { onOwnStore } from '../on-own-store.js'

export const backup: Command = {
  name: 'backup',
  says: 'write everything that is stored into a file',
  operands: ['FILE'],
  examples: [
    'sightline backup sightline.tar',
    'sightline backup nightly.tar --server http://127.0.0.1:8080',
    'sightline backup - | gzip > sightline.tar.gz',
  ],
  flags: serverFlags,
  notes: [
    'A tar archive of every topology, version and tag as of one moment, taken while others go on writing. Tokens are no part of it, nor is',
    'the audit: it tells what was done to this store, goes on when a backup is put in its place, and is listed by `GET /v1/audit`.',
    'FILE appears when it is complete, and is never overwritten; `-` is the standard output.',
  ],
  run: async (given, surroundings) => {
    const [file = '-'] = given.operands
    if (file !== '-' && existsSync(file)) throw failure('input', `\`${file}\` exists already: a backup does not take its place`)
    const take = (bytes: AsyncIterable<Uint8Array>): Promise<void> => (file === '-' ? show(surroundings, bytes) : save(file, bytes))
    const server = statedServer(given, surroundings)
    if (server === undefined) await onOwnStore(surroundings, (needs) => take(backUpStore(needs)))
    else await take(await askServerText(server, { method: 'GET', path: '/v1/backup', accept: 'application/x-tar', patience: 'ENDLESS' }))
    if (file !== '-') surroundings.err(`${surroundings.screen.paint('good', 'BACKED UP')}  ${file}, ${(await stat(file)).size} bytes\n`)
    return exitCodes.fine
  },
}

async function show({ out }: Surroundings, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of bytes) await out(piece)
}

async function save(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const part = `${file}.part`
  try {
    await pipeline(bytes, createWriteStream(part, { mode: 0o600, flush: true }))
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}
