/**
 * Does somebody call a cluster so, and after what kind of thing?
 *
 * Folders and files that hold the same objects are clusters, or variants of one application: their names are all that tells. Clusters are called after places,
 * roles, environments and numbers, variants after what they are made with, or show.
 */
import { trimEndOf } from '#engine/manifests/parsing/trim-characters'

const kinds = {
  place: `west east north south central northeast northwest southeast southwest eu us ap sa ca me af asia europe africa australia america
    emea apac amer`,
  role: 'primary secondary remote external config main backup hub spoke edge',
  environment: 'dev development test testing qa uat int stage staging preprod prod production live sandbox preview',
  colour: 'blue green red yellow',
  ordinal: 'one two three four first second third',
} as const

type PlaceKind = keyof typeof kinds | 'letter' | 'numbered'

const kindOfWord: ReadonlyMap<string, PlaceKind> = new Map(
  Object.entries(kinds).flatMap(([kind, words]) => words.split(/\s+/).map((word) => [word, kind as PlaceKind] as const)),
)

const numbered = /^(?:cluster|mesh|region|zone|site|dc|datacenter|k8s|kube|kind|gke|eks|aks|network)[a-rt-z]?\d*$/

/** What tells one state of a thing from another, and one step on a way from the next: all of them are of one cluster. */
const states = new Set(
  `version versions release releases rev revision step steps part parts phase chapter lesson lab exercise example examples demo sample samples
   task tutorial patch day before after old new canary stable`.split(/\s+/),
)

const wordsOf = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')

const withoutNumber = (word: string): string => trimEndOf(word, '0123456789')

/** `v1.2.0`, `release-1.2`, `step-1`, `stage2`, `1.28`, `01-web`. */
export const isStateName = (name: string): boolean =>
  /\d[._]\d|^\d+[-_]/.test(name) ||
  wordsOf(name).some((word) => /^v\d+/.test(word) || states.has(withoutNumber(word))) ||
  /^stage[^a-z0-9]?\d+$/i.test(name)

/** Of several words, one that tells which of several it is. */
const tellsWhich = (word: string): boolean => /^\d+$|^[a-z]$/.test(word) || kindOfWord.has(withoutNumber(word))

/** Numbers and letters beside other words count things of any kind: alone a letter is a name. */
function kindOf(word: string, others: readonly string[]): PlaceKind | undefined {
  if (numbered.test(word) && (/\d$/.test(word) || others.every(tellsWhich))) return 'numbered'
  return kindOfWord.get(withoutNumber(word)) ?? (others.length === 0 && /^[a-z]\d?$/.test(word) ? 'letter' : undefined)
}

/** After which kinds of things a cluster of that name is called; none: it is no name for a cluster. */
export function placeKinds(name: string): ReadonlySet<PlaceKind> {
  if (isStateName(name)) return new Set()
  const words = wordsOf(name)
  return new Set(words.flatMap((word, at) => kindOf(word, words.toSpliced(at, 1)) ?? []))
}

export const isPlaceName = (name: string): boolean => placeKinds(name).size > 0

/** `cluster1`, `cluster-a`, `west-cluster`: nothing else is called so; `cluster-roles` and `cluster-2-web` are things of clusters. */
export function isClusterName(name: string): boolean {
  const words = wordsOf(name)
  const others = words.filter((word) => !/^cluster\d*$/.test(word))
  return !isStateName(name) && others.length < words.length && name.toLowerCase() !== 'cluster' && others.every(tellsWhich)
}
