/**
 * Nothing in the client's cluster answers the name: does it not exist, may a resolver outside know it, or is something missing?
 *
 * A name that a Service would have is one first of all, so a namespace that nobody gave is a missing input; so is what the resolver of a company
 * or a cloud serves. Rules DNS-2, DNS-5, DNS-6, MODEL-16.
 */
import { setOfPod } from '../../snapshot/workloads/counted-pods.js'
import { listSome } from '../answer/list-some.js'
import type { Assumption } from '../../model/step.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { findService } from '../../snapshot/services/find-service.js'
import { apiServerName } from '../../snapshot/services/service-names.js'
import type { Client, ResolvedCall } from '../call/call.js'
import { type Outcome, goOn, type Said, stop, undetermined } from '../call/outcome.js'
import type { Named } from '../call/stage-values.js'
import { domainSuffix } from '../../istiod/matching/hosts.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { hasRoutesFor } from '../../istiod/scope/virtual-services-for.js'
import type { NameAnswer } from './cluster-dns.js'
import { nearHosts } from './near-hosts.js'
import { findElsewhere, findMistyped, type KnownElsewhere, meansService, unknownNamespace } from './known-elsewhere.js'
import { entriesFor, knowsStubDomains, topLevelOf, underDomain } from './ask-stub-domain.js'

/** Taken on trust, and said. */
export const assumedPublic = (host: string, because: NameAnswer['because']): Assumption => ({
  code: 'EXTERNAL_NAME_ASSUMED_RESOLVABLE',
  message: `\`${host}\` is assumed to resolve in DNS outside the clusters`,
  because: [...because],
})

/** Nothing in the cluster knows the name: a resolver outside may, unless the name belongs to the cluster (DNS-2, DNS-5). */
export function askOutside(call: ResolvedCall, candidates: readonly string[]): Outcome<Named> {
  const { client, host } = call
  const elsewhere = findElsewhere(client, candidates)
  if (elsewhere === undefined && candidates.includes(apiServerName(client.cluster.clusterDomain))) return apiServer(call)
  if (elsewhere !== undefined || meansService(client, host)) return stop('NAME', explainMissing(call, elsewhere))
  const records = client.view?.servicesByHost(host) ?? []
  if (records.length > 0) {
    return askNamed(
      call,
      records.map((record) => record.ref),
    )
  }
  return (
    mistyped(call) ??
    onlyUnread(call) ??
    askUnnamed(
      call,
      entriesFor(client.cluster.resources, host).map(({ meta }) => client.cluster.ref(meta)),
    )
  )
}

function mistyped({ client, host }: ResolvedCall): Outcome<Named> | undefined {
  const meant = findMistyped(client, host)
  if (meant === undefined) return undefined
  const message = `nothing in cluster \`${client.cluster.name}\` names \`${host}\`, and whether DNS outside knows it is not known: \`${meant.name}.${meant.namespace}\` may be meant`
  return undetermined('NAME', message, meant.because)
}

/** Every cluster has the Service of its API server, whether the document gives it or not; a proxy that passes nothing on may lack it. */
function apiServer({ client }: ResolvedCall): Outcome<Named> {
  const hostname = apiServerName(client.cluster.clusterDomain)
  if (refusesUnknown(client))
    return undetermined('NAME', `Service \`default/kubernetes\` of cluster \`${client.cluster.name}\` is not given`)
  const message = `\`${hostname}\` is the API server of cluster \`${client.cluster.name}\`, as in every cluster`
  const value: Named = { hostname, addresses: [], resolvedBy: 'UPSTREAM_DNS' }
  const assumption = {
    code: 'API_SERVER_ASSUMED' as const,
    message: `Service \`default/kubernetes\` of cluster \`${client.cluster.name}\` is not given and taken to be there`,
    because: [],
  }
  return goOn('NAME', value, { reason: 'NAME_EXTERNAL', message, because: [] }, { assumptions: [assumption] })
}

/** The name is the mesh's own, but not for this client: nobody knows whether it exists outside as well (MODEL-16). */
function onlyUnread(call: ResolvedCall): Outcome<Named> | undefined {
  const { client, host } = call
  const unread = client.view === undefined ? undefined : unreadEntry(client, host)
  if (unread === undefined) return undefined
  const { entry, cluster } = unread
  const because = [cluster.ref(entry.meta, 'spec.hosts')]
  if (refusesUnknown(client)) return takenAsKnown(call, because)
  const message = `\`${host}\` is a name of ServiceEntry \`${entry.meta.namespace}/${entry.meta.name}\` in cluster \`${cluster.name}\`, which the client’s control plane does not read; whether DNS outside knows it as well is not known`
  return undetermined('NAME', message, because)
}

/** No record of the client's control plane has the name; `because`: what its cluster holds of it. */
function askUnnamed(call: ResolvedCall, because: NameAnswer['because']): Outcome<Named> {
  const { client, host } = call
  const isStated = because.length > 0 || isRouted(client, host)
  const namespace = isStated ? undefined : unknownNamespace(client, host)
  if (namespace !== undefined) {
    const message = `\`${host}\` is a Service of namespace \`${namespace}\` first of all, and no cluster of the document has that namespace; give its objects, or the full name of a host outside`
    return undetermined('NAME', message)
  }
  return askNamed(call, because)
}

