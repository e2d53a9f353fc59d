import { isOn } from '../flags.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { fieldOf } from '../references.js'
import type { Assumption } from '../../model/step.js'
import { readCertificates } from '../certificates/certificates.js'
import { rootCertificatesOf, signingCertificatesOf } from '../clusters/root-certificates.js'
import type { ClusterPart } from '../clusters/cluster-part.js'
import type { ControlPlanePart } from './control-plane-part.js'
import type { Fact } from '../fact.js'
import { normalRevision } from './find-istiods.js'
import { firstKnown, stated, unknown } from '../known.js'
import type { Management } from './management.js'
import { planeConfigurationOf } from './plane-configuration.js'
import { readVersion } from '../read-version.js'
import type { Certificate, ControlPlane, Version } from '../snapshot.js'

const newest: Version = { text: '1.32', parsed: [1, 32, Number.POSITIVE_INFINITY], assumed: true }

const versionOf = (plane: ControlPlanePart): Version => {
  const text = plane.header?.version ?? plane.istiod?.version ?? plane.installation?.version
  return (text === undefined ? undefined : readVersion(text)) ?? newest
}

const versionAssumed = (plane: ControlPlanePart): Assumption => ({
  code: 'VERSION_ASSUMED',
  message: `nothing tells the version of control plane \`${plane.name}\`: the newest known, ${newest.text}, is assumed`,
  because: [plane.ref],
})

const statedRoots = (plane: ControlPlanePart): Fact<readonly Certificate[]> => {
  const pems = plane.header?.rootCertificates
  return pems === undefined ? unknown() : stated(readCertificates(pems), [pathOf(plane, 'rootCertificates')])
}

const pathOf = (plane: ControlPlanePart, key: string): ResourceRef => fieldOf(plane.ref, key)

/** Where istiod stands: its own cluster, else the one whose API server holds its objects, as far as they are listed. */
interface Place {
  readonly host: ClusterPart | undefined
  readonly config: ClusterPart | undefined
  readonly configCluster: string | undefined
}

const localityOf = ({ header }: ControlPlanePart, { host }: Place): Pick<ControlPlane, 'region' | 'zone'> => ({
  region: header?.region ?? host?.header.region ?? '',
  zone: header?.zone ?? host?.header.zone ?? '',
})

const certificatesOf = (
  plane: ControlPlanePart,
  { host, config }: Place,
): Pick<ControlPlane, 'rootCertificates' | 'signingCertificates'> => {
  const roots = (part: ClusterPart | undefined) =>
    part === undefined ? unknown<readonly Certificate[]>() : rootCertificatesOf(part, plane.systemNamespace)
  return {
    rootCertificates: firstKnown(statedRoots(plane), roots(host), roots(config)),
    signingCertificates: host === undefined ? unknown() : signingCertificatesOf(host, plane.systemNamespace),
  }
}

/** Runs apart from the clusters it serves, or says so itself (TOPO-2). */
const isExternal = (plane: ControlPlanePart, { configCluster }: Place, flagged: Pick<ControlPlane, 'flags' | 'version'>): boolean =>
  plane.cluster === undefined || configCluster !== plane.cluster || isOn(flagged, 'EXTERNAL_ISTIOD')

/** Tags that the header states, else those whose webhooks point to the revision. */
const tagsOf = ({ header, revision }: ControlPlanePart, { host, config }: Place): readonly string[] => {
  if (header?.tags !== undefined) return header.tags
  const webhooks = [host, config].flatMap((part) => part?.resources.revisionTags ?? [])
  return [...new Set(webhooks.filter((tag) => normalRevision(tag.revision) === revision).map(({ tag }) => tag))]
}

const addressOf = ({ header }: ControlPlanePart): Pick<ControlPlane, 'address' | 'network'> => ({
  address: header?.address,
  network: header?.network,
})

/** One control plane with everything that is known of it; the trust domain of its mesh is laid over later. */
export const buildControlPlane = (
  plane: ControlPlanePart,
  clusters: ReadonlyMap<string, ClusterPart>,
  management: Management,
): { readonly controlPlane: ControlPlane; readonly assumptions: readonly Assumption[] } => {
  const configCluster = management.configClusters.get(plane.name)
  const config = clusters.get(configCluster ?? '')
  const host = clusters.get(plane.cluster ?? '') ?? config
  const place = { host, config, configCluster }
  const { meshConfig, meshNetworks, flags, assumptions } = planeConfigurationOf(plane, host, config)
  const version = versionOf(plane)
  const controlPlane: ControlPlane = {
    name: plane.name,
    cluster: plane.cluster,
    configCluster,
    revision: plane.revision,
    tags: tagsOf(plane, place),
    version,
    systemNamespace: plane.systemNamespace,
    meshConfig,
    meshNetworks,
    flags,
    remoteSecrets: management.remoteSecrets.get(plane.name) ?? unknown(),
    ...certificatesOf(plane, place),
    mesh: host?.header.mesh ?? plane.installation?.meshId,
    ...localityOf(plane, place),
    ...addressOf(plane),
    external: isExternal(plane, place, { flags, version }),
    ref: plane.ref,
  }
  return { controlPlane, assumptions: [...assumptions, ...(version.assumed ? [versionAssumed(plane)] : [])] }
}
