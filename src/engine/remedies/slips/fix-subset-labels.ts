import { differencesOf } from '../../analysis/near/selector-miss.js'
import { isMisspelled } from '../../istiod/matching/nearest-names.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import type { Labels } from '../../resources/meta.js'
import { changeObject } from '../../simulate/change-object.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { chosenTargets } from '../chosen-targets.js'
import { patchValues, type Proposal, type Propose } from '../proposal.js'
import { failedFor, type Situation } from '../situation.js'

/** A subset selects no endpoint, by a label that is mistyped: the label that an endpoint has. Rules EDS-26, MODEL-16. */
export const fixSubsetLabels: Propose = (situation) => {
  if (failedFor(situation, 'SUBSET_MISMATCH').length === 0) return []
  const servers = situation.paths.flatMap(({ server, endpoint }) => server ?? endpoint.workload ?? [])
  const rules = new Map(chosenTargets(situation).flatMap(({ subset, rule }) => (rule?.rules ?? []).map((one) => [one, subset] as const)))
  return [...rules].flatMap(([rule, subset]) => {
    const cluster = homeOf(situation, rule)
    return cluster === undefined ? [] : fixing(cluster, rule, subset, servers)
  })
}

/** Where the client's control plane reads it: other clusters may have one of the same name (MODEL-16). */
const homeOf = ({ clients }: Situation, rule: DestinationRule): string | undefined =>
  clients.find(({ view }) => view?.configuration.destinationRules.get(rule.meta.namespace)?.includes(rule) === true)?.view?.configCluster
    ?.name

function fixing(cluster: string, rule: DestinationRule, subset: string, servers: readonly Workload[]): readonly Proposal[] {
  const at = rule.subsets.findIndex(({ name }) => name === subset)
  const wanted = rule.subsets[at]?.labels
  if (wanted === undefined) return []
  const corrections = servers.map(({ labels }) => correct(wanted, labels)).filter((labels) => labels !== undefined)
  return corrections.slice(0, 1).map((labels) => {
    const path = `spec.subsets[${at}].labels`
    const summary = `let subset \`${subset}\` of DestinationRule \`${rule.meta.namespace}/${rule.meta.name}\` select the pods by the labels that they have; nothing else of it changes`
    return patchValues(summary, cluster, rule.meta, [{ path, value: labels }], (resources) =>
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
