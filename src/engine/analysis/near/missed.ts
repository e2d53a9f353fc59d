/**
 * Which objects with a selector nearly held for a workload?
 *
 * Those of its namespace that select no instance at all, or miss by a letter; those of the caller's namespace that would select it; those of clusters
 * that its control plane does not read. Rules AUTHZ-2, TLS-1, MODEL-16.
 */
import type { NearMiss } from '../../model/step.js'
import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { Labels, Meta } from '../../resources/meta.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { byName, mostCompared, nearMiss } from './near-miss.js'
import { onlyElsewhere } from './only-elsewhere.js'
import { farness, isNearlySelected, tellSelectorMiss } from './selector-miss.js'

interface Selecting {
  readonly meta: Meta
  readonly selector?: Labels
}

/** Whose control plane reads what, and for whom. */
export interface Missed {
  readonly view: ControlPlaneView
  readonly server: Workload
  readonly callerNamespace: string
}

/** Kinds that select workloads. */
type Kind = 'authorizationPolicies' | 'peerAuthentications'

const selectsNobody = remembered(
  (view: ControlPlaneView, namespace: string, selector: Labels): boolean =>
    !view.workloads(namespace).some(({ labels }) => {
      pause()
      return selectorMatches(selector, labels)
    }),
)

const listIn = (lists: ByNamespace<Selecting>, namespace: string): readonly Selecting[] =>
  [...(lists.get(namespace) ?? [])].sort(byName).slice(0, mostCompared)

const hasSelector = ({ selector }: Selecting): boolean => {
  pause()
  return Object.keys(selector ?? {}).length > 0
}

/** In the workload's own namespace. */
export function nearlySelecting({ view, server }: Missed, kind: Kind): readonly NearMiss[] {
  const { namespace, labels, owner } = server
  return listIn(view.configuration[kind], namespace)
    .filter(hasSelector)
    .flatMap(({ meta, selector = {} }) => {
      if (selectorMatches(selector, labels)) return []
      const nobody = selectsNobody(view, namespace, selector)
      if (!nobody && !isNearlySelected(selector, labels)) return []
      const why = `${tellSelectorMiss(selector, labels, `\`${owner.name}\``)}${nobody ? '; it selects no workload' : ''}`
      return [{ far: farness(selector, labels), miss: nearMiss(view.ref(meta, 'spec.selector'), why) }]
    })
    .sort((a, b) => a.far - b.far)
    .map(({ miss }) => miss)
}

/** In the caller's namespace, where it says nothing about this server. */
export function inNamespaceOfCaller({ view, server, callerNamespace }: Missed, kind: Kind): readonly NearMiss[] {
  if (callerNamespace === server.namespace || callerNamespace === view.controlPlane.meshConfig.rootNamespace) return []
  return listIn(view.configuration[kind], callerNamespace).flatMap(({ meta, selector }) =>
    selector !== undefined && hasSelector({ meta, selector }) && selectorMatches(selector, server.labels)
      ? [
          nearMiss(
            view.ref(meta),
            `holds in namespace \`${callerNamespace}\` alone, and \`${server.owner.name}\` is in \`${server.namespace}\``,
          ),
        ]
      : [],
  )
}

/** In clusters whose objects the server's control plane does not read. */
export const inOtherClusters = ({ view, server }: Missed, kind: Kind): readonly NearMiss[] =>
  onlyElsewhere<Selecting>(
    view,
    ({ resources }) => resources[kind],
    ({ resources }) => listIn(resources[kind], server.namespace).filter(({ selector }) => selectorMatches(selector ?? {}, server.labels)),
  )
