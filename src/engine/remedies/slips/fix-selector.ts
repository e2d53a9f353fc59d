import { isNearlySelected } from '../../analysis/near/selector-miss.js'
import type { Labels } from '../../resources/meta.js'
import type { Service } from '../../resources/kubernetes/service.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { changeObject } from '../../simulate/change-object.js'
import { chosenTargets } from '../chosen-targets.js'
import { mergeFragment, type Proposal, type Propose } from '../proposal.js'

/** A Service selects nobody, by a label that is mistyped: the label that the workload beside it has. Rules EDS-1, EDS-7. */
export const fixSelector: Propose = (situation) =>
  chosenTargets(situation).flatMap(({ service }) =>
    service.definitions.flatMap(({ cluster: name, service: object }) => {
      const cluster = situation.snapshot.clusters.get(name)
      return cluster === undefined || selectsSomewhere(situation.snapshot, object) ? [] : fixing(cluster, object)
    }),
  )

/** In whatever cluster: then the labels are meant as they stand. */
const selectsSomewhere = ({ clusters }: Snapshot, { meta, selector = {} }: Service): boolean =>
  [...clusters.values()].some((cluster) => cluster.workloads(meta.namespace).some(({ labels }) => selectorMatches(selector, labels)))

function fixing(cluster: Cluster, object: Service): readonly Proposal[] {
  const { selector = {}, meta } = object
  const workloads = cluster.workloads(meta.namespace)
  const meant = workloads.find(({ labels }) => isNearlySelected(selector, labels))
  if (meant === undefined) return []
  const corrected: Labels = Object.fromEntries(Object.keys(selector).map((key) => [key, meant.labels[key] ?? selector[key] ?? '']))
  const { namespace, name } = meta
  const fragment = { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector: corrected } }
  const summary = `let Service \`${namespace}/${name}\` select the pods of \`${meant.owner.name}\` by the labels that they have; nothing else of it changes`
  return [
    mergeFragment(summary, cluster.name, fragment, (resources) =>
      changeObject(resources, 'services', object, (service) => ({ ...service, selector: corrected })),
    ),
  ]
}
