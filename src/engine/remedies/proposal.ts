import type { ClusterResources } from '../resources/cluster-resources.js'
import type { Meta } from '../resources/meta.js'
import type { Change } from '../simulate/change-snapshot.js'
import { putManifests } from '../simulate/put-manifests.js'
import type { Situation } from './situation.js'

/** Objects to be applied to a cluster, in order; none where a person has to do something else there. */
export interface ClusterManifests {
  readonly cluster: string
  readonly manifests: readonly unknown[]
}

/** A change that may turn a verdict; whether it does is found out by tracing. */
export interface Proposal {
  readonly summary: string
  /** Where it is made; empty where that is the document, or something between clusters. */
  readonly parts: readonly ClusterManifests[]
  readonly change: Change
}

export type Propose = (situation: Situation) => readonly Proposal[]

/** Whole objects to be added to a cluster, or put over what is there; they are tried as they are shown. */
export const addObjects = (summary: string, cluster: string, manifests: readonly unknown[]): Proposal => ({
  summary,
  parts: [{ cluster, manifests }],
  change: { clusters: new Map([[cluster, (resources) => putManifests(resources, manifests)]]) },
})

/** The changed part of a user's own object, of which the rest is not known any more: to be merged into it. */
export const mergeFragment = (
  summary: string,
  cluster: string,
  fragment: unknown,
  edit: (resources: ClusterResources) => ClusterResources,
): Proposal => ({
  summary: `${summary} (the manifest is the changed part only, which \`kubectl patch --type merge\` merges into the object)`,
  parts: [{ cluster, manifests: [fragment] }],
  change: { clusters: new Map([[cluster, edit]]) },
})

/** One value in a user's own object, replaced. */
export interface Replaced {
  /** As paths of findings are written: `spec.http[0].route[0].destination.host`. */
  readonly path: string
  readonly value: unknown
}

/** JSON's pointer to the place. */
const pointer = (path: string): string => `/${path.replaceAll(/\[(\d+)\]/gu, '.$1').replaceAll('.', '/')}`

/** Values inside of lists of a user's own object, which a merge would replace as a whole: a JSON patch. */
export const patchValues = (
  summary: string,
  cluster: string,
  { kind, namespace, name }: Pick<Meta, 'kind' | 'namespace' | 'name'>,
  replaced: readonly Replaced[],
  edit: (resources: ClusterResources) => ClusterResources,
): Proposal => ({
  summary: `${summary} (the manifest is a patch: \`kubectl patch ${kind.toLowerCase()} ${name} -n ${namespace} --type json --patch-file\`)`,
  parts: [{ cluster, manifests: [replaced.map(({ path, value }) => ({ op: 'replace', path: pointer(path), value }))] }],
  change: { clusters: new Map([[cluster, edit]]) },
})

/** Something that is no object of a cluster, or that only its owner can make; tried by stating it in the document. */
export const stateFact = (summary: string, cluster: string | null, header: NonNullable<Change['header']>): Proposal => ({
  summary,
  parts: cluster === null ? [] : [{ cluster, manifests: [] }],
  change: { header },
})
