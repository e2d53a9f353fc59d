import { remembered } from '../../remembered.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { Labels, Meta } from '../../resources/meta.js'
import type { Breach, Rule } from '../rule.js'
import { selectingNothing } from '../selecting-nothing.js'

interface Selecting {
  readonly meta: Meta
  readonly selector: Labels
}

const selectingIn = remembered((sidecars: ByNamespace<Sidecar>): ByNamespace<Selecting> => {
  const entries = [...sidecars].map(([namespace, list]) => [namespace, list.flatMap(asSelecting)] as const)
  return new Map(entries.filter(([, list]) => list.length > 0))
})

const asSelecting = ({ meta, workloadSelector: selector = {} }: Sidecar): readonly Selecting[] =>
  Object.keys(selector).length === 0 ? [] : [{ meta, selector }]

export const sidecarSelectsNothing: Rule = {
  code: 'CON112',
  name: 'sidecar-selects-nothing',
  severity: 'WARNING',
  istio: ['IST0101'],
  kiali: ['KIA0004'],
  summary: 'A Sidecar selects no workload of its namespace, so that it shapes no proxy (VIS-14).',
  *check(snapshot): Iterable<Breach> {
    for (const { item, view, labels, hint } of selectingNothing<Selecting>(snapshot, ({ sidecars }) => selectingIn(sidecars))) {
      const message = `no workload in namespace \`${item.meta.namespace}\` of any cluster has labels \`${labels}\`: the Sidecar shapes no proxy, and those that it was meant for take another one, or everything${hint === '' ? '' : `; ${hint}`}`
      yield { on: view.ref(item.meta, 'spec.workloadSelector'), message }
    }
  },
}
