import type { NearMiss } from '../../model/step.js'
import { byAge } from '../../snapshot/by-age.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { Client } from '../call/call.js'
import { byName, mostCompared, nearMiss } from './near-miss.js'
import { onlyElsewhere } from './only-elsewhere.js'
import { isNearlySelected, tellSelectorMiss } from './selector-miss.js'

/** Which Sidecars of the client's namespace do not shape its proxy, and why? Exactly one does, and they are never merged (VIS-14). */
export function nearSidecars({ workload }: Client, { view, sidecar }: ProxyScope): readonly NearMiss[] {
  const all = [...(view.configuration.sidecars.get(workload.namespace) ?? [])].sort(byName).slice(0, mostCompared)
  const others = all.filter((one) => one !== sidecar).sort(byAge)
  const elsewhere = onlyElsewhere(
    view,
    ({ resources }) => resources.sidecars,
    ({ resources }) =>
      (resources.sidecars.get(workload.namespace) ?? []).filter(({ workloadSelector = {} }) =>
        selectorMatches(workloadSelector, workload.labels),
      ),
  )
  const beside = others.flatMap(({ meta, workloadSelector = {} }) => {
    const ref = view.ref(meta, 'spec.workloadSelector')
    if (!selectorMatches(workloadSelector, workload.labels)) {
      const isTold = isNearlySelected(workloadSelector, workload.labels) || nobodyHas(view.workloads(workload.namespace), workloadSelector)
      return isTold ? [nearMiss(ref, tellSelectorMiss(workloadSelector, workload.labels, `\`${workload.owner.name}\``))] : []
    }
    if (sidecar === undefined) return []
    return [
      nearMiss(ref, `does not shape this proxy, as \`${sidecar.meta.namespace}/${sidecar.meta.name}\` does, and Sidecars are never merged`),
    ]
  })
  return [...beside, ...elsewhere]
}

const nobodyHas = (
  workloads: readonly { readonly labels: Readonly<Record<string, string>> }[],
  selector: Readonly<Record<string, string>>,
): boolean => !workloads.some(({ labels }) => selectorMatches(selector, labels))
