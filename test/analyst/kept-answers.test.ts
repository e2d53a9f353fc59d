import { describe, expect, it } from 'vitest'
import { createKeptFindings } from '#analyst/findings/kept-findings'
import { createKeptAnswers } from '#analyst/relations/kept-answers'
import { buildSnapshot } from '#engine/snapshot/build-snapshot'
import type { Snapshot } from '#engine/snapshot/snapshot'

const end = '2026-06-01T00:00:00Z'
const turn = Date.parse(end)

/** What is accepted in it has an end, at which findings become others. */
const snapshotOf = (contentHash: string): Snapshot =>
  buildSnapshot({
    contentHash,
    header: {
      apiVersion: 'sightline.dev/v1',
      kind: 'Topology',
      suppressions: [{ code: 'REF101', expires: end }],
      clusters: [],
    } as never,
    parts: [],
  })
const snapshot = snapshotOf('one')
const question = { of: { host: 'reviews' } }

describe('what pages are made of', () => {
  const asking = () => {
    const kept = createKeptAnswers()
    let made = 0
    const ask = (asked: object, of: 'callers' | 'reach' | 'visibility' = 'callers', about = snapshot): number => {
      const answer = kept.once({ snapshot: about, of, asked: { at: 0, question, ...asked } }, () => {
        made += 1
        return { value: made }
      })
      return 'value' in answer ? Number(answer.value) : -1
    }
    return ask
  }

  it('is worked out once until something in it begins or ends to be valid', () => {
    const ask = asking()
    expect([0, turn - 1, turn, turn + 1, turn + 1e9, 0].map((at) => ask({ at }))).toEqual([1, 1, 2, 3, 3, 1])
  })

  it('and apart for each question, each kind of it, each version, and each view', () => {
    const ask = asking()
    const a = { tenants: [{ name: 'a', kind: 'NAMESPACE', members: ['a'] }] }
    const b = { tenants: [{ name: 'b', kind: 'NAMESPACE', members: ['b'] }] }
    const all = () => [
      ask({}),
      ask({}, 'reach'),
      ask({ question: { ...question, port: 80 } }),
      ask({ view: a }),
      ask({ view: b }),
      ask({}, 'callers', other),
    ]
    const other = snapshotOf('other')
    expect(all()).toEqual([1, 2, 3, 4, 5, 6])
    expect(all()).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('but what is seen, which is large, is worked out each time', () => {
    const ask = asking()
    expect([ask({}, 'visibility'), ask({}, 'visibility')]).toEqual([1, 2])
  })

  it('is let go of by and by', () => {
    const ask = asking()
    for (let port = 1; port <= 60; port += 1) ask({ question: { ...question, port } })
    expect(ask({ question: { ...question, port: 60 } })).toBe(60)
    expect(ask({ question: { ...question, port: 1 } })).toBe(61)
  })
})

describe('findings', () => {
  it('of the last few versions are kept until one of them may be another', () => {
    const kept = createKeptFindings()
    const about = (contentHash: string, at = 0) => ({ snapshot: snapshotOf(contentHash), places: {}, at })
    for (const version of ['a', 'b', 'c', 'd', 'e']) kept.keep(about(version), [])
    expect(['a', 'b', 'e'].map((version) => kept.find(about(version)) !== undefined)).toEqual([false, true, true])
    expect([turn - 1, turn].map((at) => kept.find(about('e', at)) !== undefined)).toEqual([true, false])
  })

  it('are those of the version with these places, of which several may hold the same', () => {
    const kept = createKeptFindings()
    kept.keep({ snapshot, places: { header: 'git' }, at: 0 }, [])
    expect(kept.find({ snapshot, places: { header: 'laptop' }, at: 0 })).toBeUndefined()
  })
})
