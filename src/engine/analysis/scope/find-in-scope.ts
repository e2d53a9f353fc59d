import type { Assumption } from '../../model/step.js'
import type { Client, ResolvedCall } from '../call/call.js'
import { gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import { comparable, excludedFromCapture } from '../route/excluded-from-capture.js'
import { whyUnattached } from '../route/told/why-unattached.js'
import { takenByWildcard } from '../route/taken-by-wildcard.js'
import type { Taker } from '../route/listeners/taker.js'
import { boundElsewhere } from './bound-elsewhere.js'
import { routedAtGateway } from './routed-at-gateway.js'

import { dialsItself, looksOfDialling } from '../call/dials-itself.js'
import { type Outcome, goOn, lookingAt, type Said, stop, undetermined } from '../call/outcome.js'
import { explainOutside } from './explain-outside.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { assumedSelection } from './assumed-selection.js'
import { findScoped } from './find-scoped.js'
import { recogniseByZtunnel } from './recognise-by-ztunnel.js'
import type { InScope, Named } from '../call/stage-values.js'
import { whyUnconfigured } from '../../istiod/proxies/why-unconfigured.js'
import { hasRoutesFor } from '../../istiod/scope/virtual-services-for.js'
import { titleOf } from '../../snapshot/references.js'
import { ledAtGateway } from './led-at-gateway.js'

/**
 * Is the host in the client proxy's scope at all?
 *
 * exportTo limits what a namespace is offered, a Sidecar what its workloads take; together they are scoping, not security:
 * under ALLOW_ANY a hidden host is still dialled in plaintext, which the next stages must follow. Rules VIS-1 … VIS-31.
 */
export function findInScope(call: ResolvedCall, named: Named, asked: number | undefined): Outcome<InScope> {
  const { client } = call
  if (dialsItself(client, named)) return lookingAt(pastProxy(client, named), looksOfDialling(client, named))
  return lookingAt(scopeFor(call, named, asked), looksOfDialling(client, named))
}

function scopeFor(call: ResolvedCall, named: Named, asked: number | undefined): Outcome<InScope> {
  const { client } = call
  if (client.workload.dataPlane === 'AMBIENT') return recogniseByZtunnel(call, named) ?? withoutProxy(client)
  const scope = scopeOf(client)
  if (scope === undefined) return withoutProxy(client)
  const assumptions = notModelled(client, named)
  const found = findScoped(client, named, scope)
  if (found !== undefined) {
    const value: InScope = { mode: 'MESH', scope, service: found.service }
    const message = `\`${found.service.hostname}\` is in the scope of namespace \`${scope.namespace}\``
    const selected = assumedSelection(scope.view, found.service)
    return goOn('SCOPE', value, { reason: 'IN_SCOPE', message, because: found.because }, { assumptions: [...assumptions, ...selected] })
  }
  const routed = hasRoutesFor(scope, named.hostname, client.workload.dataPlane === 'GATEWAY')
  if (routed !== undefined) {
    const message = `\`${named.hostname}\` is no service, but ${routed.ofGatewayApi === true ? 'a route of the Gateway API has it' : 'a VirtualService of the proxy routes it'}`
    const value: InScope = { mode: 'MESH', scope, service: undefined }
    return goOn('SCOPE', value, { reason: 'ROUTED_HOST', message, because: [scope.view.ref(routed.meta, 'spec.hosts')] }, { assumptions })
  }
  if (client.workload.dataPlane === 'GATEWAY')
    return ledOn(call, named, scope, asked, assumptions) ?? outside(client, named, { scope, taker: undefined }, assumptions)
  const past = asked === undefined ? undefined : excludedFromCapture(client.workload, asked, comparable(named, undefined))
  if (past !== undefined) return keptFromProxy(client, named, scope, past)
  const taker = asked === undefined ? undefined : takenByWildcard(call, named, scope, asked)
  return outside(client, named, { scope, taker }, assumptions)
}

/** What the proxy knows, and what it would do with the unknown, does not concern a connection that it never sees (ROUTE-33). */
function keptFromProxy(client: Client, named: Named, scope: ProxyScope, { message, because }: Said): Outcome<InScope> {
  const told = explainOutside(client, named, scope)
  const said: Said = {
    reason: 'NOT_CAPTURED',
    message: `${told.message}, and it need not: ${message}`,
    because: [...told.because, ...because],
  }
  return goOn('SCOPE', { mode: 'PASSTHROUGH', scope, service: undefined }, said)
}

/** By a gateway's server that asks for no host of its routes, or for no route at all (ROUTE-7, ROUTE-9). */
function ledOn(
  call: ResolvedCall,
  { hostname }: Named,
  scope: ProxyScope,
  asked: number | undefined,
  assumptions: readonly Assumption[],
): Outcome<InScope> | undefined {
  const leading = asked === undefined ? undefined : ledAtGateway(call, scope, hostname, asked)
  if (leading === undefined) return undefined
  const { gateway, server, position } = leading
  const does = server.httpsRedirect ? 'redirects' : 'leads on'
  const message = `\`${hostname}\` is no service, but the server of ${titleOf(gateway.meta)} at port ${server.port.number} ${does} what comes for it`
  const because = [scope.view.ref(gateway.meta, `spec.servers[${position}]`)]
  return goOn('SCOPE', { mode: 'MESH', scope, service: undefined }, { reason: 'ROUTED_HOST', message, because }, { assumptions })
}

function pastProxy({ workload }: Client, { addresses }: Named): Outcome<InScope> {
  const message = `\`${addresses.join('`, `')}\` is an address of the caller itself: what it dials there stays in the pod, and no proxy sees it`
  const value: InScope = { mode: 'DIRECT', scope: undefined, service: undefined }
  return goOn('SCOPE', value, { reason: 'NO_PROXY', message, because: [workload.ref] }, { outcome: 'NOT_APPLICABLE' })
}

function withoutProxy(client: Client): Outcome<InScope> {
  if (client.workload.dataPlane !== 'NONE') {
    const { refused, message, because } = whyUnconfigured(client.snapshot, client.workload)
    return refused ? stop('SCOPE', { reason: 'PROXY_NOT_CONFIGURED', message, because }) : undetermined('SCOPE', message, because)
  }
  const message = `\`${client.workload.owner.name}\` has no proxy, so what the mesh shows or hides does not concern it`
  const value: InScope = { mode: 'DIRECT', scope: undefined, service: undefined }
  return goOn('SCOPE', value, { reason: 'NO_PROXY', message, because: [client.workload.ref] }, { outcome: 'NOT_APPLICABLE' })
}

/** A destination that is none of the scope's; `taker`: whose listener takes it all the same (ROUTE-31). */
interface Unknown {
  readonly scope: ProxyScope
  readonly taker: Taker | undefined
}

/** Hidden or unknown: the proxy passes it on untouched, or refuses it (VIS-31, ROUTE-30). */
function outside(client: Client, named: Named, { scope, taker }: Unknown, assumptions: readonly Assumption[]): Outcome<InScope> {
  const { hidden, message: told, because } = explainOutside(client, named, scope)
  if (client.workload.dataPlane === 'GATEWAY') {
    const gateways = gatewaysSelecting(scope.view, client.workload)
    const elsewhere =
      whyUnattached(scope.view, gateways, named.hostname) ??
      boundElsewhere(scope.view, named.hostname, { gateways, namespace: scope.namespace })
    const more =
      elsewhere === undefined
        ? routedAtGateway(scope, client.workload, named.hostname)
        : { ...elsewhere, message: `; ${elsewhere.message}` }
    const lacks =
      hidden || elsewhere === undefined ? `${told}, and a gateway forwards only what it has routes for` : 'the gateway has no route for it'
    const message = `${lacks}${more.message}`
    return stop('SCOPE', { reason: 'NO_ROUTE', message, because: [...because, ...more.because] }, assumptions)
  }
  if (taker !== undefined && scope.outboundMode === 'REGISTRY_ONLY') {
    const message = `${told}; the listener of \`${taker.chain.record.hostname}\` takes what goes to unknown destinations of the port`
    const said = { reason: 'UNKNOWN_PASSTHROUGH' as const, message, because: [...because, taker.chain.record.ref] }
    return goOn('SCOPE', { mode: 'PASSTHROUGH', scope, service: undefined }, said, { assumptions })
  }
  if (scope.outboundMode === 'REGISTRY_ONLY') {
    const message = `${told}, and the outbound policy \`REGISTRY_ONLY\` refuses unknown destinations`
    return stop('SCOPE', { reason: 'BLACKHOLED', message, because: [...because, ...scope.outboundBecause] }, assumptions)
  }
  const passed = hidden
    ? 'so the client’s proxy does not know it, and passes the call on without mutual TLS to'
    : 'it is passed on as it is to'
  const message = `${told}; ${passed} the original address (\`${scope.outboundMode}\`)`
  const reason = hidden ? ('HIDDEN_PASSTHROUGH' as const) : ('UNKNOWN_PASSTHROUGH' as const)
  const said = { reason, message, because: [...because, ...scope.outboundBecause] }
  return goOn('SCOPE', { mode: 'PASSTHROUGH', scope, service: undefined }, said, { assumptions })
}

function notModelled({ workload, view }: Client, { hostname }: Named): readonly Assumption[] {
  const { dataPlane, ref } = workload
  const records = dataPlane === 'GATEWAY' ? (view?.servicesByHost(hostname) ?? []) : []
  if (new Set(records.map(({ namespace }) => namespace)).size > 1) {
    const message = `several namespaces have a record of \`${hostname}\`, and which one a gateway takes depends on the order of events`
    return [{ code: 'GATEWAY_HOST_AMBIGUOUS', message, because: records.map((record) => record.ref) }]
  }
  if (dataPlane === 'PROXYLESS') {
    return [
      { code: 'PROXYLESS_AS_SIDECAR', message: 'the client is a proxyless gRPC workload and is scoped like a sidecar', because: [ref] },
    ]
  }
  return []
}
