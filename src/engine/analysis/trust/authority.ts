/**
 * Who issues a proxy's certificate, and whom does the proxy trust?
 *
 * The control plane that configures a proxy signs for it, with its own trust domain, whatever cluster the proxy stands in (TRUST-2, TRUST-3).
 * Its roots come with the certificate or the cluster's root ConfigMap, plus the extra anchors the control plane distributes and the federations
 * of its mesh. Rules TRUST-1 … TRUST-4, TRUST-9 … TRUST-13.
 */
import { addAll } from '../../add-all.js'
import { flatMap } from '../../flat-map.js'
import type { Assumption } from '../../model/step.js'
import type { FederationHeader } from '../../model/topology/federation-header.js'
import { readCertificates } from '../../snapshot/certificates/certificates.js'
import { isAuthority } from '../../snapshot/certificates/read-x509.js'
import type { Certificate, Cluster, ControlPlane, Snapshot } from '../../snapshot/snapshot.js'
import type { Identity } from '../../snapshot/workloads/spiffe-id.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { remembered } from '../../remembered.js'

export interface Authority {
  readonly snapshot: Snapshot
  readonly cluster: Cluster
  readonly controlPlane: ControlPlane
  readonly trustDomain: string
  /** The issuing certificate and its chain; undefined: unknown. */
  readonly signing: readonly Certificate[] | undefined
  /** What its proxies trust; undefined: unknown. */
  readonly roots: readonly Certificate[] | undefined
  /** Anchors from elsewhere, which are in `roots` too; all that is known where `roots` is not. */
  readonly extraRoots: readonly Certificate[]
  /** Anchors that are trusted but whose content is not given: bundle URLs, and meshes trusted by a federation. */
  readonly unknownAnchors: readonly { readonly message: string; readonly mesh?: string }[]
  /** Is it that of proxies whose agents take what their control plane hands out (TRUST-9)? */
  readonly takesAnchors: boolean
  /** Federations, and rejected anchors, that changed something here. */
  readonly assumptions: readonly Assumption[]
}

/** The authority for a workload's proxy; undefined when its cluster or its control plane is not in the topology. */
export const authorityFor = (
  snapshot: Snapshot,
  { cluster, controlPlane, takesAnchors }: Pick<Workload, 'cluster' | 'controlPlane' | 'takesAnchors'>,
): Authority | undefined => authorityOf(snapshot, cluster, controlPlane, takesAnchors)

/** The same for proxies of this cluster under this control plane. */
export function authorityOf(
  snapshot: Snapshot,
  clusterName: string,
  controlPlaneName: string | undefined,
  takesAnchors: boolean,
): Authority | undefined {
  const cluster = snapshot.clusters.get(clusterName)
  const controlPlane = controlPlaneName === undefined ? undefined : snapshot.controlPlanes.get(controlPlaneName)
  return cluster === undefined || controlPlane === undefined ? undefined : buildAuthority(snapshot, cluster, controlPlane, takesAnchors)
}

/** The identity that it gives a workload. */
export const identityOf = (authority: Authority, workload: { readonly namespace: string; readonly serviceAccount: string }): Identity => ({
  trustDomain: authority.trustDomain,
  namespace: workload.namespace,
  serviceAccount: workload.serviceAccount === '' ? 'default' : workload.serviceAccount,
})

const meshOf = (cluster: Cluster, controlPlane: ControlPlane): string | undefined => controlPlane.mesh ?? cluster.mesh.value

/** Federations in which the mesh of this authority is the importer. */
export const importsOf = (authority: Pick<Authority, 'snapshot' | 'cluster' | 'controlPlane'>): readonly FederationHeader[] => {
  const mesh = meshOf(authority.cluster, authority.controlPlane)
  return authority.snapshot.federations.filter((federation) => federation.importer === mesh)
}

