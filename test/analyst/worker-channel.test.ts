import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { openChannel, type WorkerChannel } from '#analyst/worker-channel'
import { roomOf } from '#engine/model/answer-too-large'

/** A worker that does what the script says with each message; `count` is how many were started before it. */
const scripted = (script: string) => {
  let count = 0
  return () => {
    const source = `const { parentPort: port } = require('node:worker_threads'); const count = ${count}; port.postMessage({ type: 'READY' }); port.on('message', (message) => { ${script} })`
    count += 1
    return new Worker(source, { eval: true })
  }
}

const answerAll = `port.postMessage({ type: 'ANSWERS', ids: message.requests.map(({ id }) => id), texts: message.requests.map(() => 'answered') })`

describe('a worker and what waits for it', () => {
  const open: WorkerChannel[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((channel) => channel.close()))
  })

  const channelTo = (script: string, faults: string[] = []): WorkerChannel => {
    const channel = openChannel({
      start: scripted(script),
      deadlines: { questionMs: 300, documentMs: 1_000 },
      onFault: (message) => faults.push(message),
    })
    open.push(channel)
    return channel
  }
  const ask = (channel: WorkerChannel) => channel.send({ kind: 'deployment' }, [], roomOf(1024))

  it('sends the requests of one tick as one message', async () => {
    const channel = channelTo(
      `port.postMessage({ type: 'ANSWERS', ids: message.requests.map(({ id }) => id), texts: message.requests.map(() => String(message.requests.length)) })`,
    )
    await expect(Promise.all([ask(channel), ask(channel), ask(channel)])).resolves.toEqual([{ value: '3' }, { value: '3' }, { value: '3' }])
    expect(channel.waiting()).toBe(0)
  })

  it('replaces a worker that does not come to an end, and says that the question took too long', async () => {
    const faults: string[] = []
    const channel = channelTo(`if (count === 0) for (;;) {} else ${answerAll}`, faults)
    const [stuck, behind] = await Promise.all([ask(channel), ask(channel)])
    expect(stuck).toMatchObject({ problem: { code: 'TOO_COMPLEX' } })
    expect(behind).toMatchObject({ problem: { code: 'OVERLOADED' } })
    expect(faults).toHaveLength(1)
    await expect.poll(() => ask(channel), { timeout: 5_000 }).toEqual({ value: 'answered' })
  })

  it('replaces a worker that dies, and asks its clients to try again', async () => {
    const faults: string[] = []
    const channel = channelTo(`if (count === 0) throw new Error('dies'); else ${answerAll}`, faults)
    await expect(ask(channel)).resolves.toMatchObject({ problem: { code: 'OVERLOADED' } })
    expect(faults.join()).toContain('dies')
    expect(channel.ready()).toBe(false)
    await expect.poll(() => ask(channel), { timeout: 5_000 }).toEqual({ value: 'answered' })
  })

  it('turns away what waits behind a document for too long, and keeps working on the document', async () => {
    const channel = channelTo(
      `for (const { id, ask } of message.requests) if (ask.kind === 'report') { port.postMessage({ type: 'STARTED', id }); setTimeout(() => port.postMessage({ type: 'ANSWER', id, answer: { value: 'report' } }), 800) }`,
    )
    const report = channel.send({ kind: 'report', at: 0 }, [], roomOf(1024))
    await expect(ask(channel)).resolves.toMatchObject({ problem: { code: 'OVERLOADED' } })
    await expect(report).resolves.toEqual({ value: 'report' })
  })
})
