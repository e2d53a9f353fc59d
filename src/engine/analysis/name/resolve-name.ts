import { flatMap } from '../../flat-map.js'
import type { Client, ResolvedCall } from '../call/call.js'
import { askClusterset } from './ask-clusterset.js'
import { askClusterDns, type NameAnswer } from './cluster-dns.js'

import { whyScopeOpen } from '../../istiod/ambient/why-scope-open.js'
import { isAddress } from '../../istiod/matching/hosts.js'
import { askOutside, assumedPublic } from './ask-outside.js'
import { askNameTable } from './name-table.js'
import { askZtunnel } from './ask-ztunnel.js'
import { type Outcome, goOn, type Said, stop, undetermined } from '../call/outcome.js'
import { searchCandidates } from './search-candidates.js'
import type { Named } from '../call/stage-values.js'
import { askFederation, askStubDomain } from './ask-stub-domain.js'

interface Resolved {
  readonly answer: NameAnswer & { readonly assumed?: true }
  readonly hostname: string
  readonly resolvedBy: Named['resolvedBy']
}

/**
 * Does the application get an address for the name at all?
 *
 * The proxy sees a packet only after the application's resolver has answered, and that resolver is the client's own
 * cluster's: a service known to the proxy but without a Service object here has no name. Under DNS capture the proxy
 * answers first, from its own scope, and ztunnel from all that it knows. Rules AMB-20 … AMB-23, DNS-1 … DNS-13, DNS-15, DNS-16, DNS-20, DNS-30.
 */
export function resolveName(call: ResolvedCall): Outcome<Named> {
  const { client, host } = call
  if (isAddress(host)) {
    const hostname = host.replace(/^\[|\]$/g, '')
    return goOn('NAME', { hostname, addresses: [hostname], resolvedBy: 'LITERAL' }, literal(hostname))
  }
  const candidates = searchCandidates(host, client.workload.namespace, client.cluster.clusterDomain)
  if (client.workload.dataPlane === 'GATEWAY') return nameForGateway(call, candidates)
  for (const hostname of candidates) {
    const answer = ask(call, hostname)
    if (answer?.resolvedBy === 'DNS_CAPTURE' && answer.answer.addresses.length === 0)
      return openAcrossClusters(client, [hostname]) ?? answeredEmpty(hostname, answer.answer)
    if (answer !== undefined) return found(call, answer)
  }
  return openAcrossClusters(client, candidates) ?? askClusterset(call) ?? askOutside(call, candidates)
}

const literal = (address: string): Said => ({
  reason: 'NAME_LITERAL',
  message: `\`${address}\` is an address and needs no name`,
  because: [],
})

/** One query of the application, as its resolver chain handles it. */
function ask({ client }: ResolvedCall, hostname: string): Resolved | undefined {
  const captured = client.workload.dnsCapture ? askProxy(client, hostname) : undefined
  if (captured !== undefined) return { answer: captured, hostname, resolvedBy: 'DNS_CAPTURE' }
  const local = askClusterDns(client.cluster, hostname)
  if (local !== undefined) return { answer: local, hostname, resolvedBy: 'CLUSTER_DNS' }
  const stub = askStubDomain(client, hostname)
  if (stub !== undefined) return { answer: stub, hostname, resolvedBy: 'STUB_DOMAIN' }
  const federated = askFederation(client, hostname)
  return federated === undefined ? undefined : { answer: federated, hostname, resolvedBy: 'UPSTREAM_DNS' }
}

const askProxy = (client: Client, hostname: string): NameAnswer | undefined =>
  client.workload.dataPlane === 'AMBIENT' ? askZtunnel(client, hostname) : askNameTable(client, hostname)

/** ztunnel's word is the last: where it knows the name and has no address for it, nobody else is asked (AMB-22). */
function answeredEmpty(hostname: string, { because }: NameAnswer): Outcome<Named> {
  const message = `ztunnel knows \`${hostname}\` and has no address for it on the client's network, so that its answer is empty`
  return stop('NAME', { reason: 'NAME_NOT_RESOLVED', message, because })
}

/** A name of other clusters alone, which ztunnel may know where ambient mode crosses networks (AMB-22). */
function openAcrossClusters({ workload, view }: Client, candidates: readonly string[]): Outcome<Named> | undefined {
  if (workload.dataPlane !== 'AMBIENT' || view === undefined) return undefined
  const why = flatMap(candidates, (name) => whyScopeOpen(view, name) ?? [])[0]
  return why === undefined ? undefined : undetermined('NAME', why, [view.controlPlane.ref])
}

function found(call: ResolvedCall, { answer, hostname, resolvedBy }: Resolved): Outcome<Named> {
  const by = tellResolver(resolvedBy, call.client.cluster.name)
  const shown = answer.addresses.slice(0, 3).map((address) => (address === 'auto' ? 'an address given automatically' : `\`${address}\``))
  const what = answer.external === undefined ? shown.join(', ') : `\`${answer.external}\``
  const message = `\`${hostname}\` resolves to ${what} by ${by}`
  const outside = answer.external ?? (answer.assumed === true ? hostname : undefined)
  const assumptions = outside === undefined ? [] : [assumedPublic(outside, answer.because)]
  const value: Named = { hostname, addresses: answer.addresses, resolvedBy }
  return goOn('NAME', value, { reason: 'NAME_RESOLVED', message, because: answer.because }, { assumptions })
}

function tellResolver(resolvedBy: Named['resolvedBy'], cluster: string): string {
  switch (resolvedBy) {
    case 'DNS_CAPTURE':
      return 'the proxy’s own DNS table'
    case 'CLUSTER_DNS':
      return `the DNS of cluster \`${cluster}\``
    case 'STUB_DOMAIN':
      return `the stub domain of cluster \`${cluster}\``
    case 'UPSTREAM_DNS':
      return 'what the federation arranges'
    case 'LITERAL':
      return 'itself'
  }
}

/** A gateway proxy calls by the host of the request that it was given: no name is looked up. */
function nameForGateway(call: ResolvedCall, candidates: readonly string[]): Outcome<Named> {
  const known = candidates.find((name) => (call.client.view?.servicesByHost(name).length ?? 0) > 0)
  const hostname = known ?? call.host
  const message = `a gateway forwards requests for \`${hostname}\` without resolving the name`
  const value: Named = { hostname, addresses: [], resolvedBy: 'LITERAL' }
  return goOn('NAME', value, { reason: 'NAME_NOT_NEEDED', message, because: [] }, { outcome: 'NOT_APPLICABLE' })
}