const buildAuthority = remembered((snapshot: Snapshot, cluster: Cluster, controlPlane: ControlPlane, takesAnchors: boolean): Authority => {
  const own = controlPlane.cluster === cluster.name || controlPlane.configCluster === cluster.name
  const stated = own
    ? (controlPlane.rootCertificates.value ?? cluster.rootCertificates.value)
    : (cluster.rootCertificates.value ?? controlPlane.rootCertificates.value)
  const issuerRoots = controlPlane.rootCertificates.value ?? cluster.rootCertificates.value
  const signing =
    controlPlane.signingCertificates.value ?? (own ? cluster.signingCertificates.value : undefined) ?? issuerRoots?.slice(0, 1)
  const distributed = distributedAnchors(controlPlane, takesAnchors)
  const federated = federatedAnchors(snapshot, importsOf({ snapshot, cluster, controlPlane }))
  const extra = [...distributed.anchors, ...federated.anchors]
  return {
    snapshot,
    cluster,
    controlPlane,
    trustDomain: controlPlane.meshConfig.trustDomain,
    signing,
    roots: stated === undefined || extra.length === 0 ? stated : [...stated, ...extra],
    extraRoots: extra,
    takesAnchors,
    unknownAnchors: [...distributed.unknown, ...federated.unknown],
    assumptions: [...distributed.assumptions, ...federated.assumptions],
  }
})

interface Anchors {
  readonly anchors: readonly Certificate[]
  readonly unknown: readonly { readonly message: string; readonly mesh?: string }[]
  readonly assumptions: readonly Assumption[]
}

const noAnchors: Anchors = { anchors: [], unknown: [], assumptions: [] }

/** What agents take of `caCertificates`, if they do: one bad PEM rejects all of them, the bundle URLs too (TRUST-10). */
function distributedAnchors({ name, meshConfig }: ControlPlane, takesAnchors: boolean): Anchors {
  if (!takesAnchors) return noAnchors
  const inline = flatMap(meshConfig.caCertificates, ({ pem }) => (pem === undefined ? [] : [readCertificates([pem])]))
  if (inline.some(([first]) => first === undefined || !isAuthority(first))) {
    const message = `control plane \`${name}\` rejects its \`caCertificates\`, one of which is no CA certificate; it is assumed to have had none before`
    return { ...noAnchors, assumptions: [{ code: 'TRUST_BUNDLE_REJECTED', message, because: [...meshConfig.because] }] }
  }
  const urls = flatMap(meshConfig.caCertificates, ({ spiffeBundleUrl }) => spiffeBundleUrl ?? [])
  return { ...noAnchors, anchors: inline.flat(), unknown: urls.map((url) => ({ message: `the content of trust bundle \`${url}\`` })) }
}

/** A stated federation acts as the exporter's roots in the importer's control planes. */
function federatedAnchors(snapshot: Snapshot, imports: readonly FederationHeader[]): Anchors {
  const anchors: Certificate[] = []
  const unknown: { message: string; mesh: string }[] = []
  const assumptions: Assumption[] = []
  for (const { importer, exporter, trustBundle } of imports) {
    if (trustBundle === undefined || trustBundle === false) continue
    assumptions.push({
      code: 'FEDERATION_APPLIED',
      message: `the stated federation makes mesh \`${importer}\` trust the roots of mesh \`${exporter}\``,
      because: [],
    })
    const roots = trustBundle === true ? rootsOfMesh(snapshot, exporter) : readCertificates(trustBundle)
    if (roots.length === 0) unknown.push({ message: `the roots of mesh \`${exporter}\``, mesh: exporter })
    addAll(anchors, roots)
  }
  return { anchors, unknown, assumptions }
}

const rootsOfMesh = (snapshot: Snapshot, mesh: string): readonly Certificate[] => {
  const controlPlanes = [...snapshot.controlPlanes.values()].filter((controlPlane) => controlPlane.mesh === mesh)
  const clusters = [...snapshot.clusters.values()].filter((cluster) => cluster.mesh.value === mesh)
  return flatMap([...controlPlanes, ...clusters], (holder) => holder.rootCertificates.value ?? [])
}
