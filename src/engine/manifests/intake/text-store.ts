/** Where a text is kept: bytes of a block. */
export interface KeptText {
  readonly block: Buffer
  readonly start: number
  readonly end: number
}

/** Bytes of the first block, and of the largest: each has twice the room of the one before. */
const sizes = { least: 4 * 1024, most: 1024 * 1024 }

/**
 * Keeps many small texts as UTF-8, one after the other in blocks. What the runtime's writer of JSON returns are ropes of short strings, which take more than
 * twice as much.
 */
export const textStore = (): ((text: string) => KeptText) => {
  let block = Buffer.alloc(0)
  let size = sizes.least / 2
  let end = 0
  return (text) => {
    if (block.length - end < text.length * mostBytes) {
      const length = Buffer.byteLength(text)
      if (block.length - end < length) {
        size = Math.min(2 * size, sizes.most)
        block = Buffer.allocUnsafeSlow(Math.max(size, length))
        end = 0
      }
    }
    const start = end
    end += block.write(text, start)
    return { block, start, end }
  }
}

/** Bytes of one UTF-16 unit. */
const mostBytes = 3

export const keptText = ({ block, start, end }: KeptText): string => block.toString('utf8', start, end)
