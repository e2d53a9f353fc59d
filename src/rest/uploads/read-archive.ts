import { gunzip } from 'node:zlib'
import { AppError } from '#engine/model/app-error'
import { type Archive, readTar } from './read-tar.js'
import { uploadFault } from './upload-fault.js'

/** A tar archive, packed with gzip or not; unpacked off this thread, and to no more than `limit` bytes. */
export async function readArchive(body: Buffer, limit: number): Promise<Archive> {
  const isPacked = body[0] === 0x1f && body[1] === 0x8b
  return readTar(isPacked ? await unpack(body, limit) : body)
}

const unpack = (packed: Buffer, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    gunzip(packed, { maxOutputLength: limit }, (error, body) => (error === null ? resolve(body) : reject(refusalOf(error, limit))))
  })

const refusalOf = (error: NodeJS.ErrnoException, limit: number): AppError =>
  error.code === 'ERR_BUFFER_TOO_LARGE'
    ? new AppError('BODY_TOO_LARGE', `unpacked, the body is larger than the ${limit} bytes that are taken here`)
    : uploadFault('ARCHIVE_BROKEN', 'the body begins as gzip does, and cannot be unpacked')
