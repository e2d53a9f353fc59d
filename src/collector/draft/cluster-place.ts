import type { SurveyedFile } from './survey-files.js'

/** A folder, or a file, that may be all of one cluster, and what is in it. */
export interface ClusterPlace {
  readonly path: string
  /** As a cluster in it would be called: the last part of the path, of files without what says their format. */
  readonly name: string
  readonly parent: string
  readonly files: readonly SurveyedFile[]
  /** What it holds, by identity, but for Namespaces, which many repeat; of an object that is there twice the first. */
  readonly objects: ReadonlyMap<string, string>
  /** Clusters that installations in it say they are of. */
  readonly told: ReadonlySet<string>
  /** Clusters of which it holds remote secrets. */
  readonly remotes: ReadonlySet<string>
}

export const parentOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')
export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export function foldersOver(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}

function placeOf(path: string, name: string, files: readonly SurveyedFile[]): ClusterPlace {
  const objects = new Map<string, string>()
  for (const { identity, text } of files.flatMap((file) => file.objects)) {
    if (!identity.startsWith('/Namespace ') && !objects.has(identity)) objects.set(identity, text)
  }
  const facts = files.flatMap((file) => file.facts)
  return {
    path,
    name,
    parent: parentOf(path),
    files,
    objects,
    told: new Set(facts.flatMap(({ clusterName }) => clusterName ?? [])),
    remotes: new Set(facts.flatMap(({ remotes }) => remotes)),
  }
}

/** Every folder that has objects below it. */
export function foldersOf(files: readonly SurveyedFile[]): readonly ClusterPlace[] {
  const below = new Map<string, SurveyedFile[]>()
  for (const file of files) {
    for (const folder of foldersOver(file.path)) {
      const known = below.get(folder)
      if (known === undefined) below.set(folder, [file])
      else known.push(file)
    }
  }
  return [...below]
    .map(([folder, inside]) => placeOf(folder, baseOf(folder), inside))
    .filter((place) => place.files.some(({ objects }) => objects.length > 0))
}

const stemOf = (path: string): string => baseOf(path).replace(/\.(?:ya?ml|json)$/i, '')

/** Every file that holds objects. */
export const filesOf = (files: readonly SurveyedFile[]): readonly ClusterPlace[] =>
  files.filter(({ objects }) => objects.length > 0).map((file) => placeOf(file.path, stemOf(file.path), [file]))

/** Those that are in none of the others. */
export function outermost(places: readonly ClusterPlace[]): readonly ClusterPlace[] {
  const paths = new Set(places.map(({ path }) => path))
  return places.filter(({ path }) => !foldersOver(path).some((folder) => paths.has(folder)))
}

/** Of each of these, the others that hold an object of its; only they can be like it. */
export function holdingSame(places: readonly ClusterPlace[]): (place: ClusterPlace) => readonly ClusterPlace[] {
  const holders = new Map<string, ClusterPlace[]>()
  for (const place of places) {
    for (const identity of place.objects.keys()) {
      const known = holders.get(identity)
      if (known === undefined) holders.set(identity, [place])
      else known.push(place)
    }
  }
  return (place) =>
    [...new Set([...place.objects.keys()].flatMap((identity) => holders.get(identity) ?? []))].filter((one) => one !== place)
}

const sharedBy = (one: ClusterPlace, other: ClusterPlace): readonly string[] =>
  [...one.objects.keys()].filter((identity) => other.objects.has(identity))

/** Mostly the same objects: one cluster has each object once. */
export function areAlike(one: ClusterPlace, other: ClusterPlace): boolean {
  const shared = sharedBy(one, other).length
  return shared > 0 && shared * 2 >= Math.min(one.objects.size, other.objects.size)
}

/** An object of both is in one of them another. */
export const differ = (one: ClusterPlace, other: ClusterPlace): boolean =>
  sharedBy(one, other).some((identity) => one.objects.get(identity) !== other.objects.get(identity))

/** All of it is in the namespace that it is called after. */
export function isNamespaceFolder({ name, files }: ClusterPlace): boolean {
  const namespaces = new Set(files.flatMap(({ objects }) => objects.flatMap(({ namespace }) => namespace ?? [])))
  return namespaces.size === 1 && namespaces.has(name)
}