function askNamed(call: ResolvedCall, because: NameAnswer['because']): Outcome<Named> {
  const { client, host } = call
  const here = client.cluster.name
  switch (topLevelOf(host)) {
    case 'PUBLIC':
      return takenAsKnown(call, because)
    case 'PRIVATE': {
      if (statesExternal(client, host) || refusesUnknown(client)) return takenAsKnown(call, because)
      if (because.length > 0) return explainPrivate(call, because)
      const message = `nothing in cluster \`${here}\` names \`${host}\`, and whether the resolver behind the cluster’s DNS serves it is not known`
      return undetermined('NAME', message)
    }
    case 'NONE':
      return explainPrivate(call, because)
  }
}

function takenAsKnown({ client, host }: ResolvedCall, because: NameAnswer['because']): Outcome<Named> {
  const message = `nothing in cluster \`${client.cluster.name}\` names \`${host}\`; DNS outside the cluster is taken to know it`
  const value: Named = { hostname: host, addresses: [], resolvedBy: 'UPSTREAM_DNS' }
  return goOn('NAME', value, { reason: 'NAME_EXTERNAL', message, because }, { assumptions: [assumedPublic(host, because)] })
}

/** Whether the name resolves makes no difference: the proxy refuses what it does not know (ROUTE-30). */
const refusesUnknown = (client: Client): boolean => scopeOf(client)?.outboundMode === 'REGISTRY_ONLY'

/** A VirtualService of the proxy's says that there are requests for the host (ROUTE-1). */
function isRouted(client: Client, host: string): boolean {
  const scope = scopeOf(client)
  return scope !== undefined && hasRoutesFor(scope, host, false) !== undefined
}

/** A ServiceEntry says that the host stands outside of the mesh: then something outside serves its name. */
const statesExternal = (client: Client, host: string): boolean =>
  (client.view?.servicesByHost(host) ?? []).some(({ meshExternal }) => meshExternal)

interface UnreadEntry {
  readonly entry: ServiceEntry
  readonly cluster: Cluster
}

/** A host of the mesh by a ServiceEntry in a cluster whose objects the client's control plane does not read (MODEL-16). */
function unreadEntry({ snapshot }: Client, host: string): UnreadEntry | undefined {
  for (const cluster of snapshot.clusters.values()) {
    const entry = entriesFor(cluster.resources, host).find(({ location }) => location === 'MESH_INTERNAL')
    if (entry !== undefined) return { entry, cluster }
  }
  return undefined
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

function explainMissing({ client, host }: ResolvedCall, elsewhere: KnownElsewhere | undefined): Said {
  const here = client.cluster.name
  if (elsewhere === undefined) {
    const near = nearHosts(client, host)
    const told =
      near.length === 0
        ? ''
        : `; did you mean ${listSome(
            near.map(({ name }) => name),
            'or',
          )}`
    return {
      reason: 'NAME_NOT_RESOLVED',
      message: `no cluster has a Service that \`${host}\` names${told}`,
      because: near.map(({ ref }) => ref),
    }
  }
  const { name, namespace, clusters, because } = elsewhere
  const list = clusters.map((cluster) => `\`${cluster}\``).join(', ')
  const message = clusters.includes(here)
    ? `the Service \`${namespace}/${name}\` of cluster \`${here}\` has no address to answer with, as ${whyWithoutAddress(client.cluster, elsewhere)}`
    : `cluster \`${here}\` has no Service \`${namespace}/${name}\`, which exists only in ${list}; create it in \`${here}\` too${elseCapture(client, elsewhere)}`
  return { reason: 'NAME_NOT_RESOLVED', message, because }
}

/** The proxy would answer for what it knows, were it asked (DNS-7); an address of what is cluster-local would lead to nobody (VIS-32). */
function elseCapture({ workload, view }: Client, { name, namespace }: KnownElsewhere): string {
  if (view === undefined || workload.dataPlane === 'NONE' || workload.dnsCapture) return ''
  const records = view.servicesByHost(`${name}.${namespace}.svc.${domainSuffix(view)}`)
  if (records.length === 0) return ''
  return records.every(({ clusterLocal }) => clusterLocal) ? ', as it is cluster-local' : ', or turn on DNS capture'
}

function whyWithoutAddress(cluster: Cluster, { name, namespace, pod }: KnownElsewhere): string {
  const own = findService(cluster, namespace, name)
  if (own?.type === 'ExternalName') return `it stands for \`${own.externalName ?? ''}\`, which has none`
  if (pod === undefined) return 'no ready pod stands behind it in this cluster'
  if (own?.headless === false) return `only headless Services give names to their pods, and this one has an address of its own`
  return namedElsewhere(cluster, namespace, name, pod) ?? `no ready pod behind it in this cluster is named \`${pod}\``
}

/** The StatefulSet of the pod, where it gives its pods names under another Service, or under none (DNS-4). */
function namedElsewhere(cluster: Cluster, namespace: string, service: string, pod: string): string | undefined {
  const set = setOfPod(cluster, namespace, pod)
  if (set === undefined || set.serviceName === service) return undefined
  const under = set.serviceName === undefined ? 'names no Service' : `names Service \`${set.serviceName}\``
  return `StatefulSet \`${set.meta.name}\` ${under} in \`serviceName\`, so that its pods have no name under \`${service}\``
}
