import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../engine/from-yaml.js'
import { haveCalls, leftOut, readWorld, verdictOn, worlds } from './real-calls.js'

/** Calls of which twenty tries need not show everything, by world and place in it, and why. */
const missed: Readonly<Record<string, string>> = {
  'random-wide/wide-107#6':
    'a tenth of the traffic goes to a destination that answers, 70 % to none that exists, 20 % to none that is ready: one row of twenty tries in eight misses it',
}

describe('calls arrive where packets did', () => {
  it.skipIf(haveCalls)(leftOut, () => undefined)

  it.each(worlds())('in %s', (name) => {
    const { topology, calls } = readWorld(name)
    const snapshot = snapshotOf(JSON.stringify(topology))
    const judged = calls.map((call, index) => ({ place: `${name}#${index}`, call, verdict: verdictOn(snapshot, call) }))
    const wrong = judged.filter(({ place, call, verdict }) => verdict !== call.real && !(place in missed && verdict === 'AMBIGUOUS'))
    expect(wrong.map(({ call, verdict }) => `${JSON.stringify(call.ask)} is ${verdict}, and was ${call.real}`)).toEqual([])
  })
})
