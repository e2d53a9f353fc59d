/**
 * Which VirtualServices for a host nearly had a say, and which routes of the deciding one?
 *
 * A second one for a host loses; one that is bound to other gateways, not exported or not imported says nothing. Rules ROUTE-1, ROUTE-2, ROUTE-11, VIS-25.
 */
import { listSome } from '../answer/list-some.js'
import { flatMap } from '../../flat-map.js'
import type { NearMiss } from '../../model/step.js'
import { pause, pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { isFor } from '../../snapshot/services/audience.js'
import { titleOf } from '../../snapshot/references.js'
import { boundGateways } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { partOf } from '../../istiod/virtual-services/place-routes.js'
import { virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import type { ResolvedCall } from '../call/call.js'
import type { UntoldStep } from '../call/untold-step.js'
import { judgeBlock } from '../route/judge-block.js'
import { byName, mostCompared, nearMiss } from './near-miss.js'

/** All that name a host, whoever may use them. */
const byHost = remembered((view: ControlPlaneView): ReadonlyMap<string, readonly VirtualService[]> => {
  const suffix = domainSuffix(view)
  const found = new Map<string, VirtualService[]>()
  for (const item of [...view.configuration.virtualServices.values()].flat().sort(byName)) {
    for (const host of new Set(item.hosts.map((written) => qualify(written, item.meta.namespace, suffix)))) {
      pause()
      const known = found.get(host)
      if (known === undefined) found.set(host, [item])
      else known.push(item)
    }
  }
  return found
})

interface Asked {
  readonly call: ResolvedCall
  readonly scope: ProxyScope
  readonly hostname: string
  readonly step: UntoldStep
}

export function nearRoutes({ call, scope, hostname, step }: Asked): readonly NearMiss[] {
  const { view } = scope
  const named = byHost(view).get(hostname) ?? []
  const deciding = named.filter(({ meta }) =>
    step.because.some((ref) => {
      pause()
      return isOf(ref, meta)
    }),
  )
  const [winner] = deciding
  const decides = new Set(deciding)
  const others = flatMap(named, (item) => (decides.has(item) ? [] : item)).slice(0, mostCompared)
  return [
    ...deciding.flatMap((item) => missedRoutes(view, item, call)),
    ...others.map((item) => nearMiss(view.ref(item.meta, 'spec.hosts'), whyNot(scope, call, item, { hostname, winner }))),
  ]
}

const isOf = (
  ref: { readonly kind: string; readonly namespace: string | null; readonly name: string },
  { kind, namespace, name, origin }: VirtualService['meta'],
): boolean => {
  const known = origin ?? { kind, namespace, name }
  return (ref.kind === kind && ref.namespace === namespace && ref.name === name) || (ref.kind === known.kind && ref.name === known.name)
}

interface Contest {
  readonly hostname: string
  readonly winner: VirtualService | undefined
}

function whyNot(scope: ProxyScope, { client }: ResolvedCall, item: VirtualService, { hostname, winner }: Contest): string {
  const { view, namespace } = scope
  if (client.workload.dataPlane === 'AMBIENT') return 'is nothing to ztunnel, which routes nothing: only a waypoint heeds it'
  const gateways = boundGateways(item.gateways, item.meta.namespace)
  const isGateway = client.workload.dataPlane === 'GATEWAY'
  if (!isGateway && !gateways.includes('mesh')) return `is bound to ${listSome(gateways)}, and not to \`mesh\``
  if (isGateway && !scope.virtualServices.includes(item)) return `is bound to ${listSome(gateways)}, and not to a Gateway of this proxy`
  const audience = virtualServicesOf(view).audienceOf(item)
  if (!isFor(audience, namespace)) {
    const to = [...audience].filter((one) => one !== '~')
    return to.length === 0 ? 'is exported to nobody' : `is exported to ${listSome(to)}, and not to \`${namespace}\``
  }
  if (!scope.virtualServices.includes(item)) return 'is not imported by the client’s Sidecar'
  if (!isGateway && isOfThird(scope, item, hostname))
    return 'is of neither the service’s namespace nor the client’s, and requests do not follow it'
  if (winner !== undefined) return `loses to ${titleOf(winner.meta)}, which comes first for the host`
  return 'has no route for this port or protocol'
}

/** Requests follow routes of the Gateway API of two namespaces alone (GWAPI-58). */
const isOfThird = ({ namespace, services }: ProxyScope, { ofGatewayApi, http, meta }: VirtualService, hostname: string): boolean =>
  ofGatewayApi === true && http.length > 0 && meta.namespace !== namespace && meta.namespace !== services.get(hostname)?.service.namespace

const mostRoutes = 100
const mostMissed = 2

/** Http routes of which a block misses the request in one condition. */
function missedRoutes(view: ControlPlaneView, item: VirtualService, call: ResolvedCall): readonly NearMiss[] {
  const found: NearMiss[] = []
  for (const { route, owner, path } of virtualServicesOf(view).routesOf(item).slice(0, mostRoutes)) {
    for (const block of pausing(route.match)) {
      const [only, ...more] = judgeBlock(block, call).misses
      if (only === undefined || more.length > 0) continue
      found.push(nearMiss(view.ref(owner, partOf(route, path, 'match')), `wants ${only}`))
      if (found.length === mostMissed) return found
    }
  }
  return found
}
