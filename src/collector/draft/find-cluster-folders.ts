/**
 * Which folders are clusters?
 *
 * Those that something else says to be, where there are none of these, folders side by side that are called as clusters are and hold the same
 * objects, since one cluster has each object once; and those beside them that are likely to be. Folders of one name elsewhere are the same cluster's.
 */
import { groupBy } from '#engine/group-by'
import { besideFound } from './beside-found.js'
import { areAlike, baseOf, type ClusterPlace, differ, foldersOf, holdingSame, isNamespaceFolder, outermost } from './cluster-place.js'
import { isClusterName, isPlaceName } from './is-place-name.js'
import type { SurveyedFile } from './survey-files.js'
import { type ClusterNames, type FoundPlace, isOnlyByContext, mayBeCluster, nameOf, plain, toldPlaces } from './told-places.js'

/** Folders, or some of their files, and what the cluster in them is called. */
export interface ClusterFolder {
  /** '' is all. */
  readonly folders: readonly string[]
  /** Absent: all that are below the folders. */
  readonly files?: readonly string[]
  /** Folders in them that are another cluster's. */
  readonly except?: readonly string[]
  readonly name: string
  /** For people. */
  readonly because: string
}

const isInside = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`)

export const isOfCluster = ({ folders, files, except = [] }: ClusterFolder, path: string): boolean =>
  files === undefined
    ? folders.some((folder) => isInside(path, folder)) && !except.some((folder) => isInside(path, folder))
    : files.includes(path)

interface Named extends FoundPlace {
  readonly name: string
}

export function findClusterFolders(files: readonly SurveyedFile[], names: ClusterNames): readonly ClusterFolder[] {
  const places = foldersOf(files)
  const told = toldPlaces(places, names)
  const first = told.every(isOnlyByContext) ? withGuesses(places, told) : told
  const found = [...first, ...besideFound(places, first, areAlike)].map((one) => named(one, names))
  const byName = groupBy([...found, ...elsewhere(places, found)], ({ name }) => name)
  return [...byName].flatMap(([name, group]) => (areOne(group) ? [ofAll(name, group)] : group.map(ofPath)))
}

function withGuesses(places: readonly ClusterPlace[], told: readonly FoundPlace[]): readonly FoundPlace[] {
  const alike = [...told, ...outside(twins(places), told)]
  return [...alike, ...outside(calledClusters(places), alike)]
}

/** Folders side by side that say by their names to be clusters, whatever they hold. */
function calledClusters(places: readonly ClusterPlace[]): readonly FoundPlace[] {
  const called = groupBy(
    places.filter((place) => isClusterName(place.name) && !isNamespaceFolder(place)),
    ({ parent }) => parent,
  )
  const several = [...called.values()].filter((group) => group.length > 1).flat()
  return outermost(several).map((place) => ({ place, because: 'a guess: after its folder, which is called a cluster' }))
}

/** Folders side by side that are called as clusters are and hold mostly the same objects: the outermost such. */
function twins(places: readonly ClusterPlace[]): readonly FoundPlace[] {
  const called = groupBy(
    places.filter(({ name }) => isPlaceName(name)),
    ({ parent }) => parent,
  )
  const alike = [...called.values()].flatMap((group) => {
    const others = holdingSame(group)
    return group.filter((one) => others(one).some((other) => areAlike(one, other)))
  })
  return outermost(alike).map((place) => ({ place, because: 'a guess: after its folder, which holds what one beside it holds too' }))
}

const outside = (found: readonly FoundPlace[], others: readonly FoundPlace[]): readonly FoundPlace[] =>
  found.filter(({ place }) => !others.some((other) => overlap(place, other.place)))

const overlap = (one: ClusterPlace, other: ClusterPlace): boolean =>
  one.path === other.path || isInside(one.path, other.path) || isInside(other.path, one.path)

const named = ({ place, because }: FoundPlace, names: ClusterNames): Named => ({
  place,
  name: nameOf(place, names),
  because: place.told.size === 1 ? 'as its installation calls it' : because,
})

/** Folders called as a cluster that was found elsewhere, and in no other: `apps/west` beside `clusters/west`. */
function elsewhere(places: readonly ClusterPlace[], found: readonly Named[]): readonly Named[] {
  const byName = groupBy(found, ({ name }) => name)
  const called = places.filter((place) => byName.has(place.name) && mayBeCluster(place) && !isNamespaceFolder(place))
  return outermost(called.filter((place) => !found.some((one) => overlap(place, one.place)))).flatMap((place) => {
    const group = byName.get(place.name) ?? []
    return areOne([...group, { place }]) ? [{ place, name: place.name, because: group[0]?.because ?? '' }] : []
  })
}

/** Not where they could not be one cluster's: they hold the same, or stand in folders that are called as clusters are themselves. */
const areOne = (group: readonly { readonly place: ClusterPlace }[]): boolean =>
  group.length === 1 ||
  group.every(
    ({ place }, at) =>
      !isPlaceName(baseOf(place.parent)) &&
      group.slice(at + 1).every((other) => !areAlike(place, other.place) && !differ(place, other.place)),
  )

const ofAll = (name: string, group: readonly Named[]): ClusterFolder => ({
  folders: group.map(({ place }) => place.path),
  name,
  because: group[0]?.because ?? '',
})

/** Two of one name are told apart by their paths. */
const ofPath = ({ place }: Named): ClusterFolder => ({ folders: [place.path], name: plain(place.path), because: 'after its path' })
