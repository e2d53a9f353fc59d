/**
 * Which VirtualServices answer for a host at a port of a gateway, and in which order?
 *
 * istiod makes a virtual host of each name that a server and a VirtualService bound to its Gateway have in common, which is the narrower of the two that
 * they write; Envoy takes the narrowest that fits. All VirtualServices with that name add their routes to it, server by server, the oldest first. A server
 * that redirects has its names whether or not a VirtualService does. Rules ROUTE-7, ROUTE-11, core/gateway.go buildGatewayHTTPRouteConfig.
 */
import type { Gateway } from '../../resources/istio/gateway.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { covers } from '../../snapshot/covers.js'
import { boundGateways } from './gateways-selecting.js'
import { redirectedOver, redirects } from './redirects.js'
import { admits, nameIn, type ServerOfGateway, weightOf } from './servers-for.js'

/** A VirtualService under one of its hosts. */
export interface Hosted {
  readonly host: string
  readonly item: VirtualService
}

export interface VirtualHost {
  readonly name: string
  /** Each with the Gateways by which it is here: its routes for others count for nothing. */
  readonly items: ReadonlyMap<VirtualService, readonly string[]>
  /** The server that answers every request with a redirect to https. */
  readonly redirecting: ServerOfGateway | undefined
}

/** `servers`: those that share routes, the oldest Gateway's first; `candidates`: what has a host that covers the one asked for, the oldest first. */
export function virtualHostsOver(
  servers: readonly ServerOfGateway[],
  candidates: readonly Hosted[],
  asked: string,
): readonly VirtualHost[] {
  const found = new Map<string, { items: Map<VirtualService, string[]>; redirecting: ServerOfGateway | undefined }>()
  const at = (name: string) => {
    const known = found.get(name) ?? { items: new Map(), redirecting: undefined }
    found.set(name, known)
    return known
  }
  for (const bound of servers) {
    const names = new Set<string>()
    for (const { host, item } of candidates)
      for (const name of namesInCommon(bound, host, item, asked)) {
        const { items } = at(name)
        items.set(item, [...(items.get(item) ?? []), nameOf(bound.gateway)])
        names.add(name)
      }
    if (!redirects(bound.server)) continue
    for (const name of [...names, ...redirectedOver(bound.server, asked)]) at(name).redirecting = bound
  }
  return [...found].sort(([a], [b]) => weightOf(b) - weightOf(a)).map(([name, { items, redirecting }]) => ({ name, items, redirecting }))
}

const nameOf = ({ meta }: Gateway): string => `${meta.namespace}/${meta.name}`

function namesInCommon(bound: ServerOfGateway, host: string, { gateways, meta }: VirtualService, asked: string): readonly string[] {
  if (!boundGateways(gateways, meta.namespace).includes(nameOf(bound.gateway))) return []
  return bound.server.hosts.flatMap((written) => {
    const name = nameIn(written).toLowerCase()
    if (!covers(name, asked) || !admits(bound, written, meta.namespace)) return []
    return [covers(host, name) ? name : host]
  })
}
