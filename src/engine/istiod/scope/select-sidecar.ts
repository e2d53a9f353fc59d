import type { Labels } from '../../resources/meta.js'
import type { Sidecar } from '../../resources/istio/sidecar.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { byAge } from '../../snapshot/by-age.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import { remembered } from '../../remembered.js'

interface NamespaceSidecars {
  readonly selecting: readonly Sidecar[]
  readonly plain: Sidecar | undefined
}

const none: NamespaceSidecars = { selecting: [], plain: undefined }

function sidecarsOf(view: ControlPlaneView, namespace: string): NamespaceSidecars {
  const list = view.configuration.sidecars.get(namespace)
  return list === undefined ? none : inOrder(list)
}

const hasSelector = ({ workloadSelector }: Sidecar): boolean => Object.keys(workloadSelector ?? {}).length > 0

const inOrder = remembered((list: readonly Sidecar[]): NamespaceSidecars => {
  const sorted = [...list].sort(byAge)
  return { selecting: sorted.filter(hasSelector), plain: sorted.find((sidecar) => !hasSelector(sidecar)) }
})

/**
 * Which Sidecar shapes this workload's proxy? Exactly one, never merged; undefined means everything that is exported.
 *
 * Rules VIS-14: the oldest selecting one of the namespace, its oldest without selector, the root namespace's without selector.
 */
export function selectSidecar(view: ControlPlaneView, namespace: string, labels: Labels): Sidecar | undefined {
  const own = sidecarsOf(view, namespace)
  const selecting = own.selecting.find((sidecar) => selectorMatches(sidecar.workloadSelector ?? {}, labels))
  return selecting ?? own.plain ?? sidecarsOf(view, view.controlPlane.meshConfig.rootNamespace).plain
}
