import { pausing } from '../../pause.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { namespaceLabels, type PodOrTemplate, podsAndTemplates } from './pods-and-templates.js'
import { injectors, revisionsIn } from './injectors.js'

const revisionKey = 'istio.io/rev'

/** Revisions and tags that somebody serves in the cluster. */
const servedIn = ({ controlPlanes }: Snapshot, cluster: Cluster): ReadonlySet<string> => {
  const planes = cluster.managedBy.flatMap((name) => controlPlanes.get(name) ?? [])
  const tags = cluster.resources.revisionTags.map(({ tag }) => tag)
  const ofPlanes = planes.flatMap(({ revision, tags: own }) => [revision === '' ? 'default' : revision, ...own])
  return new Set([...ofPlanes, ...tags, ...injectors(cluster).flatMap(({ webhooks }) => webhooks.flatMap(revisionsIn))])
}

function tell(revision: string, served: ReadonlySet<string>): string {
  const [near] = nearestNames(revision, [...served])
  const hint = near === undefined ? '' : `; did you mean \`${near}\`?`
  return `no injection webhook of the cluster serves revision or tag \`${revision}\`: pods get no proxy, and are no part of the mesh${hint}`
}

function* ofNamespaces(cluster: Cluster, served: ReadonlySet<string>): Iterable<Breach> {
  for (const { meta } of pausing(cluster.resources.namespaces.values())) {
    const revision = meta.labels[revisionKey]
    // `istio-injection` decides where it stands.
    if (revision === undefined || served.has(revision) || meta.labels['istio-injection'] !== undefined) continue
    yield { on: cluster.ref(meta, 'metadata.labels'), message: tell(revision, served) }
  }
}

/** Do labels of its namespace decide, so that its own are not asked? */
function isDecided(cluster: Cluster, { meta, spec, ran }: PodOrTemplate): boolean {
  const labels = namespaceLabels(cluster, meta.namespace)
  return ran || spec.istiod !== undefined || labels?.['istio-injection'] !== undefined || labels?.[revisionKey] !== undefined
}

function* ofPods(cluster: Cluster, served: ReadonlySet<string>): Iterable<Breach> {
  const told = new Set<string>()
  for (const one of podsAndTemplates(cluster)) {
    const revision = one.labels[revisionKey]
    const key = `${one.meta.namespace} ${one.owner}`
    if (revision === undefined || served.has(revision) || told.has(key) || isDecided(cluster, one)) continue
    told.add(key)
    const path = one.kind === 'POD' ? 'metadata.labels' : 'spec.template.metadata.labels'
    yield { on: cluster.ref(one.meta, path), message: tell(revision, served) }
  }
}

export const revisionUnknown: Rule = {
  code: 'PRX112',
  name: 'revision-unknown',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'A label asks for a revision whose webhook the cluster does not have, so that nothing is injected (MODEL-27).',
  *check(snapshot): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) {
      // Tags are webhooks, which repositories seldom hold: without any, nobody knows them.
      if (injectors(cluster).length === 0) continue
      const served = servedIn(snapshot, cluster)
      yield* ofNamespaces(cluster, served)
      yield* ofPods(cluster, served)
    }
  },
}
