// What the generated mesh consists of, before any object is written: which application stands in which clusters.

export interface Size {
  /** Even, so that both networks hold as many. */
  readonly clusters: number
  /** Service objects of applications, all clusters together. */
  readonly services: number
  /** Pods of applications, all clusters together. */
  readonly pods: number
  readonly namespaces: number
}

export const fullSize: Size = { clusters: 4, services: 2_000, pods: 10_000, namespaces: 60 }

export interface PlannedApplication {
  readonly namespace: string
  readonly name: string
  /** Position among all applications: what decides about its rules. */
  readonly position: number
  readonly replicas: number
  /** Whether it runs in two versions, with subsets and routes for them. */
  readonly versioned: boolean
}

export interface PlannedCluster {
  readonly name: string
  readonly position: number
  readonly network: string
  readonly region: string
  readonly applications: readonly PlannedApplication[]
}

export interface Plan {
  readonly size: Size
  /** A third of the namespaces is in ambient mode behind waypoints, a third is routed by the Gateway API. */
  readonly mixed: boolean
  readonly namespaces: readonly PlannedNamespace[]
  readonly clusters: readonly PlannedCluster[]
}

export interface PlannedNamespace {
  readonly name: string
  readonly position: number
  /** Whether its pods have a sidecar. */
  readonly injected: boolean
  readonly ambient: boolean
  /** Whether its Services have HTTPRoutes, and no VirtualServices. */
  readonly byGatewayApi: boolean
}

const domains = ['orders', 'payments', 'catalogue', 'search', 'identity', 'shipping', 'billing', 'media', 'risk', 'support', 'data', 'edge']
const areas = ['core', 'api', 'jobs', 'partner', 'internal']
const nouns = ['cart', 'price', 'stock', 'account', 'invoice', 'review', 'offer', 'route', 'label', 'session', 'report', 'token', 'image']
const roles = ['api', 'web', 'worker', 'store', 'cache', 'gateway']
const regions = ['us-west1', 'us-east1', 'europe-west4', 'asia-east1']

/** Of ten applications three stand in every cluster, two in two of them, and five in one. */
function clustersOf(position: number, count: number): readonly number[] {
  const kind = position % 10
  const some = kind < 3 ? count : kind < 5 ? Math.min(2, count) : 1
  return Array.from({ length: some }, (_, index) => (position * 3 + Math.floor(position / 10) + index) % count)
}

const namespaceAt = (position: number, mixed: boolean): PlannedNamespace => {
  const area = areas[Math.floor(position / domains.length) % areas.length]
  const round = Math.floor(position / (domains.length * areas.length))
  return {
    name: `${domains[position % domains.length]}-${area}${round === 0 ? '' : `-${round}`}`,
    position,
    injected: position % 12 !== 11 && !(mixed && position % 3 === 0),
    ambient: mixed && position % 3 === 0,
    byGatewayApi: mixed && position % 3 === 1,
  }
}

const nameAt = (position: number): string =>
  `${nouns[position % nouns.length]}-${roles[Math.floor(position / nouns.length) % roles.length]}-${position}`

/** As many pods for each service object, one more and one less in turn, so that their sum is exact. */
function replicasAt(index: number, { services, pods }: Size): number {
  const even = Math.floor(((index + 1) * pods) / services) - Math.floor((index * pods) / services)
  const paired = index + 1 < services || index % 2 === 1
  return even < 2 || !paired ? even : even + (index % 2 === 0 ? 1 : -1)
}

/** The mesh of this size; equal sizes give equal plans, and the same applications whether it is mixed or not. */
export function planMesh(size: Size, mixed = false): Plan {
  const namespaces = Array.from({ length: size.namespaces }, (_, position) => namespaceAt(position, mixed))
  const applications: PlannedApplication[][] = Array.from({ length: size.clusters }, () => [])
  let objects = 0
  for (let position = 0; objects < size.services; position++) {
    const namespace = namespaces[(position * 7) % namespaces.length]?.name ?? ''
    for (const cluster of clustersOf(position, size.clusters)) {
      if (objects === size.services) break
      const replicas = replicasAt(objects, size)
      applications[cluster]?.push({ namespace, name: nameAt(position), position, replicas, versioned: position % 13 === 0 })
      objects += 1
    }
  }
  const clusters = applications.map((own, position) => ({
    name: `cluster-${position + 1}`,
    position,
    network: `network${1 + Math.floor((position * 2) / size.clusters)}`,
    region: regions[position % regions.length] ?? '',
    applications: own,
  }))
  return { size, mixed, namespaces, clusters }
}
