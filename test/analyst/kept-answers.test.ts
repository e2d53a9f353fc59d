import { describe, expect, it } from 'vitest'
import { createKeptFindings } from '#analyst/findings/kept-findings'
import { createKeptAnswers } from '#analyst/relations/kept-answers'
import type { Snapshot } from '#engine/snapshot/snapshot'

const snapshot = {} as Snapshot
const minute = 60_000
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

  it('is worked out once in a minute', () => {
    const ask = asking()
    expect([ask({}), ask({ at: minute - 1 }), ask({ at: minute }), ask({ at: minute + 1 }), ask({ at: 0 })]).toEqual([1, 1, 2, 2, 3])
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
    const other = {} as Snapshot
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
  it('of the last few versions are kept for a minute', () => {
    const kept = createKeptFindings()
    for (const version of ['a', 'b', 'c', 'd', 'e']) kept.keep(version, 0, [])
    expect(['a', 'b', 'e'].map((version) => kept.find(version, minute - 1) !== undefined)).toEqual([false, true, true])
    expect([kept.find('e', minute), kept.find('e', -1)]).toEqual([undefined, undefined])
  })
})
