import type { ProxyAnswer, ProxyTarget } from '#engine/model/proxy-config'
import { proxyConfigOf } from '#engine/proxy-config/proxy-config-of'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { type Raw, topology } from '../analysis/objects.js'

/** What the proxy is given, by `cluster/namespace/workload`. */
export const answerFor = (snapshot: Snapshot, proxy: string): ProxyAnswer => {
  const told = proxyConfigOf(snapshot, {})
  if ('problem' in told) throw new Error(told.problem.message)
  for (const piece of told.pieces) if (piece.kind === 'PROXY' && piece.answer.proxy === proxy) return piece.answer
  throw new Error(`no proxy ${proxy}`)
}

/** The same for `west/shop/web`, which most tests ask. */
export const givenTo = (clusters: readonly Raw[], proxy = 'west/shop/web', rest: Raw = {}): ProxyAnswer =>
  answerFor(topology(clusters, rest), proxy)

/** One of its targets, written `host:port` or `host:port/subset`. */
export const targetOf = ({ targets }: ProxyAnswer, name: string): ProxyTarget | undefined =>
  targets.find(({ host, port, subset }) => `${host}:${port}${subset === '' ? '' : `/${subset}`}` === name)

/** Its endpoints as `address:port weight priority share`. */
export const endpointsOf = (target: ProxyTarget | undefined): readonly string[] =>
  (target?.endpoints ?? [])
    .map(({ address, port, weight, priority, share }) => `${address}:${port} ${weight} ${priority} ${Math.round(share * 100)} %`)
    .sort()
