/**
 * Which services may well be there, though the document does not hold them?
 *
 * A document without any Service says nothing of services, nor does one that could not be read, or a cluster that a control plane may read or not.
 */
import { domainSuffix, qualify } from '../istiod/matching/hosts.js'
import { rulesOver } from '../istiod/destination-rules/rules-over.js'
import { shippedGateway } from '../istiod/gateways/shipped-gateway.js'
import { remembered } from '../remembered.js'
import type { Service } from '../resources/kubernetes/service.js'
import type { KindName } from '../snapshot/clusters/unread-kind.js'
import { findService } from '../snapshot/services/find-service.js'
import type { MeshService } from '../snapshot/services/mesh-service.js'
import { readServiceName } from '../snapshot/services/service-names.js'
import type { Cluster, ControlPlaneView } from '../snapshot/snapshot.js'

/** Could objects of the kind not be read from one of the clusters, in that namespace or in any? */
export const isUnread = (clusters: Iterable<Cluster | undefined>, kind: KindName, namespace?: string): boolean => {
  for (const cluster of clusters) {
    for (const { names, namespace: unread, except } of cluster?.unread ?? []) {
      if (!names.has(kind)) continue
      if (namespace === undefined || unread === namespace || (unread === undefined && !except.includes(namespace))) return true
    }
  }
  return false
}

const holdsServices = remembered((view: ControlPlaneView): boolean => view.services.some(({ registry }) => registry === 'KUBERNETES'))

/** Nobody who reads the document can say that the control plane does not know this host. */
export function isUnlisted(view: ControlPlaneView, host: string): boolean {
  if (view.servicesByHost(host).length > 0) return false
  return isDescribed(view, host) || mayBeThere(view, host)
}

/** A host that the control plane does not know by the document: may it know it all the same? */
export function mayBeThere(view: ControlPlaneView, host: string): boolean {
  if (!holdsServices(view)) return true
  const asked = readServiceName(host, domainSuffix(view))
  if (asked === undefined) return isImported(view, host) || isUnread([view.configCluster], 'serviceEntries')
  if (isShipped(view, asked) || isUnread(view.clusters, 'services', asked.namespace) || isUnread([view.configCluster], 'serviceEntries'))
    return true
  return !view.clustersKnown && clustersWith(view, asked).some((cluster) => !view.clusters.includes(cluster))
}

/** OpenShift's federation gives imported services a domain of their own, by objects that nobody here reads. */
const isImported = ({ configCluster }: ControlPlaneView, host: string): boolean =>
  /\.svc\.[^.]+-imports\.local$/.test(host) &&
  configCluster?.resources.unknownKinds.some((kind) => kind.endsWith('/ImportedServiceSet')) === true

/** Services that an installation brings along, which a repository seldom holds. */
const shipped = /^(?:istiod(?:-.+)?|istio-pilot|istio-(?:ingress|egress|eastwest)gateway)$/

const isShipped = (
  { controlPlane, clusters }: ControlPlaneView,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): boolean => namespace === controlPlane.systemNamespace && shipped.test(name) && clusters.every(({ observed }) => !observed)

/** Services that an installation of Istio brings: they do not show that those of the namespace's applications are given. */
const isOfInstallation = ({ selector }: Service): boolean => selector !== undefined && shippedGateway(selector) !== undefined

/** Is no Service of the host's namespace given, in whichever cluster the control plane reads? */
export function isOfUnlistedNamespace(view: ControlPlaneView, host: string): boolean {
  const asked = readServiceName(host, domainSuffix(view))
  return (
    asked !== undefined && view.clusters.every(({ resources }) => (resources.services.get(asked.namespace) ?? []).every(isOfInstallation))
  )
}

/** A DestinationRule is written for it, and of its namespace no Service is given. */
const isDescribed = (view: ControlPlaneView, host: string): boolean =>
  rulesOver(view, host).some(({ meta, host: written }) => qualify(written, meta.namespace, domainSuffix(view)) === host) &&
  isOfUnlistedNamespace(view, host)

/** Clusters of the document that have the Service. */
export const clustersWith = (
  view: ControlPlaneView,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): readonly Cluster[] => [...view.snapshot.clusters.values()].filter((cluster) => findService(cluster, namespace, name) !== undefined)

/** What its DestinationRules are looked up by. */
export const unlistedService = remembered(
  (view: ControlPlaneView, hostname: string): Pick<MeshService, 'hostname' | 'namespace'> => ({
    hostname,
    namespace: readServiceName(hostname, domainSuffix(view))?.namespace ?? '',
  }),
)
