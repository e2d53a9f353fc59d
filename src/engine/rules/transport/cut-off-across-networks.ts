/**
 * Which endpoints on other networks are left out, since no mutual TLS may be sent to them?
 *
 * The gateways between networks hand on Istio's mutual TLS only, so a control plane leaves out what its client may not send that to: a DestinationRule
 * says otherwise, or a PeerAuthentication turns it off. Endpoints without a proxy are another matter. Rules NET-14, NET-16, NET-18.
 */
import { pausing } from '../../pause.js'
import { wholeTarget } from '../../analysis/call/stage-values.js'
import { translateNetwork } from '../../analysis/network/translate-network.js'
import { isMutualTlsCapable } from '../../istiod/inbound/is-mutual-tls-capable.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { endpointsOfCluster } from '../../istiod/endpoints/endpoints-of.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { remembered } from '../../remembered.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { type Consumer, nameConsumers } from '../consumers.js'
import type { Breach, Rule } from '../rule.js'
import { consumerGroups, type ConsumerGroup } from './consumer-groups.js'
import { nameOf } from './server-mode.js'

interface CutOff {
  readonly service: MeshService
  readonly port: MeshPort
  readonly consumer: Consumer
  readonly network: string
  /** What forbids mutual TLS. */
  readonly because: ResourceRef
  /** Nothing is left. */
  readonly all: boolean
}

/** One of the consumer's proxies on each network. */
const proxiesOf = remembered(({ workloads }: Consumer): readonly Workload[] => [
  ...new Map(workloads.map((workload) => [workload.proxyNetwork, workload])).values(),
])

/** The endpoints that may not be sent mutual TLS, though they would take it. */
function barred(
  view: ControlPlaneView,
  { service, port }: Called,
  { rule }: ConsumerGroup,
  endpoints: readonly Endpoint[],
): readonly Endpoint[] {
  return endpoints.filter(
    (endpoint) => endpoint.tlsMode === 'istio' && !isMutualTlsCapable(view, rule, service, port, '', endpoint).capable,
  )
}

interface Called {
  readonly service: MeshService
  readonly port: MeshPort
}

function* cutOffFor(view: ControlPlaneView, called: Called, group: ConsumerGroup, endpoints: readonly Endpoint[]): Generator<CutOff> {
  const candidates = barred(view, called, group, endpoints)
  if (candidates.length === 0) return
  const target = wholeTarget({ ...called, subset: '', rule: group.rule })
  for (const consumer of group.consumers) {
    if (consumer.scope.services.get(called.service.hostname)?.service.namespace !== called.service.namespace) continue
    for (const proxy of proxiesOf(consumer)) {
      const cluster = view.snapshot.clusters.get(proxy.cluster)
      if (cluster === undefined) continue
      const { dropped } = translateNetwork({ snapshot: view.snapshot, workload: proxy, cluster, view }, target, candidates)
      const [first] = dropped.filter(({ reason }) => reason === 'NOT_MTLS')
      const because = first?.because.find(({ kind }) => kind === 'DestinationRule' || kind === 'PeerAuthentication')
      if (first === undefined || because === undefined) continue
      yield { ...called, consumer, network: first.endpoint.network, because, all: dropped.length === endpoints.length }
      return
    }
  }
}

function* cutOffIn(view: ControlPlaneView): Generator<CutOff> {
  if (view.gateways.size === 0) return
  for (const service of pausing(view.services)) {
    for (const port of service.ports) {
      const endpoints = endpointsOfCluster(view, service, port)
      if (!endpoints.some(({ network }) => network !== '' && view.gateways.has(network))) continue
      for (const group of consumerGroups(view, service)) yield* cutOffFor(view, { service, port }, group, endpoints)
    }
  }
}

function tell({ service, port, consumer, network, because, all }: CutOff): string {
  const what = because.kind === 'DestinationRule' ? 'has other TLS, or none, sent' : 'turns mutual TLS off'
  const left = all ? 'no endpoint is left, and every call fails' : 'only the others are called'
  return `${nameOf(because)} ${what} to \`${service.hostname}:${port.number}\`, and gateways of network \`${network}\` pass Istio’s mutual TLS only: for ${nameConsumers([consumer])} the endpoints there are left out, ${left}; leave \`tls\` and \`DISABLE\` out`
}

/** Endpoints on other networks that a TLS setting cuts off. */
export const cutOffAcrossNetworks: Rule = {
  code: 'TLS106',
  name: 'cut-off-across-networks',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary:
    'Endpoints on other networks are left out, since a DestinationRule or a PeerAuthentication keeps callers from sending them mutual TLS (NET-16).',
  *check(snapshot): Iterable<Breach> {
    const found = new Map<string, CutOff>()
    for (const name of snapshot.controlPlanes.keys()) {
      for (const one of cutOffIn(snapshot.view(name))) {
        const { because } = one
        const key = `${because.cluster} ${because.kind} ${because.namespace}/${because.name}`
        const known = found.get(key)
        // Of one object the worst that it does.
        if (known === undefined || (one.all && !known.all)) found.set(key, one)
      }
    }
    for (const one of found.values()) yield { on: one.because, severity: one.all ? 'ERROR' : 'WARNING', message: tell(one) }
  },
}
