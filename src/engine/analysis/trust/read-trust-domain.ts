import { readsRemoteTrustDomains } from '../../snapshot/releases.js'
import type { Assumption } from '../../model/step.js'
import { parseEmbeddedYaml } from '../../snapshot/control-planes/embedded-yaml.js'
import type { Cluster, ControlPlane, ControlPlaneView } from '../../snapshot/snapshot.js'
import { remembered } from '../../remembered.js'

export interface ReadTrustDomain {
  readonly trustDomain: string
  readonly assumption?: Assumption
}

/**
 * The trust domain a control plane expects in certificates of a cluster's pods.
 *
 * From 1.29 it reads the `istio` ConfigMap (of its own revision) in the remote cluster's system namespace; where that is absent, as with the
 * remote profile, Istio's default holds and not the control plane's own value. Rules TRUST-2, MODEL-5.
 */
export const readTrustDomain = remembered((view: ControlPlaneView, clusterName: string): ReadTrustDomain => {
  const { controlPlane, snapshot } = view
  const own = controlPlane.meshConfig.trustDomain
  const cluster = snapshot.clusters.get(clusterName)
  if (cluster === undefined || clusterName === controlPlane.configCluster || !readsRemoteTrustDomains(controlPlane))
    return { trustDomain: own }
  const resident = residentControlPlane(view, cluster)
  if (resident !== undefined) return { trustDomain: resident.meshConfig.trustDomain }
  const name = configMapName(controlPlane)
  const configMap = cluster.resources.configMaps.get(controlPlane.systemNamespace)?.find(({ meta }) => meta.name === name)
  if (configMap !== undefined) return { trustDomain: trustDomainIn(configMap.data.mesh) ?? 'cluster.local' }
  if (own === 'cluster.local') return { trustDomain: own }
  // Objects that were never collected prove nothing: only a dump of the cluster shows that there is no ConfigMap.
  const trustDomain = cluster.observed ? 'cluster.local' : own
  const message = `cluster \`${clusterName}\` has no ConfigMap \`${name}\`, so control plane \`${controlPlane.name}\` is taken to expect trust domain \`${trustDomain}\` there`
  return { trustDomain, assumption: { code: 'REMOTE_TRUST_DOMAIN_ASSUMED', message, because: [] } }
})

const configMapName = ({ revision }: ControlPlane): string => (revision === '' || revision === 'default' ? 'istio' : `istio-${revision}`)

/** The control plane whose own ConfigMap is the one that is read there: the same revision in the same system namespace. */
const residentControlPlane = ({ snapshot, controlPlane }: ControlPlaneView, cluster: Cluster): ControlPlane | undefined =>
  [...snapshot.controlPlanes.values()].find(
    (other) =>
      other.configCluster === cluster.name &&
      other.systemNamespace === controlPlane.systemNamespace &&
      configMapName(other) === configMapName(controlPlane),
  )

const trustDomainIn = (mesh: string | undefined): string | undefined => {
  const stated = parseEmbeddedYaml(mesh ?? '')?.['trustDomain']
  return typeof stated === 'string' && stated !== '' ? stated : undefined
}
