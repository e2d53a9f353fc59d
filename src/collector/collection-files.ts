import type { TopologyHeader } from '#engine/model/topology-document'
import type { StatedPlaces } from '#engine/model/topology/stated-places'
import type { ClusterHeader } from '#engine/model/topology/cluster-header'
import { writeClusterYaml, writeHeaderYaml, writeObjectsYaml } from '#engine/manifests/write-yaml'
import { isIstiod } from './istio-cluster-id.js'
import type { ApiObject } from './list-objects.js'
import { metaOf } from './meta-of.js'
import type { NamedCluster } from './name-clusters.js'

/** The first line of a collected topology.yaml: by it a directory is known to hold nothing but a collection. */
export const collectedHeading = '# Collected by `sightline collect`; the next collection replaces it.'

const header = (clusters: readonly ClusterHeader[]): TopologyHeader => ({
  apiVersion: 'sightline/v1',
  kind: 'Topology',
  clusters: [...clusters],
})

/** What was seen is fact; a cluster whose istiod has no remote secret, where they could be read, reads no other. */
function clusterHeader({ name, objects, unread }: NamedCluster): ClusterHeader {
  const hosts = objects.some(isIstiod)
  const seesSecrets = !unread.some(({ kind }) => kind === 'Secret')
  const hasRemotes = objects.some(({ kind, metadata }) => kind === 'Secret' && metaOf({ metadata }).labels['istio/multiCluster'] === 'true')
  return {
    name,
    observed: true,
    ...(hosts && seesSecrets && !hasRemotes ? { remoteSecrets: [] } : {}),
    ...(unread.length === 0 ? {} : { unread: [...unread] }),
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const inOrder = (objects: readonly ApiObject[]): readonly ApiObject[] =>
  objects
    .map((object) => ({ object, key: `${String(object['kind'])} ${String(object['apiVersion'])} ${metaOf(object).name}` }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ object }) => object)

/** A file a namespace, and one for what stands in none; no namespace begins with an underscore. */
function filesOf({ name, objects }: NamedCluster): readonly (readonly [string, string])[] {
  const byPlace = new Map<string, ApiObject[]>()
  for (const object of objects) {
    const place = metaOf(object).namespace || '_cluster'
    const list = byPlace.get(place)
    if (list === undefined) byPlace.set(place, [object])
    else list.push(object)
  }
  return [...byPlace]
    .sort(([a], [b]) => compare(a, b))
    .map(([place, list]) => [`clusters/${name}/${place}.yaml`, writeObjectsYaml(inOrder(list))] as const)
}

/** The collection as files of a directory, by path. */
export function collectionFiles(clusters: readonly NamedCluster[]): ReadonlyMap<string, string> {
  const entries = clusters.map((cluster) => {
    const from = `# from context \`${cluster.context}\`, ${cluster.server}, named ${cluster.namedBy}\n`
    // A pattern that meets no file is taken for a mistake.
    const resources = cluster.objects.length === 0 ? [] : [{ include: `clusters/${cluster.name}/*.yaml` }]
    return `${from}${writeClusterYaml(clusterHeader(cluster), resources)}`
  })
  const document = `${collectedHeading}\n${writeHeaderYaml(header([]))}`.replace(/clusters: \[\]\n$/, `clusters:\n${entries.join('')}`)
  return new Map([['topology.yaml', document], ...clusters.flatMap(filesOf)])
}

/** The collection as one document. */
export const collectionDocument = (clusters: readonly NamedCluster[]): string =>
  [
    writeHeaderYaml(header(clusters.map(clusterHeader))),
    ...clusters.map((cluster) => writeClusterYaml(clusterHeader(cluster), inOrder(cluster.objects))),
  ].join('')

/**
 * The collection as it is sent to a server: nobody has a file of it, so that its objects and entries are of no line, and answers name them by kind, namespace and
 * name.
 */
export function collectionToSend(clusters: readonly NamedCluster[]): string {
  const each = clusters.map((cluster) => ({ ...clusterHeader(cluster), resources: inOrder(cluster.objects) }))
  const nowhere: [number, number] = [-1, 0]
  const objects = Object.fromEntries(each.map(({ name, resources }) => [name, resources.map(() => nowhere)]))
  const places: StatedPlaces = { files: [], entries: {}, objects }
  return JSON.stringify({ ...header([]), places, clusters: each })
}
