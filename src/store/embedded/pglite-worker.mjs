// PGlite in a thread of its own: it runs a query on the event loop of whoever holds it, so nobody else may share it.
// One message in, all answer bytes out. Plain JavaScript, because a worker starts without the test runner's compiler.
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

if (!parentPort) throw new Error('started outside a worker thread')
const port = parentPort
const database = await PGlite.create(workerData)

async function exchange({ id, bytes }) {
  const parts = []
  let problem
  try {
    // INVARIANT: onRawData sees the database's own memory, which the next message overwrites: copy at once.
    const options = { onRawData: (part) => parts.push(Buffer.from(part)) }
    await database.runExclusive(() => database.execProtocolRawStream(bytes, options))
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error)
  }
  const answer = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    answer.set(part, offset)
    offset += part.length
  }
  port.postMessage({ id, bytes: answer, problem }, [answer.buffer])
}

port.on('message', (message) => {
  if (message !== null) return void exchange(message)
  void database.close().finally(() => port.close())
})
port.postMessage({ ready: true })
