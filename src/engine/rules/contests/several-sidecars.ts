/**
 * Of several Sidecars for a workload exactly one shapes its proxy, and they are never merged: the oldest that selects it, else the oldest without a selector
 * (VIS-14).
 */
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { Labels } from '../../resources/meta.js'
import { byAge } from '../../snapshot/by-age.js'
import { indexBySelector } from '../../snapshot/selector-index.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { configurationsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

const nameOf = ({ meta }: Sidecar): string => `\`${meta.namespace}/${meta.name}\``
const hasSelector = ({ workloadSelector = {} }: Sidecar): boolean => Object.keys(workloadSelector).length > 0

/** Who goes by ztunnel has no Sidecar. */
const isAmbient = (view: ControlPlaneView, namespace: string): boolean =>
  view.clusters.some(({ resources }) => resources.namespaces.get(namespace)?.meta.labels['istio.io/dataplane-mode'] === 'ambient')

function* severalDefaults(view: ControlPlaneView): Iterable<Breach> {
  for (const [namespace, list] of view.configuration.sidecars) {
    const [winner, ...losers] = list.filter((sidecar) => !hasSelector(sidecar)).sort(byAge)
    if (winner === undefined || losers.length === 0 || isAmbient(view, namespace)) continue
    const on = ({ meta }: Sidecar) => view.ref(meta, 'spec')
    for (const loser of pausing(losers)) {
      const message = `Sidecar ${nameOf(winner)} has no \`workloadSelector\` either and comes first: only one shapes proxies, and this one has no effect; put them into one, or give one a \`workloadSelector\``
      yield { on: on(loser), message }
    }
    const others = losers.map(nameOf).join(', ')
    yield {
      on: on(winner),
      severity: 'INFO',
      message: `it comes first of the Sidecars without \`workloadSelector\` in namespace \`${namespace}\`, so that ${others} has no effect; put them into one`,
    }
  }
}

export const severalDefaultSidecars: Rule = {
  code: 'CON104',
  name: 'several-default-sidecars',
  severity: 'ERROR',
  istio: ['IST0111'],
  kiali: ['KIA0002'],
  summary: 'A namespace has several Sidecars without a workloadSelector, of which one counts (VIS-14).',
  *check(snapshot): Iterable<Breach> {
    for (const { views } of configurationsOf(snapshot)) if (views[0] !== undefined) yield* severalDefaults(views[0])
  },
}

/** Workloads that a Sidecar may shape, one of each set of labels. */
const distinctIn = remembered((cluster: Cluster, namespace: string): ReadonlyMap<Labels, Workload> => {
  const found = new Map<Labels, Workload>()
  for (const workload of pausing(cluster.workloads(namespace))) {
    if (workload.dataPlane !== 'AMBIENT' && workload.dataPlane !== 'GATEWAY') found.set(workload.labels, workload)
  }
  return found
})

interface Rivals {
  readonly winner: Sidecar
  readonly workload: Workload
}

function* severalSelecting(view: ControlPlaneView): Iterable<Breach> {
  for (const [namespace, list] of view.configuration.sidecars) {
    const index = indexBySelector(list.filter(hasSelector).sort(byAge), ({ workloadSelector = {} }) => workloadSelector)
    const lost = new Map<Sidecar, Rivals>()
    const won = new Map<Sidecar, { readonly loser: Sidecar; readonly workload: Workload }>()
    for (const cluster of view.clusters) {
      for (const [labels, workload] of distinctIn(cluster, namespace)) {
        const [winner, ...losers] = index.matching(labels)
        if (winner === undefined) continue
        for (const loser of pausing(losers)) {
          if (!lost.has(loser)) lost.set(loser, { winner, workload })
          if (!won.has(winner)) won.set(winner, { loser, workload })
        }
      }
    }
    yield* tellRivals(view, lost, won)
  }
}

function* tellRivals(
  view: ControlPlaneView,
  lost: ReadonlyMap<Sidecar, Rivals>,
  won: ReadonlyMap<Sidecar, { readonly loser: Sidecar; readonly workload: Workload }>,
): Iterable<Breach> {
  for (const [loser, { winner, workload }] of lost) {
    const message = `Sidecar ${nameOf(winner)} selects \`${workload.owner.name}\` too and comes first: only one shapes a proxy, and this one has no effect there; put them into one, or narrow a selector`
    yield { on: view.ref(loser.meta, 'spec.workloadSelector'), message }
  }
  for (const [winner, { loser, workload }] of won) {
    if (lost.has(winner)) continue
    const message = `it alone shapes the proxy of \`${workload.owner.name}\`, which ${nameOf(loser)} selects too and has no effect on; put them into one, or narrow a selector`
    yield { on: view.ref(winner.meta, 'spec.workloadSelector'), severity: 'INFO', message }
  }
}

export const severalSidecarsForOne: Rule = {
  code: 'CON105',
  name: 'several-sidecars-for-one',
  severity: 'ERROR',
  istio: ['IST0110'],
  kiali: ['KIA0003'],
  summary: 'Several Sidecars select one workload, of which the oldest counts (VIS-14).',
  *check(snapshot): Iterable<Breach> {
    for (const { views } of configurationsOf(snapshot)) if (views[0] !== undefined) yield* severalSelecting(views[0])
  },
}
