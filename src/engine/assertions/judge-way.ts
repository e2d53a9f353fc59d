/**
 * Does the way of a call lead through this gateway, network or cluster?
 *
 * Through: every proxy that hands the call on, and where the path ends; where it begins does not count.
 */
import type { Trace } from '../analysis/answer/trace.js'
import { nearestNames } from '../istiod/matching/nearest-names.js'
import type { Problem } from '../model/app-error.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { gatewayNames } from './gateway-names.js'
import { holds, type Judged, worstOf } from './held.js'
import { type Passed, passedOnPath } from './passed-on-path.js'

type Way = string | readonly string[] | undefined

const listOf = (way: Way): readonly string[] => (way === undefined ? [] : typeof way === 'string' ? [way] : way)

/** A name that nothing has: what must not be passed would never be. */
export function findUnknownWay(snapshot: Snapshot, ...ways: readonly Way[]): Problem | undefined {
  const names = ways.flatMap(listOf)
  if (names.length === 0) return undefined
  const networks = [...snapshot.networks.map(({ name }) => name), ...snapshot.clusters.keys()]
  const gateways = [
    ...[...gatewayNames(snapshot).values()].flatMap((all) => [...all]),
    ...snapshot.statedGateways.map(({ cluster, service }) => `${cluster ?? ''}/${service ?? ''}`),
  ]
  const unknown = names.find((name) => !networks.includes(name) && !gateways.some((gateway) => isCalled(gateway, name)))
  if (unknown === undefined) return undefined
  const suggestions = nearestNames(unknown, [...networks, ...gateways])
  return { code: 'SOURCE_NOT_FOUND', message: `there is no gateway, network or cluster \`${unknown}\``, details: { suggestions } }
}

/** `cluster/namespace/name`, or as much of its end as was written. */
const isCalled = (gateway: string, written: string): boolean => gateway === written || gateway.endsWith(`/${written}`)

/** How a call that is not stopped goes to each of its endpoints. */
interface Ways {
  readonly verdict: Trace['verdict']
  readonly all: readonly { readonly passed: Passed; readonly sure: boolean }[]
}

export function judgeWay(snapshot: Snapshot, { endpoints, verdict }: Trace, via: Way, notVia: Way): Judged {
  const open = endpoints.filter(({ end, priority }) => priority !== null && end.verdict !== 'UNREACHABLE')
  const all = open.map((one) => ({ passed: passedOnPath(snapshot, one), sure: one.end.verdict !== 'UNDETERMINED' }))
  const ways = { verdict, all }
  return worstOf([...listOf(via).map((name) => mustPass(ways, name)), ...listOf(notVia).map((name) => mustNotPass(ways, name))])
}

/** A call that goes on without any endpoint that is known passes nothing. */
function mustPass({ all, verdict }: Ways, name: string): Judged {
  if (all.length === 0 && verdict !== 'UNREACHABLE') {
    return { held: verdict === 'UNDETERMINED' ? 'OPEN' : 'BROKEN', detail: `the call does not lead through \`${name}\`` }
  }
  const past = all.filter(({ passed }) => !passes(passed, name))
  return past.length === 0 ? holds : told(past, `${countWays(past.length, all.length)} not through \`${name}\``)
}

function mustNotPass({ all, verdict }: Ways, name: string): Judged {
  if (all.length === 0 && verdict === 'UNDETERMINED') {
    return { held: 'OPEN', detail: `whether the call leads through \`${name}\` is not known` }
  }
  const through = all.filter(({ passed }) => passes(passed, name))
  return through.length === 0 ? holds : told(through, `${countWays(through.length, all.length)} through \`${name}\``)
}

const passes = (passed: Passed, name: string): boolean => passed.places.has(name) || [...passed.gateways].some((one) => isCalled(one, name))

const told = (ways: readonly { readonly sure: boolean }[], detail: string): Judged => ({
  held: ways.some(({ sure }) => sure) ? 'BROKEN' : 'OPEN',
  detail,
})

const countWays = (some: number, all: number): string => `${some} of ${all} way${all === 1 ? '' : 's'} lead${some === 1 ? 's' : ''}`
