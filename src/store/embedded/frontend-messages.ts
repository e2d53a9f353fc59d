export interface FrontendMessages {
  /** Messages that are complete and may be handed on. */
  readonly whole: Buffer
  /** The beginning of a message whose end has not come yet. */
  readonly rest: Buffer
  /** The client says goodbye; what follows is dropped. */
  readonly terminated: boolean
}

const terminate = 0x58 // 'X'

/** Cuts what a client wrote at the end of its last complete message. The startup message alone has no type byte. */
export function cutMessages(bytes: Buffer, started: boolean): FrontendMessages {
  let end = 0
  let typed = started
  for (;;) {
    const header = typed ? 5 : 4
    if (bytes.length - end < header) break
    if (typed && bytes[end] === terminate) return { whole: bytes.subarray(0, end), rest: Buffer.alloc(0), terminated: true }
    const length = typed ? bytes.readUInt32BE(end + 1) + 1 : bytes.readUInt32BE(end)
    if (bytes.length - end < length) break
    end += length
    typed = true
  }
  return { whole: bytes.subarray(0, end), rest: bytes.subarray(end), terminated: false }
}

/** A simple query as a frontend message. */
export function queryMessage(sql: string): Buffer {
  const text = Buffer.from(sql)
  const message = Buffer.alloc(6 + text.length)
  message.write('Q', 0)
  message.writeUInt32BE(message.length - 1, 1)
  text.copy(message, 5)
  return message
}
