import type { ResourceRef } from '../../model/resource-ref.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import type { GatewayRoute } from '../../resources/kubernetes/gateway-route.js'
import { serviceKind } from '../../resources/kubernetes/route-parent.js'
import type { RouteBackend } from '../../resources/kubernetes/route-backend.js'
import { changeObject } from '../../simulate/change-object.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { ConfigView } from '../config-view.js'
import { patchValues, type Proposal } from '../proposal.js'
import { hostsMeant, onlyPort } from './hosts-meant.js'
import { replacedAt } from './replaced-at.js'

/** `spec.rules[0].backendRefs[1]`. */
const placeOfBackend = /^spec\.rules\[(\d+)\]\.backendRefs\[(\d+)\]$/u

interface Better {
  readonly field: 'name' | 'port'
  readonly value: string | number
}

/** A Service of the backend's namespace, or the only port of the one that it names. Rules ROUTE-5, GWAPI-44. */
function betterFor(view: ControlPlaneView, { name, namespace, port }: RouteBackend): readonly Better[] {
  const host = `${name}.${namespace}.svc.${domainSuffix(view)}`
  const [service] = view.servicesByHost(host)
  if (service !== undefined) {
    const value = onlyPort(service.ports, port)
    return value === undefined ? [] : [{ field: 'port', value }]
  }
  const own = hostsMeant(view, host).filter((one) => one.split('.')[1] === namespace)
  return own.map((one) => ({ field: 'name', value: one.split('.')[0] ?? '' }))
}

export function inRoute({ view, cluster }: ConfigView, { kind, namespace, name, path }: ResourceRef): readonly Proposal[] {
  const [, rule, at] = placeOfBackend.exec(path ?? '') ?? []
  const routes = view.configCluster?.resources.gatewayRoutes.get(namespace ?? '') ?? []
  const item = routes.find(({ meta }) => meta.kind === kind && meta.name === name)
  const backend = item?.rules[Number(rule)]?.backends[Number(at)]
  if (item === undefined || backend?.kind !== serviceKind) return []
  return betterFor(view, backend).map(({ field, value }) => {
    const what = field === 'name' ? 'Service' : 'port'
    const summary = `let ${kind} \`${namespace}/${name}\` lead to ${what} \`${value}\`, which is there; nothing else of it changes`
    return patchValues(summary, cluster, item.meta, [{ path: `${path}.${field}`, value }], (resources) =>
      changeObject(resources, 'gatewayRoutes', item, (object) => sendingTo(object, [Number(rule), Number(at)], { [field]: value })),
    )
  })
}

const sendingTo = (item: GatewayRoute, [rule, at]: readonly [number, number], changed: object): GatewayRoute => ({
  ...item,
  rules: replacedAt(item.rules, rule, (one) => ({
    ...one,
    backends: replacedAt(one.backends, at, (backend) => ({ ...backend, ...changed })),
  })),
})
