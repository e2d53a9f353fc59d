import { createConnection, createServer, type Server } from 'node:net'

/** ASKING: wants the lock and looks around; HELD: has it, or is too busy to say; LEAVING: hung up; DEAD: its process has ended. */
export type Holder = 'ASKING' | 'HELD' | 'LEAVING' | 'DEAD'

export interface LockSocket {
  say(state: 'ASKING' | 'HELD'): void
  close(): void
}

const patience = 500

/** Listens at `path` and tells whoever connects in which state its process is. */
export async function openLockSocket(path: string): Promise<LockSocket> {
  let state: 'ASKING' | 'HELD' = 'ASKING'
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(state)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => resolve())
  })
  server.unref()
  return { say: (next) => (state = next), close: () => server.close() }
}

/** Asks the socket at `path`. The system answers for a process that is stopped or busy: silence means that it lives. */
export function askHolder(path: string): Promise<Holder> {
  return new Promise((resolve) => {
    let said = ''
    const socket = createConnection(path)
    const settle = (holder: Holder): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(holder)
    }
    const timer = setTimeout(() => settle('HELD'), patience)
    socket.on('data', (bytes) => (said += bytes.toString()))
    socket.on('end', () => settle(said === 'HELD' || said === 'ASKING' ? said : 'LEAVING'))
    socket.on('error', ({ code }: NodeJS.ErrnoException) => settle(meaning[code ?? ''] ?? 'HELD'))
  })
}

const meaning: Readonly<Record<string, Holder>> = { ECONNREFUSED: 'DEAD', ENOENT: 'DEAD', ECONNRESET: 'LEAVING', EPIPE: 'LEAVING' }
