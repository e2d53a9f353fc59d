import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Operation } from '#engine/model/operation'
import { AppError } from '#engine/model/app-error'
import { cancelWork, createWorkSignal, progressOf, watchWork } from '#engine/model/work-signal'
import { createOperationBook } from '#rest/operations/operation-book'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

let service: OpenService
beforeAll(async () => {
  service = await openService()
})
afterAll(async () => service.close())

const document = 'apiVersion: sightline/v1\nkind: Topology\nclusters: [{ name: west, controlPlane: { role: PRIMARY } }]\n'
const later = (address: string, query = '') =>
  service.http.post(`${address}${query}`).set('prefer', 'respond-async').type('application/yaml').send(document)
const ended = async (location: string): Promise<Operation> => {
  await expect.poll(async () => ((await service.http.get(location)).body as Operation).status, { timeout: 20_000 }).not.toBe('RUNNING')
  return (await service.http.get(location)).body as Operation
}

describe('work that nobody waits for', () => {
  it('is answered 202 with where to ask, and comes to the answer that would have been given', async () => {
    const begun = await later('/v1/validate')
    expect([begun.status, begun.headers['preference-applied']]).toEqual([202, 'respond-async'])
    const location = String(begun.headers['location'])
    expect(location).toBe(`/v1/operations/${(begun.body as Operation).id}`)
    const { status, result, progress, endedAt } = await ended(location)
    expect([status, result, endedAt === null]).toEqual([
      'DONE',
      (await service.http.post('/v1/validate').type('application/yaml').send(document)).body,
      false,
    ])
    expect(progress.total).toBeGreaterThan(0)
  })

  it('is a check, or a report on a version, as well', async () => {
    await service.http.post('/v1/topologies/shop/versions').type('application/yaml').send(document)
    const checked = await ended(String((await later('/v1/topologies/shop/check')).headers['location']))
    expect(checked).toMatchObject({ kind: 'CHECK', status: 'DONE', result: { verdict: 'PASS' } })
    const stored = await service.http.post('/v1/topologies/shop/versions/1/validate').set('prefer', 'wait=5, respond-async')
    expect(stored.status).toBe(202)
  })

  it('fails with the problem that would have been answered, except for what is seen at once', async () => {
    const broken = await service.http.post('/v1/validate').set('prefer', 'respond-async').type('application/yaml').send('kind: [')
    expect(await ended(String(broken.headers['location']))).toMatchObject({ status: 'FAILED', problem: { code: 'DOCUMENT_INVALID' } })
    problemOf(
      await service.http.post('/v1/validate').set('prefer', 'respond-async').type('application/yaml').send(''),
      422,
      'DOCUMENT_INVALID',
    )
    problemOf(await later('/v1/validate', '?format=sarif'), 400, 'PARAMETER_INVALID')
    problemOf(await later('/v1/validate', '?strictStatus=true'), 400, 'PARAMETER_INVALID')
  })

  it('is told of as events, the last with all of it', async () => {
    const begun = await later('/v1/validate')
    const events = await service.http.get(`${String(begun.headers['location'])}/events`).buffer(true)
    expect([events.status, events.type]).toEqual([200, 'text/event-stream'])
    const last = events.text.trimEnd().split('\n\n').at(-1) ?? ''
    expect(last).toMatch(/^event: end\ndata: \{/)
    expect(JSON.parse(last.slice(last.indexOf('{')))).toMatchObject({ status: 'DONE', result: { verdict: 'PASS' } })
  })

  it('is forgotten when it is deleted', async () => {
    const location = String((await later('/v1/validate')).headers['location'])
    await ended(location)
    expect((await service.http.delete(location)).status).toBe(204)
    problemOf(await service.http.get(location), 404, 'NOT_FOUND')
    problemOf(await service.http.get(`${location}/events`), 404, 'NOT_FOUND')
    problemOf(await service.http.delete(location), 404, 'NOT_FOUND')
    problemOf(await service.http.get('/v1/operations/x'), 400, 'PARAMETER_INVALID')
  })
})

describe('the book of operations', () => {
  const report = new Uint8Array() as never

  it('ends what is cancelled, and keeps what it comes to out of it', async () => {
    const book = createOperationBook(
      () => 0,
      () => {},
    )
    let finish = (_value: never): void => {}
    let seen: ReturnType<typeof watchWork> | undefined
    const { id } = book.start('me', 'VALIDATE', (signal) => {
      seen = watchWork(signal)
      seen(3, 7)
      return new Promise((resolve) => (finish = resolve))
    })
    expect(book.find('me', id)?.operation).toMatchObject({ status: 'RUNNING', progress: { done: 3, total: 7 } })
    expect(book.remove('me', id)).toBe(true)
    expect(() => seen?.(4, 7)).toThrow(AppError)
    finish(report)
    await Promise.resolve()
    expect(book.find('me', id)).toMatchObject({ operation: { status: 'CANCELLED', progress: { done: 3, total: 7 } }, result: undefined })
  })

  it('takes on so much and no more, and forgets what has ended long ago', async () => {
    let now = 0
    const book = createOperationBook(
      () => now,
      () => {},
    )
    const { id } = book.start('me', 'VALIDATE', async () => report)
    await expect.poll(() => book.find('me', id)?.operation.status).toBe('DONE')
    now = 16 * 60_000
    expect(book.find('me', id)).toBeUndefined()
    for (let count = 0; count < 16; count += 1) book.start('me', 'VALIDATE', () => new Promise(() => {}))
    expect(() => book.start('me', 'VALIDATE', async () => report)).toThrow('operations are running')
    book.close()
    expect(book.start('me', 'VALIDATE', async () => report).status).toBe('RUNNING')
  })

  it('shows and ends only what its asker began', async () => {
    const book = createOperationBook(
      () => 0,
      () => {},
    )
    const { id } = book.start('me', 'VALIDATE', () => new Promise(() => {}))
    expect(book.find('you', id)).toBeUndefined()
    expect(book.remove('you', id)).toBe(false)
    expect(book.find('me', id)?.operation).toMatchObject({ status: 'RUNNING' })
  })

  it('says of a bug no more than that it was one', async () => {
    const faults: unknown[] = []
    const book = createOperationBook(
      () => 0,
      (error) => faults.push(error),
    )
    const { id } = book.start('me', 'VALIDATE', () => Promise.reject(new Error('secret')))
    await expect.poll(() => book.find('me', id)?.operation.status).toBe('FAILED')
    expect(JSON.stringify(book.find('me', id))).not.toContain('secret')
    expect(faults).toHaveLength(1)
  })
})

it('a signal ends the work that looks at it, from wherever it is set', () => {
  const signal = createWorkSignal()
  const watch = watchWork(signal)
  watch(1, 2)
  expect(progressOf(signal)).toEqual({ done: 1, total: 2 })
  cancelWork(signal)
  expect(() => watch(2, 2)).toThrow('cancelled')
})
