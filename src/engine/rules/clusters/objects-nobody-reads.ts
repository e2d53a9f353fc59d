import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Meta } from '../../resources/meta.js'
import { istioKinds } from '../../snapshot/control-planes/istio-objects.js'
import { readsRevision } from '../../snapshot/control-planes/configuration-of.js'
import { listSome } from '../../analysis/answer/list-some.js'
import type { Cluster, ControlPlane, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'

type Kind = (typeof istioKinds)[number]

const metasOf = (resources: ClusterResources, kind: Kind): readonly Meta[] =>
  [...resources[kind].values()].flatMap((list: readonly { readonly meta: Meta }[]) => list.map(({ meta }) => meta))

const nameOf = ({ kind, namespace, name }: Meta): string => `${kind} ${namespace}/${name}`

/** Clusters whose Istio objects the control planes of this cluster's proxies read. */
const readersOf = ({ controlPlanes }: Snapshot, { managedBy }: Cluster): readonly string[] => [
  ...new Set(managedBy.flatMap((name) => controlPlanes.get(name)?.configCluster ?? [])),
]

function breachOf(
  snapshot: Snapshot,
  cluster: Cluster,
  readers: readonly string[],
  metas: readonly Meta[],
  kind: Kind,
): Breach | undefined {
  const read = new Set(readers.flatMap((name) => metasOf(snapshot.clusters.get(name)?.resources ?? cluster.resources, kind).map(nameOf)))
  const alone = metas.filter((meta) => !read.has(nameOf(meta)))
  const [first] = alone.length > 0 ? alone : metas
  if (first === undefined) return undefined
  const others = (alone.length > 0 ? alone : metas).length - 1
  const which = others === 0 ? 'this object' : `this object and ${others} more of its kind in cluster \`${cluster.name}\``
  const where = readers.map((name) => `\`${name}\``).join(', ')
  const told = `no control plane reads ${which}: its proxies are configured from cluster ${where}`
  if (alone.length > 0)
    return { on: cluster.ref(first), message: `${told}, where there is none of that name, so that it has no effect; apply it there` }
  return {
    on: cluster.ref(first),
    severity: 'INFO',
    message: `${told}, where objects of the same names count; a change made only here has no effect`,
  }
}

/** Control planes that read the cluster's objects, where they are given: of one that is taken to be there nobody knows the revision. */
const planesOf = ({ controlPlanes, header }: Snapshot, { name }: Cluster): readonly ControlPlane[] =>
  [...controlPlanes.values()].filter(
    (plane) =>
      plane.configCluster === name &&
      (plane.ref.kind === 'Deployment' || (header.controlPlanes ?? []).some((stated) => stated.name === plane.name)),
  )

const revisionOf = ({ revision }: ControlPlane): string => (revision === '' ? 'default' : revision)

/** Objects that are labelled for a revision which none of the control planes is of; a tag is none (MODEL-18). */
function otherRevision(cluster: Cluster, planes: readonly ControlPlane[], kind: Kind): Breach | undefined {
  const lost = metasOf(cluster.resources, kind).filter((meta) => !planes.some((plane) => readsRevision(plane, meta)))
  const [first] = lost
  if (first === undefined) return undefined
  const label = first.labels['istio.io/rev'] ?? ''
  const which = lost.length === 1 ? 'this object' : `this object and ${lost.length - 1} more of its kind in cluster \`${cluster.name}\``
  const tagged = planes.find(({ tags }) => tags.includes(label))
  const tag = tagged === undefined ? '' : `; \`${label}\` is a tag of \`${revisionOf(tagged)}\`, and tags are not looked at here`
  const message = `no control plane reads ${which}: the label \`istio.io/rev\` leaves it to revision \`${label}\`, and those of the cluster are of ${listSome(planes.map(revisionOf))}${tag}; take the label off, or write one of these`
  return { on: cluster.ref(first, 'metadata.labels["istio.io/rev"]'), message }
}

export const objectsNobodyReads: Rule = {
  code: 'DIF102',
  name: 'objects-nobody-reads',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'Istio objects that no control plane reads, by their cluster or by their revision (MODEL-16, MODEL-18, AUTHZ-1).',
  *check(snapshot): Iterable<Breach> {
    const read = new Set([...snapshot.controlPlanes.values()].flatMap(({ configCluster }) => configCluster ?? []))
    for (const cluster of snapshot.clusters.values()) {
      const planes = planesOf(snapshot, cluster)
      for (const kind of planes.length === 0 ? [] : istioKinds) {
        const breach = otherRevision(cluster, planes, kind)
        if (breach !== undefined) yield breach
      }
      const readers = readersOf(snapshot, cluster)
      if (read.has(cluster.name) || readers.length === 0 || readers.some((name) => !snapshot.clusters.has(name))) continue
      for (const kind of istioKinds) {
        const breach = breachOf(snapshot, cluster, readers, metasOf(cluster.resources, kind), kind)
        if (breach !== undefined) yield breach
      }
    }
  },
}
