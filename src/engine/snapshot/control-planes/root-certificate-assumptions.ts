import { isOn } from '../flags.js'
import type { Assumption } from '../../model/step.js'
import { headerRef } from '../references.js'
import type { Cluster, ControlPlane, Snapshot } from '../snapshot.js'

const annotation = 'topology.istio.io/controlPlaneClusters'

const isAnnotated = ({ resources }: Cluster, { systemNamespace, configCluster }: ControlPlane): boolean =>
  (resources.namespaces.get(systemNamespace)?.meta.annotations[annotation] ?? '')
    .split(',')
    .map((name) => name.trim())
    .some((name) => name === '*' || name === configCluster)

const isExternal = (controlPlane: ControlPlane, home: Cluster | undefined): boolean =>
  isOn(controlPlane, 'EXTERNAL_ISTIOD') || home?.resources.installations.some(({ externalIstiod }) => externalIstiod === true) === true

const holdsRoots = ({ resources, rootCertificates }: Cluster): boolean =>
  rootCertificates.value !== undefined ||
  [...resources.configMaps.values()].some((maps) => maps.some(({ meta }) => meta.name === 'istio-ca-root-cert'))

/**
 * Do new pods of a remote cluster get the ConfigMap with the root certificate, without which they do not start?
 *
 * Only an external istiod writes it there, and only where the system namespace names its config cluster. In a cluster that is declared and not seen
 * running, its pods are taken to have it. Rule MODEL-24.
 */
export function rootCertificateAssumptions({
  clusters,
  controlPlanes,
}: Pick<Snapshot, 'clusters' | 'controlPlanes'>): readonly Assumption[] {
  return [...clusters.values()].flatMap((cluster) => {
    const plane = controlPlanes.get(cluster.managedBy[0] ?? '')
    if (plane === undefined || cluster.observed || plane.configCluster === cluster.name || plane.cluster === cluster.name) return []
    const home = clusters.get(plane.cluster ?? '')
    if ((isExternal(plane, home) && isAnnotated(cluster, plane)) || holdsRoots(cluster)) return []
    return [
      {
        code: 'ROOT_CERTIFICATE_ASSUMED',
        message: `nothing shows who writes \`istio-ca-root-cert\` into cluster \`${cluster.name}\`, whose pods need it: an istiod with \`EXTERNAL_ISTIOD\` does where namespace \`${plane.systemNamespace}\` has the annotation \`${annotation}: ${plane.configCluster ?? '*'}\``,
        because: [headerRef('Cluster', cluster.name, 'controlPlane')],
      },
    ]
  })
}
