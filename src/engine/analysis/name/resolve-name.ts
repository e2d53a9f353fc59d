import type { ResolvedCall } from '../call/call.js'
import { askClusterDns, type NameAnswer } from './cluster-dns.js'

import { findService } from '../../snapshot/services/find-service.js'
import { isAddress } from '../../istiod/matching/hosts.js'
import { findElsewhere, findMistyped, meansService } from './known-elsewhere.js'
import { askNameTable } from './name-table.js'
import { type Outcome, goOn, type Said, stop, undetermined } from '../call/outcome.js'
import { searchCandidates } from './search-candidates.js'
import type { Named } from '../call/stage-values.js'
import { askFederation, askStubDomain, entriesFor, knowsStubDomains, looksPublic, underDomain } from './ask-stub-domain.js'

type Resolved = NameAnswer & { readonly hostname: string; readonly resolvedBy: Named['resolvedBy']; readonly assumed?: true }

/**
 * Does the application get an address for the name at all?
 *
 * The proxy sees a packet only after the application's resolver has answered, and that resolver is the client's own
 * cluster's: a service known to the proxy but without a Service object here has no name. Under DNS capture the proxy
 * answers first, from its own scope. Rules DNS-1 … DNS-13, DNS-15, DNS-16, DNS-30.
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
    if (answer !== undefined) return found(call, answer)
  }
  return askOutside(call, candidates)
}

const literal = (address: string): Said => ({
  reason: 'NAME_LITERAL',
  message: `\`${address}\` is an address and needs no name`,
  because: [],
})

const named = ({ hostname, addresses, resolvedBy }: Resolved): Named => ({ hostname, addresses, resolvedBy })

/** One query of the application, as its resolver chain handles it. */
function ask({ client }: ResolvedCall, hostname: string): Resolved | undefined {
  const captured = client.workload.dnsCapture ? askNameTable(client, hostname) : undefined
  if (captured !== undefined) return { ...captured, hostname, resolvedBy: 'DNS_CAPTURE' }
  const local = askClusterDns(client.cluster, hostname)
  if (local !== undefined) return { ...local, hostname, resolvedBy: 'CLUSTER_DNS' }
  const stub = askStubDomain(client, hostname)
  if (stub !== undefined) return { ...stub, hostname, resolvedBy: 'STUB_DOMAIN' }
  const federated = askFederation(client, hostname)
  return federated === undefined ? undefined : { ...federated, hostname, resolvedBy: 'UPSTREAM_DNS' }
}

function found(call: ResolvedCall, answer: Resolved): Outcome<Named> {
  const { cluster } = call.client
  const by = {
    DNS_CAPTURE: 'the proxy’s own DNS table',
    CLUSTER_DNS: `the DNS of cluster \`${cluster.name}\``,
    STUB_DOMAIN: `the stub domain of cluster \`${cluster.name}\``,
    UPSTREAM_DNS: 'what the federation arranges',
    LITERAL: 'itself',
  }[answer.resolvedBy]
  const shown = answer.addresses.slice(0, 3).map((address) => (address === 'auto' ? 'an address given automatically' : `\`${address}\``))
  const what = answer.external === undefined ? shown.join(', ') : `\`${answer.external}\``
  const message = `\`${answer.hostname}\` resolves to ${what} by ${by}`
  const outside = answer.external ?? (answer.assumed === true ? answer.hostname : undefined)
  const assumptions = outside === undefined ? [] : [assumedPublic(outside, answer.because)]
  return goOn('NAME', named(answer), { reason: 'NAME_RESOLVED', message, because: answer.because }, { assumptions })
}

const assumedPublic = (host: string, because: NameAnswer['because']) => ({
  code: 'EXTERNAL_NAME_ASSUMED_RESOLVABLE',
  message: `\`${host}\` is assumed to resolve in DNS outside the clusters`,
  because: [...because],
})

