/**
 * Which files of one folder are clusters of their own?
 *
 * Those that say of themselves which cluster they are from, those that are called as a cluster that something names, those beside them that are likely to be, and
 * where there are none of these, files side by side that are called as clusters are and hold the same objects differently, which one cluster could not.
 */
import { groupBy } from '#engine/group-by'
import { besideFound } from './beside-found.js'
import { areAlike, type ClusterPlace, differ, filesOf, holdingSame } from './cluster-place.js'
import type { ClusterFolder } from './find-cluster-folders.js'
import { isPlaceName } from './is-place-name.js'
import type { SurveyedFile } from './survey-files.js'
import { type ClusterNames, type FoundPlace, nameOf, toldPlaces } from './told-places.js'

/** One alone may be a cluster beside the rest, or an application that is called as a cluster is. */
export function findClusterFiles(files: readonly SurveyedFile[], names: ClusterNames): readonly ClusterFolder[] {
  const places = filesOf(files)
  const told = toldPlaces(places, names)
  const found = clustersOf([...told, ...besideFound(places, told, holdDifferently)], names)
  return found.length > 0 ? found : clustersOf(twins(places), names)
}

function clustersOf(found: readonly FoundPlace[], names: ClusterNames): readonly ClusterFolder[] {
  const byName = groupBy(found, ({ place }) => nameOf(place, names))
  return [...byName].map(([name, group]) => ({
    folders: [...new Set(group.map(({ place }) => place.parent))],
    files: group.map(({ place }) => place.path),
    name,
    because: group[0]?.because ?? '',
  }))
}

/** Words by which people say what a file is about, and not which one it is. */
const general = new Set(['cluster', 'mesh', 'region', 'context', 'kube', 'k8s'])

const wordsOf = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => !general.has(word))

const shareWord = (one: string, other: string): boolean => wordsOf(one).some((word) => wordsOf(other).includes(word))

/** Mostly the same objects, and one of them differs; variants of one thing are called after it. */
const holdDifferently = (one: ClusterPlace, other: ClusterPlace): boolean =>
  !shareWord(one.name, other.name) && areAlike(one, other) && differ(one, other)

function twins(places: readonly ClusterPlace[]): readonly FoundPlace[] {
  const found = [...groupBy(places, ({ parent }) => parent).values()].flatMap((group) => {
    const others = holdingSame(group)
    return group.filter((one) => others(one).some((other) => holdDifferently(one, other)))
  })
  return found.every(({ name }) => isPlaceName(name))
    ? found.map((place) => ({ place, because: 'a guess: after its file, which holds otherwise what one beside it holds too' }))
    : []
}
