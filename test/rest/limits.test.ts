import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Compile } from 'typebox/compile'
import { Environment, readConfig } from '#config'
import { Limits } from '#engine/model/limits'
import { limitSettings, publishedLimits } from '../../src/published-limits.js'
import { type OpenService, openService } from './open-service.js'

/** Settings of bytes or of time that bound nothing that a client sends, gets or waits for. */
const noLimits: readonly string[] = ['EVENT_LOOP_DELAY_MS', 'SHUTDOWN_DELAY_MS', 'SHUTDOWN_TIMEOUT_MS']

const looksLikeLimit = (name: string, schema: object): boolean => 'unit' in schema || /LIMIT|_MS$|MOST|RATE/.test(name)

describe('the limits in force', () => {
  let service: OpenService
  beforeAll(async () => {
    service = await openService({ ANSWER_LIMIT: '1MiB', QUESTION_TIMEOUT_MS: '5000' })
  })
  afterAll(() => service?.close())

  it('are told to whoever asks, with what was set', async () => {
    const { body, status } = await service.http.get('/v1/limits')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      answer: 1024 ** 2,
      questionMs: 5_000,
      batch: 1000,
      body: 64 * 1024 ** 2,
      graphql: { answer: 512 * 1024, depth: 12 },
      expressions: { program: 32_768, matchSteps: 3_000_000 },
    })
    expect(Compile(Limits).Check(body)).toBe(true)
  })

  it.each(Object.entries(Environment.properties).filter(([name, schema]) => looksLikeLimit(name, schema) && !noLimits.includes(name)))(
    'have the setting %s among them',
    (name, schema) => {
      const value = Number((schema as { readonly default?: number }).default) - 1000
      const read = readConfig({ [name]: String(value) })
      if ('problems' in read) throw new Error(read.problems.join())
      expect(limitSettings).toHaveProperty(name)
      expect(publishedLimits(read.config)).toHaveProperty(limitSettings[name as keyof typeof limitSettings], value)
    },
  )

  it('are at the root of the pages, where people look', async () => {
    expect((await service.http.get('/').set('accept', 'text/html')).text).toContain('/v1/limits')
  })

  it('of a body and of a batch are those that requests meet', async () => {
    const { body: limits } = await service.http.get('/v1/limits')
    const ask = (path: string, body: object) => service.http.post(path).send(body)
    const call = { from: { cluster: 'west', namespace: 'shop', workload: 'web' }, to: { host: 'cart' } }
    const path = '/v1/topologies/none/versions/1/reachability'
    expect((await ask(path, { calls: Array.from({ length: limits.batch }, () => call) })).status).toBe(404)
    expect((await ask(path, { calls: Array.from({ length: limits.batch + 1 }, () => call) })).status).toBe(400)
    const large = await ask(path, { calls: [{ ...call, at: 'x'.repeat(limits.jsonBody) }] })
    expect([large.status, large.body.detail]).toEqual([413, expect.stringContaining(String(limits.jsonBody))])
  })
})
