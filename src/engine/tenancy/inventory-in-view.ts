/** What a version consists of, as far as it is in view: what is not is one entry of each list, at its place in the order. */
import type {
  Inventory,
  InventoryCluster,
  InventoryControlPlane,
  InventoryService,
  InventoryWorkload,
  ListPage,
  ListRequest,
} from '../inventory/inventory.js'
import { inventoryServices } from '../inventory/inventory-services.js'
import { inventoryWorkloads } from '../inventory/inventory-workloads.js'
import { byKey, pageOf } from '../inventory/page-of.js'
import type { View } from '../model/topology/view.js'
import { ownPorts } from './own-ports.js'
import { outOfView, type Sight } from './sight.js'

export function inventoryInView(sight: Sight, { tenants }: View, all: Inventory): Inventory {
  const isOurs = ({ name, namespaces }: InventoryCluster): boolean =>
    sight.holdsCluster(name) || namespaces.some((namespace) => sight.holds(name, namespace))
  const clusters = new Set(all.clusters.filter(isOurs).map(({ name }) => name))
  const clusterNames = (names: readonly string[]): readonly string[] => namesIn(names, (name) => clusters.has(name))
  const planes = new Set(all.controlPlanes.filter(({ cluster }) => sight.holdsCluster(cluster)).map(({ name }) => name))
  const planeNames = (names: readonly string[]): readonly string[] => namesIn(names, (name) => planes.has(name))
  const networks = new Set(all.clusters.flatMap(({ name, network }) => (clusters.has(name) && network !== null ? [network] : [])))
  return {
    meshes: folded(all.meshes, (mesh) => mesh.clusters.some((name) => clusters.has(name)), foreignMesh).map((mesh) => ({
      ...mesh,
      clusters: clusterNames(mesh.clusters),
      controlPlanes: planeNames(mesh.controlPlanes),
    })),
    networks: folded(all.networks, ({ name }) => networks.has(name), foreignNetwork).map((network) => ({
      ...network,
      routableTo: namesIn(network.routableTo, (name) => networks.has(name)),
      clusters: clusterNames(network.clusters),
    })),
    clusters: folded(all.clusters, isOurs, foreignCluster).map((cluster) => clusterInView(sight, cluster, planeNames)),
    controlPlanes: folded(all.controlPlanes, ({ name }) => planes.has(name), foreignPlane).map((plane) => ({
      ...plane,
      configCluster: plane.configCluster === null || clusters.has(plane.configCluster) ? plane.configCluster : outOfView,
      clusters: clusterNames(plane.clusters),
    })),
    tenants: tenants.map(({ name, kind, members }) => ({ name, kind, members })),
  }
}

/** A cluster that several share is told of with what stands in it and is theirs. */
function clusterInView(
  sight: Sight,
  cluster: InventoryCluster,
  planeNames: (names: readonly string[]) => readonly string[],
): InventoryCluster {
  const { name, namespaces, counts, controlPlanes } = cluster
  return {
    ...cluster,
    namespaces: namesIn(namespaces, (namespace) => sight.holds(name, namespace)),
    controlPlanes: planeNames(controlPlanes),
    counts: sight.holdsCluster(name) ? counts : [],
  }
}

export const namesIn = (names: readonly string[], isOurs: (name: string) => boolean): readonly string[] => {
  const ours = names.filter(isOurs)
  return ours.length === names.length || names.every((name) => name === outOfView) ? names : [...ours, outOfView]
}

function folded<T extends { readonly name: string }>(all: readonly T[], isOurs: (item: T) => boolean, rest: T): readonly T[] {
  const ours = all.filter(isOurs)
  return ours.length === all.length ? all : [...ours, rest]
}

const foreignMesh: Inventory['meshes'][number] = { name: outOfView, trustDomain: null, clusters: [], controlPlanes: [] }
const foreignNetwork: Inventory['networks'][number] = { name: outOfView, routableTo: [], clusters: [] }
const foreignCluster: InventoryCluster = {
  name: outOfView,
  mesh: null,
  network: null,
  region: null,
  zone: null,
  role: null,
  observed: false,
  namespaces: [],
  controlPlanes: [],
  counts: [],
}
const foreignPlane: InventoryControlPlane = {
  name: outOfView,
  cluster: null,
  configCluster: null,
  revision: '',
  version: '',
  trustDomain: '',
  clusters: [],
}

/** Is some of it theirs? */
export const ownsService =
  (sight: Sight) =>
  ({ clusters, namespace }: InventoryService): boolean =>
    clusters.some((cluster) => sight.holds(cluster, namespace))

/** A service of theirs, without what it is elsewhere. */
export const serviceInView =
  (sight: Sight) =>
  (service: InventoryService): InventoryService => {
    const clusters = namesIn(service.clusters, (cluster) => sight.holds(cluster, service.namespace))
    return clusters === service.clusters ? service : { ...service, clusters, ports: ownPorts(sight, service.host, service.namespace) }
  }

/** A workload of theirs. */
export const workloadInView =
  (sight: Sight) =>
  (workload: InventoryWorkload): InventoryWorkload => {
    const { controlPlane } = workload
    const known = controlPlane === null || sight.holdsCluster(sight.snapshot.controlPlanes.get(controlPlane)?.cluster)
    return known ? workload : { ...workload, controlPlane: outOfView }
  }

export function serviceListInView(sight: Sight, page: ListRequest): ListPage<InventoryService> {
  const { items, hasMore } = pageOf(listed(inventoryServices(sight.snapshot), ownsService(sight), foreignService), page)
  return { items: items.map(serviceInView(sight)), hasMore }
}

export function workloadListInView(sight: Sight, page: ListRequest): ListPage<InventoryWorkload> {
  const isOurs = ({ cluster, namespace }: InventoryWorkload): boolean => sight.holds(cluster, namespace)
  const { items, hasMore } = pageOf(listed(inventoryWorkloads(sight.snapshot), isOurs, foreignWorkload), page)
  return { items: items.map(workloadInView(sight)), hasMore }
}

function listed<T extends { readonly key: string }>(all: readonly T[], isOurs: (item: T) => boolean, rest: T): readonly T[] {
  const ours = all.filter(isOurs)
  return ours.length === all.length ? all : [...ours, rest].toSorted(byKey)
}

const foreignService: InventoryService = { key: `${outOfView} `, host: outOfView, namespace: '', clusters: [], ports: [] }
export const foreignWorkload: InventoryWorkload = {
  key: `${outOfView} `,
  cluster: '',
  namespace: '',
  kind: outOfView,
  name: '',
  serviceAccount: '',
  instances: 0,
  dataPlane: '',
  controlPlane: null,
}
