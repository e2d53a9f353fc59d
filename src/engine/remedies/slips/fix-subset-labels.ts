import { differencesOf } from '../../analysis/near/selector-miss.js'
import { isMisspelled } from '../../istiod/matching/nearest-names.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { Labels } from '../../resources/meta.js'
import { changeObject } from '../../simulate/change-object.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { chosenTargets } from '../chosen-targets.js'
import { configViewOf } from '../config-view.js'
import { patchValues, type Proposal, type Propose } from '../proposal.js'
import { failedFor } from '../situation.js'

/** A subset selects no endpoint, by a label that is mistyped: the label that an endpoint has. Rule EDS-26. */
export const fixSubsetLabels: Propose = (situation) => {
  if (failedFor(situation, 'SUBSET_MISMATCH').length === 0) return []
  const servers = situation.paths.flatMap(({ server, endpoint }) => server ?? endpoint.workload ?? [])
  const rules = new Map(chosenTargets(situation).flatMap(({ subset, rule }) => (rule?.rules ?? []).map((one) => [one, subset] as const)))
  return [...rules].flatMap(([rule, subset]) => fixing(situation.snapshot, rule, subset, servers))
}

function fixing(snapshot: Snapshot, rule: DestinationRule, subset: string, servers: readonly Workload[]): readonly Proposal[] {
  const at = rule.subsets.findIndex(({ name }) => name === subset)
  const wanted = rule.subsets[at]?.labels
  const home = [...snapshot.clusters.values()].find(({ resources }) =>
    resources.destinationRules.get(rule.meta.namespace)?.some(({ meta }) => meta.name === rule.meta.name),
  )
  const place = configViewOf(snapshot, home?.name)
  if (wanted === undefined || place === undefined) return []
  const corrections = servers.map(({ labels }) => correct(wanted, labels)).filter((labels) => labels !== undefined)
  return corrections.slice(0, 1).map((labels) => {
    const path = `spec.subsets[${at}].labels`
    const summary = `let subset \`${subset}\` of DestinationRule \`${rule.meta.namespace}/${rule.meta.name}\` select its pods as they are labelled`
    return patchValues(summary, place.cluster, rule.meta, [{ path, value: labels }], (resources) =>
      changeObject(resources, 'destinationRules', rule, (object) => ({
        ...object,
        subsets: object.subsets.map((one, index) => (index === at ? { ...one, labels } : one)),
      })),
    )
  })
}

/** The labels with what the pod has in place of one slip. */
function correct(wanted: Labels, labels: Labels): Labels | undefined {
  const [first, ...others] = differencesOf(wanted, labels)
  if (first?.has === undefined || others.length > 0 || !isMisspelled(first.wants, first.has)) return undefined
  return { ...wanted, [first.key]: first.has }
}
