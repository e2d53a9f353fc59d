import { statfs } from 'node:fs/promises'
import { AppError } from '#engine/model/app-error'

/** Bytes kept free beside the embedded database: on a full disk it stops answering, for reading as well. */
const reserve = 256 * 1024 * 1024

/** Rejects with STORAGE_FULL when the disk under `directory` has no room for `bytes` more, twice (data and write-ahead log). */
export async function requireFreeSpace(directory: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory)
  if (bavail * bsize < Math.max(reserve, 2 * bytes)) {
    throw new AppError(
      'STORAGE_FULL',
      `the disk of the data directory has ${Math.floor((bavail * bsize) / 1048576)} MiB left; free some space`,
    )
  }
}
