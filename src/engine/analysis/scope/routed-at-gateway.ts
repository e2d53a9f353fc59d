import { listSome } from '../answer/list-some.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { boundGateways, gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { Workload } from '../../snapshot/workloads/workload.js'

const shown = 3

/** The hosts for which a gateway has routes, those near to the one that was asked for first, as a sentence goes on; nothing where it has none. */
export function routedAtGateway(
  { view, virtualServices }: ProxyScope,
  workload: Workload,
  hostname: string,
): { readonly message: string; readonly because: readonly ResourceRef[] } {
  const own = new Set(gatewaysSelecting(view, workload).map(({ meta }) => `${meta.namespace}/${meta.name}`))
  const bound = virtualServices.filter(({ gateways, meta }) => boundGateways(gateways, meta.namespace).some((name) => own.has(name)))
  const hosts = [...new Set(bound.flatMap((item) => item.hosts.map((host) => host.toLowerCase())))]
  const near = nearestNames(hostname, hosts)
  const told = (near.length > 0 ? near : hosts).slice(0, shown)
  if (told.length === 0) return { message: '', because: [] }
  const because = told.flatMap((host) => bound.filter((item) => item.hosts.some((one) => one.toLowerCase() === host)).slice(0, 1))
  return {
    message: `; ${near.length > 0 ? 'did you mean' : 'it has some for'} ${listSome(told, near.length > 0 ? 'or' : 'and')}`,
    because: because.map(({ meta }) => view.ref(meta, 'spec.hosts')),
  }
}
