import { setFlagsFromString } from 'node:v8'

const much = 8 * 1024 * 1024

/** By so many percent the heap may grow between two collections; by itself the engine lets it grow to four times its size. */
const growth = 200

let read = 0

/** Told of bytes that were read. From many on the heap is collected sooner; a command that reads few is over before that pays. */
export function spareMemory(bytes: number): void {
  if (read >= much) return
  read += bytes
  if (read >= much) setFlagsFromString(`--heap-growing-percent=${growth}`)
}
