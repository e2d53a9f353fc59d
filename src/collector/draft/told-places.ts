/**
 * Which folders, or files, does something else say to be clusters?
 *
 * Installations in them that say which cluster they are of, remote secrets, meshNetworks and installations that name a cluster as they are called, and a folder
 * for clusters that they stand in. A context of a kubeconfig is one machine's word for whatever it was made for: it counts where they are also
 * called as clusters are, stand beside others that contexts name, or hold the same objects as one beside them.
 */
import { groupBy } from '#engine/group-by'
import { clusterNameOf } from '../name-clusters.js'
import { areAlike, baseOf, type ClusterPlace, differ, foldersOver, isNamespaceFolder, outermost } from './cluster-place.js'
import { isPlaceName, isStateName } from './is-place-name.js'

/** Names of clusters, by who says them. */
export interface ClusterNames {
  /** Objects, and values of Istio's charts. */
  readonly told: ReadonlySet<string>
  /** Contexts of the kubeconfig. */
  readonly contexts: ReadonlySet<string>
}

/** A place that is a cluster's, and why, for people. */
export interface FoundPlace {
  readonly place: ClusterPlace
  readonly because: string
}

const forClusters = new Set(['clusters', 'contexts', 'regions'])
/** A folder of the one cluster's own things, too. */
const perhapsForClusters = 'cluster'

/** What stands beside clusters and is of all of them, or of none. */
const general = new Set(
  `base bases common shared global all default generic component components overlay overlays lib libs template templates chart charts docs scripts tools
   bootstrap flux-system argocd istio istio-system mesh multicluster secrets remote-secrets crd crds policy policies`.split(/\s+/),
)

/** Not what is shared, nor a state of something. */
export const mayBeCluster = ({ name }: ClusterPlace): boolean =>
  !general.has(name.replace(/^[._]+/, '').toLowerCase()) && !isStateName(name)

const isCalled = ({ name }: ClusterPlace, names: ReadonlySet<string>): boolean => names.has(name) || names.has(clusterNameOf(name))

export const plain = (text: string): string => text.replaceAll(/[^A-Za-z0-9._-]+/g, '-')

/** As its installation calls it, else as something here does, else as it is called. */
export function nameOf({ name, told }: ClusterPlace, names: ClusterNames): string {
  const [only] = told
  if (only !== undefined && told.size === 1) return only
  return [name, clusterNameOf(name)].find((one) => names.told.has(one) || names.contexts.has(one)) ?? plain(name)
}

export function toldPlaces(places: readonly ClusterPlace[], names: ClusterNames): readonly FoundPlace[] {
  // Where several clusters are told of, it is none of them alone.
  const single = places.filter(({ told }) => told.size < 2)
  const firm = [
    ...because(tellingThemselves(single), 'as its installation calls it'),
    ...because(
      single.filter((place) => isCalled(place, names.told)),
      'a cluster that something here names',
    ),
    ...because(inFolderForClusters(single), 'after its folder'),
  ]
  const over = new Set(firm.flatMap(({ place }) => foldersOver(place.path)))
  const called = namedByContexts(single, names.contexts).filter(({ path }) => !over.has(path))
  return distinct([...firm, ...because(called, byContext)])
}

const byContext = 'a cluster that a context names'

export const isOnlyByContext = (found: FoundPlace): boolean => found.because === byContext

const because = (places: readonly ClusterPlace[], reason: string): readonly FoundPlace[] =>
  places.map((place) => ({ place, because: reason }))

/** The outermost, each for the first reason. */
function distinct(found: readonly FoundPlace[]): readonly FoundPlace[] {
  const first = new Map(found.toReversed().map((one) => [one.place, one]))
  const kept = new Set(outermost([...first.keys()]))
  return [...first.values()].filter(({ place }) => kept.has(place)).sort((a, b) => (a.place.path < b.place.path ? -1 : 1))
}

/** A single one of them may be an installation beside what it is installed for. */
function tellingThemselves(places: readonly ClusterPlace[]): readonly ClusterPlace[] {
  const telling = outermost(places.filter(({ told }) => told.size === 1))
  return new Set(telling.flatMap(({ told }) => [...told])).size > 1 ? telling : []
}

const isForClusters = ({ name, parent }: ClusterPlace): boolean =>
  forClusters.has(baseOf(parent)) || (baseOf(parent) === perhapsForClusters && isPlaceName(name))

/** One that holds others which no one cluster could hold is a group of clusters. */
function inFolderForClusters(places: readonly ClusterPlace[]): readonly ClusterPlace[] {
  const byParent = groupBy(places, ({ parent }) => parent)
  return places
    .filter((place) => isForClusters(place) && mayBeCluster(place))
    .flatMap((place) => {
      const inside = (byParent.get(place.path) ?? []).filter(({ name }) => isPlaceName(name))
      return inside.some((one) => inside.some((other) => other !== one && areAlike(one, other) && differ(one, other))) ? inside : [place]
    })
}

function namedByContexts(places: readonly ClusterPlace[], contexts: ReadonlySet<string>): readonly ClusterPlace[] {
  const byParent = groupBy(places, ({ parent }) => parent)
  const isMeant = (place: ClusterPlace): boolean => isCalled(place, contexts) && mayBeCluster(place) && !isNamespaceFolder(place)
  return places.filter((place) => {
    if (!isMeant(place)) return false
    const others = (byParent.get(place.parent) ?? []).filter((other) => other !== place)
    return isPlaceName(place.name) || others.some((other) => isMeant(other) || areAlike(place, other))
  })
}

/** Places that contexts name, and nothing else says to be clusters. */
export const calledAsContexts = (places: readonly ClusterPlace[], { contexts }: ClusterNames): readonly ClusterPlace[] =>
  places.filter((place) => isCalled(place, contexts))
