import { chmod, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#engine/model/app-error'
import { makeFolder } from './make-folder.js'

/** Where the embedded database and its lock are. */
export interface DataDirectory {
  readonly path: string
  readonly postgres: string
  readonly lock: string
}

/**
 * Makes what is missing of a data directory. The database's own is closed to other users, because PGlite creates files that all may read;
 * the one above it may be a mounted volume, which belongs to whoever mounts it.
 *
 * Rejects with STORE_UNUSABLE, and what to do, where this user cannot write there.
 */
export async function openDataDirectory(dataDir: string): Promise<DataDirectory> {
  try {
    await makeFolder(dataDir)
    const path = await realpath(dataDir)
    const made = { path, postgres: join(path, 'postgres'), lock: join(path, 'lock') }
    for (const each of [made.postgres, made.lock]) {
      await makeFolder(each)
      await chmod(each, 0o700)
    }
    return made
  } catch (error) {
    throw refusal(error as NodeJS.ErrnoException, dataDir)
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'it belongs to another user',
  EROFS: 'its file system is read-only',
  EEXIST: 'there is a file in its place',
  ENOTDIR: 'there is a file in its place',
  ENOENT: 'it cannot be made there',
  ENOSPC: 'its disk is full',
}

function refusal(error: NodeJS.ErrnoException, dataDir: string): unknown {
  if (error.code === undefined) return error
  const reason = reasons[error.code] ?? error.code
  return new AppError(
    'STORE_UNUSABLE',
    `the data directory \`${dataDir}\` cannot be used: ${reason}; set \`DATA_DIR\` to a directory that this user may write, or \`DATABASE_URL\``,
  )
}
