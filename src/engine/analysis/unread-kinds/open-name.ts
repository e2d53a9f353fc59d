import { flatMap } from '../../flat-map.js'
import { readClustersetName } from '../../snapshot/services/clusterset-names.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import type { ResolvedCall } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { Named } from '../call/stage-values.js'
import { searchCandidates } from '../name/search-candidates.js'
import { type Asked, hasUnread } from './asked.js'
import { importsFrom } from './imports-from.js'
import { leaveOpen } from './leave-open.js'
import { findMissing } from './asked.js'
import { policiesThatStop } from './policies-that-stop.js'

const services = ['services', 'endpointSlices', 'pods', 'podControllers'] as const

/** A name that something answers stays answered; one that nothing does may be that of a Service, or of an entry, that nobody could read. */
export const openName = (call: ResolvedCall, named: Outcome<Named>): Outcome<Named> => {
  if (!hasUnread(call.client.snapshot)) return named
  if (named.passed && named.value.resolvedBy !== 'UPSTREAM_DNS') return named
  const stopping = policiesThatStop(call.client.snapshot, named)
  return leaveOpen(named, findMissing(stopping.length > 0 ? stopping : [...ofClusterDns(call), ...ofClusterset(call), ...ofProxy(call)]))
}

/** Namespaces in which a Service would have one of the names that are looked up; a pod's own name counts only where it is asked for in full. */
function namespacesOf({ client, host }: ResolvedCall): readonly string[] {
  const { clusterDomain } = client.cluster
  return flatMap(searchCandidates(host, client.workload.namespace, clusterDomain), (candidate) => {
    const meant = readServiceName(candidate, clusterDomain)
    return meant === undefined || (meant.pod !== undefined && candidate !== host) ? [] : [meant.namespace]
  })
}

function ofClusterDns(call: ResolvedCall): readonly Asked<'NAME'>[] {
  const { cluster, view, workload } = call.client
  const namespaces = namespacesOf(call)
  const clusters = workload.dnsCapture && view !== undefined ? new Set([cluster, ...view.clusters]) : [cluster]
  const forwards = cluster.stubDomains.provenance === 'DEFAULT'
  return [
    ...[...clusters].map((one) => ({ cluster: one, kinds: services, namespaces })),
    ...(forwards ? [{ cluster, kinds: ['configMaps'] as const, namespaces: ['kube-system'] }] : []),
  ]
}

/** What is imported into the client's cluster, or into any that its proxy's control plane reads, and of whom. */
function ofClusterset({ client, host }: ResolvedCall): readonly Asked<'NAME'>[] {
  const { cluster, view, workload, snapshot } = client
  const asked = readClustersetName(host)
  if (asked === undefined) return []
  const namespaces = [asked.namespace]
  const importing = workload.dnsCapture && view !== undefined ? new Set([cluster, ...view.clusters]) : [cluster]
  return [
    ...[...importing].map((one) => ({ cluster: one, kinds: ['serviceImports'] as const, namespaces })),
    ...[...snapshot.clusters.values()].map((one) => ({ cluster: one, kinds: ['serviceExports', 'services'] as const, namespaces })),
  ]
}

/** What makes the proxy, or a resolver of its addresses, answer. */
function ofProxy({ client, host }: ResolvedCall): readonly Asked<'NAME'>[] {
  const { view, workload, cluster } = client
  const scope = scopeOf(client)
  if (view === undefined || scope === undefined) return []
  const root = view.controlPlane.meshConfig.rootNamespace
  const asksEntries = workload.dnsCapture || (cluster.stubDomains.value ?? []).length > 0
  return [
    ...(asksEntries ? [{ cluster: view.configCluster, kinds: ['serviceEntries'] as const, takes: importsFrom(scope, host) }] : []),
    { cluster: view.configCluster, kinds: ['proxyConfigs'], namespaces: [workload.namespace, root] },
  ]
}