/** A gateway proxy calls by the host of the request that it was given: no name is looked up. */
function nameForGateway(call: ResolvedCall, candidates: readonly string[]): Outcome<Named> {
  const known = candidates.find((name) => (call.client.view?.servicesByHost(name).length ?? 0) > 0)
  const hostname = known ?? call.host
  const message = `a gateway forwards requests for \`${hostname}\` without resolving the name`
  const value: Named = { hostname, addresses: [], resolvedBy: 'LITERAL' }
  return goOn('NAME', value, { reason: 'NAME_NOT_NEEDED', message, because: [] }, { outcome: 'NOT_APPLICABLE' })
}

/** Nothing in the cluster knows the name: a resolver outside may, unless the name belongs to the cluster (DNS-2, DNS-5). */
function askOutside(call: ResolvedCall, candidates: readonly string[]): Outcome<Named> {
  const { client, host } = call
  const elsewhere = findElsewhere(client, candidates)
  if (elsewhere !== undefined || meansService(client, host)) return stop('NAME', explainMissing(call, elsewhere))
  const records = client.view?.servicesByHost(host) ?? []
  const because =
    records.length > 0
      ? records.map((record) => record.ref)
      : entriesFor(client.cluster.resources, host).map(({ meta }) => client.cluster.ref(meta))
  const meant = records.length > 0 ? undefined : findMistyped(client, host)
  if (meant !== undefined) {
    const message = `nothing in cluster \`${client.cluster.name}\` names \`${host}\`, and whether DNS outside knows it is not known: \`${meant.name}.${meant.namespace}\` may be meant`
    return undetermined('NAME', message, meant.because)
  }
  if (looksPublic(host)) {
    const message = `nothing in cluster \`${client.cluster.name}\` names \`${host}\`; DNS outside the cluster is taken to know it`
    const value: Named = { hostname: host, addresses: [], resolvedBy: 'UPSTREAM_DNS' }
    return goOn('NAME', value, { reason: 'NAME_EXTERNAL', message, because }, { assumptions: [assumedPublic(host, because)] })
  }
  return explainPrivate(call, because)
}

/** A made-up domain: only DNS capture or a stub domain can serve it, and whether there is a stub domain may be unknown. */
function explainPrivate({ client, host }: ResolvedCall, because: NameAnswer['because']): Outcome<Named> {
  const { cluster } = client
  const known = knowsStubDomains(cluster) ? cluster.stubDomains.value : undefined
  const hasAddress = entriesFor(cluster.resources, host).some((entry) => entry.addresses.some((address) => !address.includes('/')))
  if (known === undefined && hasAddress) {
    const message = `whether the DNS of cluster \`${cluster.name}\` forwards \`${host}\` to a resolver of ServiceEntry addresses is not known; state \`dns.stubDomains\``
    return undetermined('NAME', message, because)
  }
  const forwarded = (known ?? []).some((domain) => underDomain(host, domain))
  const why = forwarded
    ? `cluster \`${cluster.name}\` forwards the domain, but no ServiceEntry there gives \`${host}\` an address`
    : `no Service of cluster \`${cluster.name}\` has this name, and no DNS outside serves \`${host}\`; turn on DNS capture or add a stub domain`
  return stop('NAME', { reason: 'NAME_NOT_RESOLVED', message: why, because })
}

function explainMissing({ client, host }: ResolvedCall, elsewhere: ReturnType<typeof findElsewhere>): Said {
  const here = client.cluster.name
  if (elsewhere === undefined) {
    return { reason: 'NAME_NOT_RESOLVED', message: `no cluster has a Service that \`${host}\` names`, because: [] }
  }
  const { name, namespace, clusters, because } = elsewhere
  const list = clusters.map((cluster) => `\`${cluster}\``).join(', ')
  const own = findService(client.cluster, namespace, name)
  const message = clusters.includes(here)
    ? `the Service \`${namespace}/${name}\` of cluster \`${here}\` has no address to answer with: ${
        own?.type === 'ExternalName'
          ? `it stands for \`${own.externalName ?? ''}\`, which has none`
          : 'no ready pod stands behind it in this cluster'
      }`
    : `cluster \`${here}\` has no Service \`${namespace}/${name}\`: it exists only in ${list}; create it in \`${here}\` too, or turn on DNS capture`
  return { reason: 'NAME_NOT_RESOLVED', message, because }
}
