/**
 * Whose Istio objects are read by which control planes? Several revisions read one cluster's: what is said of an object there is said once.
 */
import { pausing } from '../pause.js'
import { remembered } from '../remembered.js'
import type { Meta } from '../resources/meta.js'
import type { IstioConfiguration } from '../snapshot/control-planes/istio-objects.js'
import type { Cluster, ControlPlaneView, Snapshot } from '../snapshot/snapshot.js'

/** A cluster whose Istio objects some control planes read. */
export interface Configuration {
  readonly cluster: Cluster
  readonly views: readonly ControlPlaneView[]
}

export const configurationsOf = remembered((snapshot: Snapshot): readonly Configuration[] => {
  const found = new Map<Cluster, ControlPlaneView[]>()
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    if (view.configCluster === undefined) continue
    const known = found.get(view.configCluster)
    if (known === undefined) found.set(view.configCluster, [view])
    else known.push(view)
  }
  return [...found].map(([cluster, views]) => ({ cluster, views }))
})

type Listed<K extends keyof IstioConfiguration> =
  IstioConfiguration[K] extends ReadonlyMap<string, readonly (infer T extends { readonly meta: Meta })[]> ? T : never

/** An object that somebody wrote, and the views of the control planes that read it. */
export interface ReadObject<T> {
  readonly object: T
  readonly views: readonly [ControlPlaneView, ...ControlPlaneView[]]
}

/** Objects of one kind, each once and others' turns between them; those that a control plane makes of others are left out. */
export function* objectsOf<K extends keyof IstioConfiguration>({ views }: Configuration, kind: K): Generator<ReadObject<Listed<K>>, void> {
  const found = new Map<Listed<K>, [ControlPlaneView, ...ControlPlaneView[]]>()
  for (const view of views) {
    for (const list of view.configuration[kind].values()) {
      // INVARIANT: the lists of a kind hold objects of that kind.
      for (const object of pausing(list as unknown as readonly Listed<K>[])) {
        if (isDerived(object)) continue
        const known = found.get(object)
        if (known === undefined) found.set(object, [view])
        else known.push(view)
      }
    }
  }
  for (const [object, readers] of pausing(found)) yield { object, views: readers }
}

const isDerived = ({ meta }: { readonly meta: Meta }): boolean => meta.origin !== undefined
