import { applicationObjects } from './application-objects.js'
import type { KubernetesObject } from './kubernetes-object.js'
import { meshObjects } from './mesh-objects.js'
import { nodeObjects, podsPerNode } from './node-objects.js'
import type { Plan, PlannedCluster } from './plan.js'
import { policyObjects } from './policy-objects.js'
import { rootCertificate } from './root-certificate.js'
import { routeObjects } from './route-objects.js'
import { waypointObjects } from './waypoint-objects.js'

/** One entry of a document's `clusters`. */
export interface GeneratedCluster {
  readonly name: string
  readonly resources: readonly KubernetesObject[]
  readonly [field: string]: unknown
}

function resourcesOf(plan: Plan, cluster: PlannedCluster): readonly KubernetesObject[] {
  const namespaces = new Map(plan.namespaces.map((namespace) => [namespace.name, namespace]))
  const pods = cluster.applications.reduce((sum, { replicas }) => sum + replicas, 0)
  const nodes = Math.max(3, Math.ceil(pods / podsPerNode))
  let firstPod = 0
  const applications = cluster.applications.flatMap((application, service) => {
    const placement = {
      firstPod,
      service,
      nodes,
      injected: namespaces.get(application.namespace)?.injected === true,
      ambient: namespaces.get(application.namespace)?.ambient === true,
    }
    firstPod += application.replicas
    return applicationObjects(cluster, application, placement)
  })
  const own = [...nodeObjects(cluster, nodes), ...meshObjects(plan, cluster), ...policyObjects(plan, cluster)]
  return [...own, ...waypointObjects(plan, cluster), ...routeObjects(plan, cluster), ...applications]
}

/** One cluster as the document holds it: a primary that reads every other. */
export const clusterEntry = (plan: Plan, cluster: PlannedCluster): GeneratedCluster => ({
  name: cluster.name,
  mesh: 'mesh1',
  network: cluster.network,
  region: cluster.region,
  podCidrs: [`10.${10 + cluster.position}.0.0/16`],
  serviceCidrs: [`10.${100 + cluster.position}.0.0/16`],
  controlPlane: { role: 'PRIMARY' },
  remoteSecrets: plan.clusters.map(({ name }) => name).filter((name) => name !== cluster.name),
  rootCertificates: [rootCertificate],
  resources: resourcesOf(plan, cluster),
})

/** A document with these clusters. */
export const documentOf = (clusters: readonly GeneratedCluster[], { mixed }: Pick<Plan, 'mixed'>): object => ({
  apiVersion: 'sightline/v1',
  kind: 'Topology',
  meshes: [{ name: 'mesh1', trustDomain: 'cluster.local' }],
  networks: [...new Set(clusters.map((cluster) => cluster['network']))].map((name) => ({ name })),
  controlPlanes: clusters.map(({ name }) => ({
    name,
    cluster: name,
    version: '1.30.2',
    ...(mixed ? { flags: { PILOT_ENABLE_AMBIENT: 'true' } } : {}),
  })),
  clusters,
})
