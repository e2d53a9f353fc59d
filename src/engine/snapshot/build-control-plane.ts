import type { ResourceRef } from '../model/resource-ref.js'
import type { Assumption } from '../model/step.js'
import { readCertificates } from './certificates.js'
import { rootCertificatesOf, signingCertificatesOf } from './cluster-certificates.js'
import type { ClusterPart } from './cluster-part.js'
import type { ControlPlanePart } from './control-plane-part.js'
import type { Fact } from './fact.js'
import { firstKnown, stated, unknown } from './known.js'
import type { Management } from './management.js'
import { flagsOf, planeConfigurationOf } from './plane-configuration.js'
import type { Certificate, ControlPlane, Version } from './snapshot.js'

const newest: readonly [number, number] = [1, 32]

const versionOf = (plane: ControlPlanePart): Version => {
  const text = plane.header?.version ?? plane.istiod?.version ?? plane.installation?.version
  const parts = text === undefined ? null : /^v?(\d+)\.(\d+)/.exec(text)
  if (text === undefined || parts === null) return { text: newest.join('.'), parsed: newest, assumed: true }
  return { text: text.replace(/^v/, ''), parsed: [Number(parts[1]), Number(parts[2])], assumed: false }
}

const versionAssumed = (plane: ControlPlanePart): Assumption => ({
  code: 'VERSION_ASSUMED',
  message: `nothing tells the version of control plane \`${plane.name}\`: the newest known, ${newest.join('.')}, is assumed`,
  because: [plane.ref],
})

const statedRoots = (plane: ControlPlanePart): Fact<readonly Certificate[]> => {
  const pems = plane.header?.rootCertificates
  return pems === undefined ? unknown() : stated(readCertificates(pems), [pathOf(plane, 'rootCertificates')])
}

const pathOf = (plane: ControlPlanePart, key: string): ResourceRef => ({ ...plane.ref, path: `${plane.ref.path ?? ''}.${key}` })

/**
 * Anchors of MeshConfig reach the proxies only where istiod and the agents are both told so; unknown roots stay unknown.
 *
 * Rule TRUST-9.
 */
const withExtraAnchors = (
  roots: Fact<readonly Certificate[]>,
  plane: Pick<ControlPlane, 'flags' | 'meshConfig'>,
): Fact<readonly Certificate[]> => {
  const distributed =
    plane.flags['ISTIO_MULTIROOT_MESH'] === 'true' && plane.meshConfig.defaultProxyMetadata['PROXY_CONFIG_XDS_AGENT'] === 'true'
  const pems = plane.meshConfig.caCertificates.flatMap((entry) => (entry.pem === undefined ? [] : [entry.pem]))
  if (!distributed || pems.length === 0 || roots.value === undefined) return roots
  return { ...roots, value: [...roots.value, ...readCertificates(pems)], because: [...roots.because, ...plane.meshConfig.because] }
}

/** One control plane with everything that is known of it; the trust domain of its mesh is laid over later. */
export const buildControlPlane = (
  plane: ControlPlanePart,
  clusters: ReadonlyMap<string, ClusterPart>,
  management: Management,
): { readonly controlPlane: ControlPlane; readonly assumptions: readonly Assumption[] } => {
  const configName = management.configClusters.get(plane.name)
  const config = clusters.get(configName ?? '')
  const host = clusters.get(plane.cluster ?? '') ?? config
  const configuration = planeConfigurationOf(plane, host)
  const version = versionOf(plane)
  const { header } = plane
  const roots = host === undefined ? statedRoots(plane) : firstKnown(statedRoots(plane), rootCertificatesOf(host, plane.systemNamespace))
  const controlPlane: ControlPlane = {
    name: plane.name,
    cluster: plane.cluster,
    configCluster: configName,
    revision: plane.revision,
    tags: header?.tags ?? [],
    version,
    systemNamespace: plane.systemNamespace,
    meshConfig: configuration.meshConfig,
    meshNetworks: configuration.meshNetworks,
    flags: flagsOf(plane),
    remoteSecrets: management.remoteSecrets.get(plane.name) ?? unknown(),
    rootCertificates: withExtraAnchors(roots, configuration),
    signingCertificates: host === undefined ? unknown() : signingCertificatesOf(host, plane.systemNamespace),
    mesh: host?.header.mesh ?? config?.header.mesh ?? plane.installation?.meshId,
    region: header?.region ?? host?.header.region ?? '',
    zone: header?.zone ?? host?.header.zone ?? '',
    address: header?.address,
    network: header?.network,
    external: plane.cluster === undefined || configName !== plane.cluster || configuration.flags['EXTERNAL_ISTIOD'] === 'true',
    ref: plane.ref,
  }
  return { controlPlane, assumptions: [...configuration.assumptions, ...(version.assumed ? [versionAssumed(plane)] : [])] }
}
