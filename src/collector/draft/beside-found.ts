/**
 * Which folders, or files, beside clusters are clusters too?
 *
 * Nobody names them: that they are called after the same kind of thing, by the same words but one, that they hold the same objects, or that they hold a remote secret of
 * the cluster beside them, which no cluster has of itself, makes it likely.
 */
import { groupBy } from '#engine/group-by'
import { type ClusterPlace, isNamespaceFolder } from './cluster-place.js'
import { isPlaceName, placeKinds } from './is-place-name.js'
import { type FoundPlace, mayBeCluster } from './told-places.js'

/** `areTwins`: two that could not be one cluster's. */
export function besideFound(
  places: readonly ClusterPlace[],
  found: readonly FoundPlace[],
  areTwins: (one: ClusterPlace, other: ClusterPlace) => boolean,
): readonly FoundPlace[] {
  const known = new Set(found.map(({ place }) => place.path))
  const covered = (path: string): boolean => [...known].some((one) => one === path || one.startsWith(`${path}/`))
  const byParent = groupBy(places, ({ parent }) => parent)
  return [...groupBy(found, ({ place }) => place.parent)].flatMap(([parent, siblings]) => {
    const open = (byParent.get(parent) ?? []).filter(
      (place) => !covered(place.path) && mayBeCluster(place) && place.told.size < 2 && !isNamespaceFolder(place),
    )
    return open.flatMap((place) => {
      for (const { place: sibling } of siblings) {
        const sign = signOf(place, sibling, areTwins, open.length === 1)
        if (sign !== undefined) return [{ place, because: `a guess: beside \`${sibling.name}\`, and ${sign}` }]
      }
      return []
    })
  })
}

function signOf(
  place: ClusterPlace,
  sibling: ClusterPlace,
  areTwins: (one: ClusterPlace, other: ClusterPlace) => boolean,
  isOnlyOther: boolean,
): string | undefined {
  // Among several it may be a part of the other cluster as they are.
  if ((isOnlyOther || isPlaceName(place.name)) && holdsRemoteSecret(place, sibling)) return 'with a remote secret of it'
  if (areTwins(place, sibling)) return 'with the same objects'
  const kinds = placeKinds(sibling.name)
  return [...placeKinds(place.name)].some((kind) => kinds.has(kind)) || areCalledAlike(place.name, sibling.name)
    ? 'called alike'
    : undefined
}

/** Remote secrets alone may be kept for all. */
const holdsRemoteSecret = ({ remotes, objects }: ClusterPlace, { name, told }: ClusterPlace): boolean =>
  [name, ...told].some((one) => remotes.has(one)) && [...objects.keys()].some((identity) => !identity.startsWith('/Secret '))

const wordsOf = (name: string): readonly string[] => name.toLowerCase().split(/[^a-z0-9]+/)

/** By several words, of which one differs. */
function areCalledAlike(one: string, other: string): boolean {
  const [ours, theirs] = [wordsOf(one), wordsOf(other)]
  return ours.length > 1 && ours.length === theirs.length && ours.filter((word, at) => word !== theirs[at]).length === 1
}
