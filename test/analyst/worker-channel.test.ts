import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { nobody } from '#analyst/asker'
import type { Pulse } from '#analyst/turn-taking/pulse'
import { openChannel, type WorkerChannel } from '#analyst/worker-channel'
import { roomOf } from '#engine/model/answer-too-large'

/** A worker that does what the script says with each message; `count` is how many were started before it. */
const scripted = (script: string) => {
  let count = 0
  return (pulse: Pulse) => {
    const source = `
      const { parentPort: port, workerData } = require('node:worker_threads')
      const count = ${count}
      const cells = new Int32Array(workerData)
      const workOn = (id) => (Atomics.store(cells, 0, id), Atomics.add(cells, 1, 1))
      const answer = (id) => port.postMessage({ type: 'ANSWERS', ids: [id], texts: ['answered'] })
      const ids = (message) => (message.requests ?? []).map(({ id }) => id)
      port.postMessage({ type: 'READY' })
      port.on('message', (message) => { ${script} })`
    count += 1
    return new Worker(source, { eval: true, workerData: pulse })
  }
}

const room = roomOf(1024)
const upload = () => ({ kind: 'validate', at: 0, upload: { body: new TextEncoder().encode('{}'), mediaType: 'application/json' } }) as const

describe('a worker and what waits for it', () => {
  const open: WorkerChannel[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((channel) => channel.close()))
  })

  const channelTo = (script: string, faults: string[] = []): WorkerChannel => {
    const limits = { questionMs: 500, documentMs: 1_500 }
    const channel = openChannel({ start: scripted(script), limits, onFault: (message) => faults.push(message) })
    open.push(channel)
    return channel
  }
  const ask = (channel: WorkerChannel, asker = nobody) => channel.send({ kind: 'deployment' }, [], room, asker)

  it('sends the requests of one tick as one message', async () => {
    const channel = channelTo(
      `port.postMessage({ type: 'ANSWERS', ids: ids(message), texts: message.requests.map(() => String(message.requests.length)) })`,
    )
    await expect(Promise.all([ask(channel), ask(channel), ask(channel)])).resolves.toEqual([{ value: '3' }, { value: '3' }, { value: '3' }])
    expect(channel.waiting()).toBe(0)
  })

  it('replaces a worker that does not come out of a question, which took too long, and asks the others again', async () => {
    const faults: string[] = []
    const channel = channelTo(
      `const [first] = ids(message); if (count === 0) { workOn(first); for (;;) {} } ids(message).forEach(answer)`,
      faults,
    )
    const [stuck, ...behind] = await Promise.all([ask(channel), ask(channel), ask(channel)])
    expect(stuck).toMatchObject({ problem: { code: 'TOO_COMPLEX' } })
    expect(behind).toEqual([{ value: 'answered' }, { value: 'answered' }])
    expect(faults).toHaveLength(1)
  })

  it('does not take a worker for stuck that has much to do', async () => {
    const faults: string[] = []
    const channel = channelTo(
      `for (const id of ids(message)) { const end = Date.now() + 100; while (Date.now() < end) workOn(id); answer(id) } workOn(0)`,
      faults,
    )
    const answers = await Promise.all(Array.from({ length: 15 }, () => ask(channel)))
    expect(answers).toEqual(answers.map(() => ({ value: 'answered' })))
    expect(faults).toEqual([])
  })

  it('gives a document the time of a document', async () => {
    const channel = channelTo(
      `for (const id of ids(message)) { workOn(id); const end = Date.now() + 1_000; while (Date.now() < end); answer(id); workOn(0) }`,
    )
    await expect(channel.send(upload(), [], room, nobody)).resolves.toEqual({ value: 'answered' })
  })

  it('asks again what a worker that dies has left, once, and nothing of which the bytes are gone', async () => {
    const faults: string[] = []
    const channel = channelTo(`if (count < 1) throw new Error('dies'); else ids(message).forEach(answer)`, faults)
    const [question, document] = await Promise.all([ask(channel), channel.send(upload(), [], room, nobody)])
    expect([question, document]).toMatchObject([{ value: 'answered' }, { problem: { code: 'OVERLOADED' } }])
    expect(faults.join()).toContain('dies')
    const mortal = channelTo(`throw new Error('dies')`)
    await expect(ask(mortal)).resolves.toMatchObject({ problem: { code: 'OVERLOADED' } })
  })

  it('blames what the worker was at for its end, and nothing else', async () => {
    const channel = channelTo(
      `const [, second] = ids(message); if (count === 0) { workOn(second); throw new Error('dies') } ids(message).forEach(answer)`,
    )
    const answers = await Promise.all([ask(channel), ask(channel), ask(channel)])
    expect(answers).toMatchObject([{ value: 'answered' }, { problem: { code: 'OVERLOADED' } }, { value: 'answered' }])
  })

  it('tells the worker of who left, and asks nothing for them any more', async () => {
    let leave = (): void => {}
    const asker = { client: 'one', onLeave: (told: () => void) => void (leave = told) }
    const channel = channelTo(
      `if (message.type === 'CANCEL') port.postMessage({ type: 'ANSWERS', ids: [message.id + 1], texts: ['told of ' + message.id] })`,
    )
    const left = ask(channel, asker)
    const other = ask(channel)
    expect([channel.waitingOf('one'), channel.waiting()]).toEqual([1, 2])
    await new Promise((resolve) => setTimeout(resolve, 50))
    leave()
    await expect(left).resolves.toMatchObject({ problem: { code: 'CANCELLED' } })
    await expect(other).resolves.toEqual({ value: 'told of 1' })
    expect([channel.waitingOf('one'), channel.waiting()]).toEqual([0, 0])
  })
})
