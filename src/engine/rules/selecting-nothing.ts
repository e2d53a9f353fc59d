/**
 * Which objects that choose workloads by their labels choose none?
 *
 * The workloads of all clusters count, and pod templates are pods: a copy of an object in a cluster without such workloads is usual where all
 * clusters are given the same. Where there are no workloads at all, or some could not be read, nobody knows.
 */
import { pausing } from '../pause.js'
import { shippedGateway } from '../istiod/gateways/shipped-gateway.js'
import { nearestNames } from '../istiod/matching/nearest-names.js'
import { remembered } from '../remembered.js'
import type { KindName } from '../snapshot/clusters/unread-kind.js'
import type { IstioConfiguration } from '../snapshot/control-planes/istio-objects.js'
import type { ControlPlaneView, Snapshot } from '../snapshot/snapshot.js'
import { indexBySelector, selectorMatches } from '../snapshot/selector-index.js'
import type { ByNamespace } from '../resources/cluster-resources.js'
import type { Labels, Meta } from '../resources/meta.js'
import { hasAllClusters, isUnread } from './sees-all-callers.js'

interface Selecting {
  readonly meta: Meta
  readonly selector?: Labels
  readonly targetRefs?: readonly unknown[]
}

/** An object that selects nothing, with the first control plane that reads it. */
export interface Unselecting<T> {
  readonly item: T
  readonly view: ControlPlaneView
  /** Its selector as words; empty: it has none. */
  readonly labels: string
  /** What is there instead: where such workloads stand, or what was probably meant. */
  readonly hint: string
}

const workloadKinds: readonly KindName[] = ['pods', 'podControllers', 'workloadEntries', 'workloadGroups']

/** Label sets of the workloads of all clusters by namespace, each once. */
export const labelsOfWorkloads = remembered((snapshot: Snapshot): ReadonlyMap<string, ReadonlySet<Labels>> => {
  const found = new Map<string, Set<Labels>>()
  for (const cluster of snapshot.clusters.values())
    for (const namespace of cluster.namespaceNames)
      for (const { labels } of pausing(cluster.workloads(namespace))) {
        const known = found.get(namespace)
        if (known === undefined) found.set(namespace, new Set([labels]))
        else known.add(labels)
      }
  return found
})

/** Does the document show any workload at all? */
export const showsWorkloads = (snapshot: Snapshot): boolean => labelsOfWorkloads(snapshot).size > 0

const none: ReadonlySet<Labels> = new Set()
const isEmpty = (selector: Labels | undefined): boolean => Object.keys(selector ?? {}).length === 0

/** Objects of one kind, in any control plane's configuration, that select no workload of any cluster; those for targets aside. */
export function* selectingNothing<T extends Selecting>(
  snapshot: Snapshot,
  objectsOf: (configuration: IstioConfiguration) => ByNamespace<T>,
): Generator<Unselecting<T>> {
  const byNamespace = labelsOfWorkloads(snapshot)
  if (byNamespace.size === 0 || !hasAllClusters(snapshot)) return
  const told = new Set<T>()
  for (const name of snapshot.controlPlanes.keys()) {
    const view = snapshot.view(name)
    for (const [namespace, items] of objectsOf(view.configuration)) {
      for (const item of without(snapshot, view, namespace, items)) {
        if (told.has(item)) continue
        told.add(item)
        yield { item, view, labels: wordsOf(item.selector ?? {}), hint: hintFor(byNamespace, namespace, item.selector ?? {}) }
      }
    }
  }
}

function without<T extends Selecting>(snapshot: Snapshot, view: ControlPlaneView, namespace: string, items: readonly T[]): readonly T[] {
  const isRoot = namespace === view.controlPlane.meshConfig.rootNamespace
  if (isUnread(snapshot, workloadKinds, isRoot ? undefined : namespace)) return []
  const meant = items.filter(({ targetRefs = [], selector }) => targetRefs.length === 0 && !(isRoot && isEmpty(selector)))
  if (meant.length === 0) return []
  const byNamespace = labelsOfWorkloads(snapshot)
  const index = indexBySelector(meant, ({ selector }) => selector ?? {})
  const found = new Set<T>()
  for (const labels of isRoot ? all(byNamespace) : (byNamespace.get(namespace) ?? none))
    for (const item of index.matching(labels)) found.add(item)
  return meant.filter((item) => !found.has(item) && !isUnlistedGateway(snapshot, view, namespace, item.selector ?? {}))
}

function* all(byNamespace: ReadonlyMap<string, ReadonlySet<Labels>>): Generator<Labels> {
  for (const labels of byNamespace.values()) yield* labels
}

const gatewayName = 'gateway.networking.k8s.io/gateway-name'

/** Gateways that an installation brings, or that a control plane makes of a Gateway object, stand in few documents. */
function isUnlistedGateway(snapshot: Snapshot, { controlPlane }: ControlPlaneView, namespace: string, selector: Labels): boolean {
  if (isEmpty(selector)) return false
  const shipped = shippedGateway(selector)
  const isRoot = namespace === controlPlane.meshConfig.rootNamespace
  if (shipped !== undefined && (isRoot || namespace === (shipped.namespace ?? controlPlane.systemNamespace))) return true
  const made = selector[gatewayName]
  if (made === undefined) return false
  const places = [...snapshot.clusters.values()].flatMap(({ resources }) => resources.kubernetesGateways.get(namespace) ?? [])
  return places.some(({ meta }) => meta.name === made)
}

const wordsOf = (selector: Labels): string =>
  Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')

/** Where workloads with these labels do stand, else the labels of the namespace that are nearest. */
function hintFor(byNamespace: ReadonlyMap<string, ReadonlySet<Labels>>, namespace: string, selector: Labels): string {
  if (isEmpty(selector)) return ''
  const elsewhere = [...byNamespace]
    .filter(([, sets]) => [...sets].some((labels) => selectorMatches(selector, labels)))
    .map(([name]) => name)
  if (elsewhere.length > 0) return `such workloads stand in \`${elsewhere.slice(0, 3).join('`, `')}\``
  const here = [...(byNamespace.get(namespace) ?? none)]
  const missing = Object.entries(selector).find(([key, value]) => here.every((labels) => labels[key] !== value))
  if (missing === undefined) return ''
  const [key, value] = missing
  const [nearest] = nearestNames(
    value,
    here.flatMap((labels) => labels[key] ?? []),
  )
  return nearest === undefined ? '' : `did you mean \`${key}: ${nearest}\``
}
