import type { ClusterResources } from '../resources/cluster-resources.js'
import type { Meta } from '../resources/meta.js'
import type { Change } from '../simulate/change-snapshot.js'
import { putManifests } from '../simulate/put-manifests.js'
import type { Situation } from './situation.js'

/** Objects to be applied to a cluster, in order; none where a person has to do something else there. */
export interface ClusterManifests {
  readonly cluster: string
  readonly manifests: readonly unknown[]
  /** What takes them, of which `FILE` is the name of the file they are put in; absent: `kubectl apply`. */
  readonly command?: string
}

/** A change that may turn a verdict; whether it does is found out by tracing. */
export interface Proposal {
  readonly summary: string
  /** Where it is made; empty where that is the document, or something between clusters. */
  readonly parts: readonly ClusterManifests[]
  /** What the document gets where the change is stated rather than seen: to be asked again. */
  readonly stated?: object
  readonly change: Change
  /** Takes away a protection, or opens far more than was asked for: told last. */
  readonly isWeaker?: true
}

export type Propose = (situation: Situation) => readonly Proposal[]

/** Whole objects to be added to a cluster, or put over what is there; they are tried as they are shown, with what then runs by itself. */
export const addObjects = (
  summary: string,
  cluster: string,
  manifests: readonly unknown[],
  running: readonly unknown[] = [],
): Proposal => ({
  summary,
  parts: [{ cluster, manifests }],
  change: { clusters: new Map([[cluster, (resources) => putManifests(resources, [...manifests, ...running])]]) },
})

/** The changed part of a user's own object, of which the rest is not known any more: to be merged into it. */
export const mergeFragment = (
  summary: string,
  cluster: string,
  fragment: Fragment,
  edit: (resources: ClusterResources) => ClusterResources,
): Proposal => ({ summary, parts: [mergedPart(cluster, fragment)], change: { clusters: new Map([[cluster, edit]]) } })

/** The same as one part of several. */
export const mergedPart = (cluster: string, fragment: Fragment): ClusterManifests => ({
  cluster,
  manifests: [fragment],
  command: patchCommand({ kind: fragment.kind, ...fragment.metadata }, 'merge'),
})

/** A part of an object, with what names it. */
export interface Fragment {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly spec?: unknown
}

type Named = Pick<Meta, 'kind' | 'name'> & Partial<Pick<Meta, 'namespace'>>

/** Istio and the Gateway API both have a Gateway; `patchValues` and fragments are only ever of Istio's. */
export const resourceOf = (kind: string): string => (kind === 'Gateway' ? 'gateway.networking.istio.io' : kind.toLowerCase())

const patchCommand = ({ kind, name, namespace = '' }: Named, type: 'merge' | 'json'): string =>
  `kubectl patch ${resourceOf(kind)} ${name}${namespace === '' ? '' : ` -n ${namespace}`} --type ${type} --patch-file FILE`

/** One value in a user's own object, replaced, or put at the end of a list. */
export interface Replaced {
  /** As paths of findings are written: `spec.http[0].route[0].destination.host`; of a list that gets one more, its own. */
  readonly path: string
  readonly value: unknown
  readonly isAdded?: true
}

/** JSON's pointer to the place. */
const pointer = (path: string): string => `/${path.replaceAll(/\[(\d+)\]/gu, '.$1').replaceAll('.', '/')}`

const operation = ({ path, value, isAdded }: Replaced): unknown =>
  isAdded ? { op: 'add', path: `${pointer(path)}/-`, value } : { op: 'replace', path: pointer(path), value }

/** Values inside of lists of a user's own object, which a merge would replace as a whole: a JSON patch. */
export const patchValues = (
  summary: string,
  cluster: string,
  named: Named,
  replaced: readonly Replaced[],
  edit: (resources: ClusterResources) => ClusterResources,
): Proposal => ({
  summary,
  parts: [{ cluster, manifests: [replaced.map(operation)], command: patchCommand(named, 'json') }],
  change: { clusters: new Map([[cluster, edit]]) },
})

/** Something that is no object of a cluster, or that only its owner can make; tried by stating it in the document. */
export const stateFact = (summary: string, cluster: string | null, header: NonNullable<Change['header']>): Proposal => ({
  summary,
  parts: cluster === null ? [] : [{ cluster, manifests: [] }],
  change: { header },
})
