import { leastOf } from '../../least-of.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { annotations } from '../../schemas/generated/annotations.js'
import type { Original, Originals } from '../originals.js'
import type { Breach, Rule } from '../rule.js'
import { type AnnotationFault, annotationFaults, isInTable } from './annotation-faults.js'

/** The oldest and the newest of the releases that manage a cluster, as far as they are stated; undefined: none is. */
function releasesOf({ controlPlanes }: Snapshot, { managedBy }: Cluster): readonly number[] {
  return managedBy.flatMap((name) => {
    const plane = controlPlanes.get(name)
    return plane === undefined || plane.version.assumed ? [] : [plane.version.parsed[1]]
  })
}

interface Found {
  readonly original: Original
  readonly cluster: Cluster
  readonly fault: AnnotationFault
}

/** What the annotations of all objects have of these faults. */
function* found(snapshot: Snapshot, originals: Originals | undefined, kinds: readonly AnnotationFault['kind'][]): Generator<Found> {
  for (const [name, list] of originals?.of ?? []) {
    const cluster = snapshot.clusters.get(name)
    for (const original of cluster === undefined ? [] : list) {
      if (original.object === undefined || cluster === undefined) continue
      for (const fault of annotationFaults(original.object)) if (kinds.includes(fault.kind)) yield { original, cluster, fault }
    }
  }
}

const refOf = ({ original, cluster, fault }: Found): Breach['on'] => cluster.ref(original, fault.path)

const placeFor = (kind: string, resources: string): string =>
  resources.split(', ').includes('Pod') && kind !== 'Namespace' && kind !== 'Service'
    ? 'write it into the metadata of the pod template'
    : `write it on \`${resources}\``

const rule = (
  code: string,
  name: string,
  severity: Rule['severity'],
  istio: string,
  summary: string,
  kinds: readonly AnnotationFault['kind'][],
  tell: (one: Found, snapshot: Snapshot) => string | undefined,
): Rule => ({
  code,
  name,
  severity,
  istio: [istio],
  kiali: [],
  summary,
  *check(snapshot, _at, originals): Iterable<Breach> {
    for (const one of found(snapshot, originals, kinds)) {
      const message = tell(one, snapshot)
      if (message !== undefined) yield { on: refOf(one), message }
    }
  },
})

const misplacedAnnotation = rule(
  'EXT106',
  'misplaced-annotation',
  'INFO',
  'IST0107',
  'An annotation of Istio stands on a kind of object on which nothing reads it.',
  ['MISPLACED'],
  ({ original, fault }) =>
    `nothing reads \`${fault.name}\` on a ${original.kind}: it has no effect there; ${placeFor(original.kind, fault.detail)}`,
)

function tellUnknown({ cluster, fault }: Found, snapshot: Snapshot): string | undefined {
  const releases = releasesOf(snapshot, cluster)
  if (fault.kind === 'NEWER') {
    const oldest = leastOf(releases)
    if (releases.length === 0 || oldest >= Number(fault.detail)) return undefined
    return `\`${fault.name}\` is read since 1.${fault.detail}, and a control plane of cluster \`${cluster.name}\` is 1.${oldest}: it has no effect there`
  }
  if (releases.some((minor) => !isInTable(minor))) return undefined
  const [nearest] = nearestNames(fault.name, Object.keys(annotations))
  return `no release of Istio is known to read \`${fault.name}\`: it has no effect${nearest === undefined ? '' : `; did you mean \`${nearest}\``}`
}

const unknownAnnotation = rule(
  'EXT107',
  'unknown-annotation',
  'INFO',
  'IST0108',
  'An annotation of a domain of Istio is none that Istio reads, or none that the control plane’s release reads.',
  ['UNKNOWN', 'NEWER'],
  tellUnknown,
)

const invalidAnnotation = rule(
  'EXT108',
  'invalid-annotation',
  'WARNING',
  'IST0125',
  'An annotation of Istio has a value that it does not take: the pod is not injected.',
  ['INVALID'],
  ({ fault }) => `${fault.detail}, which \`${fault.name}\` does not take: the injector refuses such a pod; write a value that it takes`,
)

const instead = (name: string): string =>
  name === 'sidecar.istio.io/inject'
    ? 'write the label `sidecar.istio.io/inject` instead'
    : 'leave it out before a release stops reading it'

const deprecatedAnnotation = rule(
  'EXT109',
  'deprecated-annotation',
  'INFO',
  'IST0135',
  'An annotation of Istio is deprecated.',
  ['DEPRECATED'],
  ({ fault }) => `the annotation \`${fault.name}\` is deprecated; ${instead(fault.name)}`,
)

/** Annotations for Istio that do nothing, or not what they are meant to. */
export const annotationRules: readonly Rule[] = [misplacedAnnotation, unknownAnnotation, invalidAnnotation, deprecatedAnnotation]
