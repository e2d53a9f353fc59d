import { isClustersetHost, readClustersetName } from '../../snapshot/services/clusterset-names.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import { findService } from '../../snapshot/services/find-service.js'
import { isToldOn } from '../../snapshot/flags.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import type { Outcome } from '../call/outcome.js'
import type { Discovered, Named, RouteTarget } from '../call/stage-values.js'
import { type Asked, findMissing, hasUnread, type Missing } from './asked.js'
import { leaveOpen } from './leave-open.js'
import { unseenEndpoints } from '../discovery/unseen-endpoints.js'
import { rulesAskedFor } from './rules-asked-for.js'

type AtDiscovery = readonly Asked<'DISCOVERY'>[]

const standing = ['endpointSlices', 'pods', 'podControllers'] as const

/** The service and what stands behind it, in each cluster that the client's control plane reads. */
export const openDiscovery = (client: Client, target: RouteTarget, outcome: Outcome<Discovered>): Outcome<Discovered> => {
  const { view, workload } = client
  if (view === undefined || !hasUnread(client.snapshot)) return outcome
  const rules = target.subset === '' ? [] : rulesAskedFor(view, workload.namespace, target)
  return leaveOpen(outcome, findMissing([...ofService(view, client.cluster, target), ...ofRemotes(view, target), ...rules]))
}

/** The same where the application's own address is dialled: its name is a Service of its cluster, or anything. */
export const openOriginal = (client: Client, named: Named, outcome: Outcome<Discovered>): Outcome<Discovered> => {
  const { cluster, snapshot } = client
  if (!hasUnread(snapshot)) return outcome
  const imported = readClustersetName(named.hostname)
  if (imported !== undefined) return leaveOpen(outcome, findMissing(ofExporters(snapshot, imported.namespace)))
  const host = readServiceName(named.hostname, cluster.clusterDomain)
  if (host === undefined) return outcome
  const isGiven = findService(cluster, host.namespace, host.name) !== undefined
  const kinds = [...(isGiven ? [] : (['services'] as const)), ...kindsStanding(cluster)]
  return leaveOpen(outcome, findMissing([{ cluster, kinds, namespaces: [host.namespace] }]))
}

/** Who exports a Service, and what stands behind it there. */
const ofExporters = ({ clusters }: Client['snapshot'], namespace: string): AtDiscovery =>
  [...clusters.values()].map((cluster) => ({
    cluster,
    kinds: ['serviceExports', 'services', ...kindsStanding(cluster)] as const,
    namespaces: [namespace],
  }))

/** What a control plane would know of the target's endpoints had it been read. */
export const missingBehind = (view: ControlPlaneView, cluster: Cluster, target: RouteTarget): readonly Missing[] =>
  findMissing(ofService(view, cluster, target))

/** Templates say what stands somewhere only where nothing shows it. */
const kindsStanding = ({ observed }: Cluster): (typeof standing)[number][] =>
  standing.filter((kind) => kind !== 'podControllers' || !observed)

function ofService(view: ControlPlaneView, own: Cluster, { service }: RouteTarget): AtDiscovery {
  const namespaces = [service.namespace]
  const entries: Asked<'DISCOVERY'> = { cluster: view.configCluster, kinds: ['workloadEntries', 'pods'], namespaces }
  if (service.registry === 'SERVICE_ENTRY') {
    return service.entries.some(({ workloadSelector }) => workloadSelector !== undefined) ? [entries] : []
  }
  const clusters = service.clusterLocal ? view.clusters.filter(({ name }) => name === own.name) : view.clusters
  return [
    ...clusters.flatMap((cluster) => ofCluster(cluster, view, service)),
    ...(selects(service) ? [{ ...entries, kinds: ['workloadEntries'] as const }] : []),
  ]
}

const selects = ({ definitions }: RouteTarget['service']): boolean => definitions.some(({ service }) => service.selector !== undefined)

/** Where the Service is not, nothing stands behind it; where nobody could see whether it is, it may be. */
function ofCluster(cluster: Cluster, view: ControlPlaneView, { hostname, namespace, definitions }: RouteTarget['service']): AtDiscovery {
  const namespaces = [namespace]
  const name = definitions[0]?.service.meta.name ?? ''
  const exported = isToldOn(view.controlPlane, 'ENABLE_MCS_SERVICE_DISCOVERY')
  if (findService(cluster, namespace, name) === undefined) return [{ cluster, kinds: ['services'], namespaces }]
  return [
    { cluster, kinds: kindsStanding(cluster), namespaces },
    ...(exported
      ? [
          {
            cluster,
            kinds: isClustersetHost(hostname) ? (['serviceExports', 'serviceImports'] as const) : (['serviceExports'] as const),
            namespaces,
          },
        ]
      : []),
  ]
}

/** Which clusters are read, remote secrets say: endpoints in others may be given to the proxy as well. */
function ofRemotes(view: ControlPlaneView, target: RouteTarget): AtDiscovery {
  const { controlPlane, clustersKnown, snapshot, configCluster } = view
  if (clustersKnown || unseenEndpoints(view, target).length === 0) return []
  const cluster = snapshot.clusters.get(controlPlane.cluster ?? '') ?? configCluster
  return [{ cluster, kinds: ['secrets'], namespaces: [controlPlane.systemNamespace] }]
}
