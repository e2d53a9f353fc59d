/**
 * Which labels and annotations of an instance may decide anything about it?
 *
 * Controllers write labels that differ between equal pods, or between the two halves of a rollout. They count only where an object of the
 * topology names them: a Sidecar may select the pods of one ReplicaSet, a route those of a canary. Of annotations only Istio's are read.
 */
import { pause } from '../../pause.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Labels } from '../../resources/meta.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { isSameSet } from './is-same-set.js'
import { remembered } from '../../remembered.js'

/** Labels that controllers give to single pods or to the pods of one rollout. */
export const volatileLabels: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
  'controller-uid',
  'job-name',
])

/** Kinds of objects that select or match workloads by labels. */
const selecting = [
  'services',
  'serviceEntries',
  'virtualServices',
  'destinationRules',
  'sidecars',
  'gateways',
  'peerAuthentications',
  'authorizationPolicies',
  'requestAuthentications',
  'envoyFilters',
  'networkPolicies',
  'adminPolicies',
  'pluginPolicies',
] as const satisfies readonly (keyof ClusterResources)[]

/** Finds names of labels anywhere in a value: keys of a selector, or the key of one of its expressions. */
const findVolatile = (value: unknown, found: Set<string>): void => {
  pause()
  if (typeof value === 'string') {
    if (volatileLabels.has(value)) found.add(value)
  } else if (Array.isArray(value)) {
    for (const item of value) findVolatile(item, found)
  } else if (typeof value === 'object' && value !== null) {
    for (const key in value) {
      if (key === 'meta') continue
      if (volatileLabels.has(key)) found.add(key)
      findVolatile((value as Readonly<Record<string, unknown>>)[key], found)
    }
  }
}

/** By namespace and kind: in a version that differs in a few objects, all others are those of the version before. */
const namedIn = remembered((objects: object): ReadonlySet<string> => {
  const found = new Set<string>()
  findVolatile(objects, found)
  return found
})

function* namesIn(resources: ClusterResources): Iterable<string> {
  for (const kind of selecting) for (const objects of resources[kind].values()) yield* namedIn(objects)
}

/** Volatile labels that count all the same, since an object of some cluster names them. */
export const namedLabels = remembered(({ basis, clusters }: Snapshot): ReadonlySet<string> => {
  const own = new Set([...clusters.values()].flatMap(({ resources }) => [...namesIn(resources)]))
  const before = basis && namedLabels(basis)
  return before !== undefined && isSameSet(before, own) ? before : own
})

/** An object may have thousands of labels: others have their turn between them. */
const textOf = (labels: Labels, counts: (name: string) => boolean): string => {
  const pairs: (readonly [name: string, value: string | undefined])[] = []
  for (const name in labels) {
    pause()
    if (counts(name)) pairs.push([name, labels[name]])
  }
  pairs.sort(([a], [b]) => {
    pause()
    return a < b ? -1 : 1
  })
  return JSON.stringify(pairs)
}

/** The labels by which an object may tell an instance from another. */
export const lastingLabels = (labels: Labels, named: ReadonlySet<string>): string =>
  textOf(labels, (name) => named.has(name) || !volatileLabels.has(name))

/** What injection wrote down about itself differs with its release and decides nothing. */
const injectionStatus = 'sidecar.istio.io/status'

const isIstios = (name: string): boolean => {
  const domain = name.slice(0, Math.max(name.indexOf('/'), 0))
  return (domain === 'istio.io' || domain.endsWith('.istio.io')) && name !== injectionStatus
}

/** Annotations that change what a proxy does; a pod has others of its own from its network plugin. */
export const istioAnnotations = (annotations: Labels): string => textOf(annotations, isIstios)
