import { connect } from 'node:net'

export interface RawAnswer {
  /** 0: nothing came. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How many answers came. */
  readonly answers: number
  /** Whether the other side ended the connection within the patience. */
  readonly closed: boolean
}

/** Bytes as they are over one socket to a service on loopback, and what comes back until it ends, or for `patience` milliseconds. */
export const sendRaw = (url: string, bytes: string | Buffer, patience = 2_000): Promise<RawAnswer> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    let text = ''
    let closed = false
    const timer = setTimeout(() => socket.destroy(), patience)
    socket.setEncoding('latin1')
    socket.on('connect', () => socket.write(bytes))
    socket.on('data', (part: string) => (text += part))
    socket.on('end', () => (closed = true))
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve({ ...readAnswer(text), closed })
    })
  })

function readAnswer(text: string): Omit<RawAnswer, 'closed'> {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...fields] = head.split('\r\n')
  const headers = Object.fromEntries(fields.map((field) => [field.split(':')[0]?.toLowerCase() ?? '', field.replace(/^[^:]*:\s*/, '')]))
  const answers = text.match(/HTTP\/1\.1 \d{3}/g)?.length ?? 0
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0), headers, body: rest.join('\r\n\r\n'), answers }
}

/** A request that ends its connection. */
export const requestOf = (line: string, host: string, more = ''): string =>
  `${line} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`
