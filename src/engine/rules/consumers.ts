/**
 * Who is given the same by a control plane? A rule that judges what proxies make of an object judges once for each of these, not for each pod.
 *
 * Sidecars of one namespace share what they are given unless a Sidecar object selects some of them, gateways where the same Gateway objects
 * select them (VIS-13, VIS-14). Gateways whose pods nobody lists are taken to be there, as a call from outside takes them.
 */
import { groupBy } from '../group-by.js'
import { pausing } from '../pause.js'
import { entrancesOf } from '../analysis/entrance/entrances-of.js'
import type { ProxyScope } from '../istiod/scope/proxy-scope.js'
import { scopeOf } from '../istiod/scope/scope-of.js'
import { remembered } from '../remembered.js'
import type { Labels } from '../resources/meta.js'
import type { ControlPlaneView, Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'

/** Proxies that one control plane gives the same. */
export interface Consumer {
  readonly scope: ProxyScope
  readonly atGateway: boolean
  /** None: nobody is known, and it is asked what a proxy of this namespace would be given. */
  readonly workloads: readonly Workload[]
}

const none: readonly Consumer[] = []

/** Every proxy that the control plane configures, those of equal scope together. */
export const consumersOf = (view: ControlPlaneView): readonly Consumer[] =>
  byControlPlane(view.snapshot).get(view.controlPlane.name) ?? none

const byControlPlane = remembered((snapshot: Snapshot): ReadonlyMap<string, readonly Consumer[]> => {
  const byScope = new Map<ProxyScope, Workload[]>()
  for (const workload of pausing(proxiesOf(snapshot))) {
    const view = viewOf(snapshot, workload)
    const scope = scopeOf({ view, workload })
    if (scope === undefined) continue
    const known = byScope.get(scope)
    if (known === undefined) byScope.set(scope, [workload])
    else known.push(workload)
  }
  const all = [...byScope].map(([scope, workloads]) => ({ scope, atGateway: workloads[0]?.dataPlane === 'GATEWAY', workloads }))
  return groupBy(all, ({ scope }) => scope.view.controlPlane.name)
})

const viewOf = (snapshot: Snapshot, { controlPlane }: Workload): ControlPlaneView | undefined =>
  controlPlane === undefined || !snapshot.controlPlanes.has(controlPlane) ? undefined : snapshot.view(controlPlane)

/** Sidecars and gateways, listed or taken to be there; what goes by ztunnel has neither routes nor a Sidecar. */
function* proxiesOf(snapshot: Snapshot): Iterable<Workload> {
  const listed = new Set<Workload>()
  for (const cluster of snapshot.clusters.values()) {
    for (const namespace of cluster.namespaceNames) {
      for (const workload of pausing(cluster.workloads(namespace))) {
        if (workload.dataPlane === 'NONE' || workload.dataPlane === 'AMBIENT') continue
        if (workload.dataPlane === 'GATEWAY') listed.add(workload)
        yield workload
      }
    }
  }
  for (const { proxy } of entrancesOf(snapshot)) for (const workload of proxy.alike) if (!listed.has(workload)) yield workload
}

/** A sidecar of the namespace of which nothing is known: what its proxies would be given. */
export const anyoneIn = remembered((view: ControlPlaneView, namespace: string): Consumer => ofNobody(view, namespace, 'SIDECAR'))

/** The same without what a Sidecar object takes away: everything that is exported to the namespace. */
export const newcomerIn = remembered((view: ControlPlaneView, namespace: string): Consumer => ofNobody(view, namespace, 'GATEWAY'))

function ofNobody(view: ControlPlaneView, namespace: string, dataPlane: 'SIDECAR' | 'GATEWAY'): Consumer {
  const scope = scopeOf({ view, workload: { dataPlane, namespace, labels: {} } })
  if (scope === undefined) throw new Error('a proxy has a scope')
  return { scope, atGateway: false, workloads: [] }
}

/** The labels that its proxies have, each once: what rules with a selector of their own tell them apart by. */
export const labelsOf = remembered((consumer: Consumer): readonly Labels[] => {
  const distinct = new Map(consumer.workloads.map(({ labels }) => [JSON.stringify(labels), labels]))
  return distinct.size === 0 ? [{}] : [...distinct.values()]
})

/** How many are named in one sentence. */
const most = 3

/** The consumers as a sentence names them. */
export function nameConsumers(consumers: readonly Consumer[]): string {
  const names = [...new Set(consumers.map(nameOf))]
  const more = names.length > most ? ` and ${names.length - most} more` : ''
  return `${names.slice(0, most).join(', ')}${more}`
}

function nameOf({ scope, atGateway, workloads: [first] }: Consumer): string {
  if (!atGateway || first === undefined) return `namespace \`${scope.namespace}\``
  return `gateway \`${first.namespace}/${first.owner.name}\``
}
