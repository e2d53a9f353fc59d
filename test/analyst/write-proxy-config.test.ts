import { describe, expect, it } from 'vitest'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Analyst, VersionContent } from '#analyst/analyst'
import type { ProxyConfig } from '#engine/model/proxy-config'
import type { Selection } from '#engine/model/selection'
import { shopUpload, storedVersion } from './shop.js'

/** Proxies enough for several stretches, each told of every service. */
const names = Array.from({ length: 120 }, (_, index) => `app-${index}`)
const many = shopUpload(names, ['rating'])

const stretchOf = async (analyst: Analyst, version: VersionContent, position: number, wanted?: Selection) => {
  const answered = await analyst.ask('proxyConfig', { question: {}, position, wanted }, version)
  if ('problem' in answered) throw new Error(answered.problem.message)
  return { text: Buffer.from(answered.value.text).toString('utf8'), next: answered.value.next }
}

const readAll = async (analyst: Analyst, version: VersionContent, wanted?: Selection) => {
  const texts: string[] = []
  for (let next: number | null = 0; next !== null; ) {
    const stretch = await stretchOf(analyst, version, next, wanted)
    texts.push(stretch.text)
    next = stretch.next
  }
  return { texts, answer: JSON.parse(texts.join('')) as ProxyConfig }
}

describe('what all proxies are given, a stretch at a time', () => {
  const analyst = createInProcessAnalyst()

  it('is one JSON text, of every proxy once and under its control plane', async () => {
    const version = await storedVersion(many)
    const { texts, answer } = await readAll(analyst, version)
    expect(texts.length).toBeGreaterThan(1)
    expect(answer.answers.map(({ controlPlane, proxies }) => [controlPlane, proxies.length])).toEqual([
      ['east', 0],
      ['west', names.length],
    ])
    expect(new Set(answer.answers[1]?.proxies.map(({ proxy }) => proxy)).size).toBe(names.length)
  })

  it('goes on from any position, also for an analyst that never began it', async () => {
    const version = await storedVersion(many)
    const first = await stretchOf(analyst, version, 0)
    const rest: string[] = [first.text]
    for (let next = first.next; next !== null; ) {
      const stretch = await stretchOf(createInProcessAnalyst(), version, next)
      rest.push(stretch.text)
      next = stretch.next
    }
    expect(JSON.parse(rest.join(''))).toEqual((await readAll(analyst, version)).answer)
  })

  it('is not mixed up between askers who take turns', async () => {
    const version = await storedVersion(many)
    const expected = (await readAll(analyst, version)).answer
    const all = await Promise.all(Array.from({ length: 20 }, () => readAll(analyst, version)))
    for (const { answer } of all) expect(answer).toEqual(expected)
  })

  it('has only the fields that are wanted, nothing included', async () => {
    const version = await storedVersion(shopUpload(['web']))
    const wanted: Selection = { answers: { proxies: { proxy: true } } }
    expect((await readAll(analyst, version, wanted)).answer).toEqual({
      answers: [{ proxies: [] }, { proxies: [{ proxy: 'west/shop/web' }] }],
    })
    expect((await readAll(analyst, version, { __typename: true })).answer).toEqual({ answers: [{ proxies: [] }, { proxies: [{}] }] })
  })

  it('is an empty list where nobody configures anything', async () => {
    const body = new TextEncoder().encode('{"apiVersion":"sightline/v1","kind":"Topology","clusters":[{"name":"bare"}]}')
    const version = await storedVersion({ body, mediaType: 'application/json' })
    expect((await readAll(analyst, version)).texts.join('')).toBe('{"answers":[]}')
  })

  it('is a problem where the source does not exist', async () => {
    const version = await storedVersion(shopUpload(['web']))
    const from = { cluster: 'west', namespace: 'shop', workload: 'wbe' }
    expect(await analyst.ask('proxyConfig', { question: { from }, position: 0 }, version)).toMatchObject({
      problem: { code: 'SOURCE_NOT_FOUND', details: { suggestions: ['web'] } },
    })
  })
})
