import { groupBy } from '../../group-by.js'
import type { Locate } from './parsed-text.js'
import { type Path, type PointerTrie, pointerTrie } from './pointer-trie.js'

/** The line of each path of one document, in one walk; a part that is not in the text stands where what should hold it stands. */
const linesOf = (locate: Locate, paths: readonly Path[]): readonly (number | undefined)[] => {
  const trie = pointerTrie(paths)
  const places = locate(trie)
  return paths.map((path) => {
    let node: PointerTrie | undefined = trie
    let line = places.get(trie)?.line
    for (const part of path) {
      node = node?.children.get(String(part))
      line = (node === undefined ? undefined : places.get(node)?.line) ?? line
    }
    return line
  })
}

/** The line of a place in each of these, each document walked once; a thing of a text that is not at hand has none. */
export function linesOfAll<T>(
  things: readonly T[],
  placeOf: (thing: T) => { readonly locate: Locate | undefined; readonly path: Path },
): ReadonlyMap<T, number | undefined> {
  const placed = things.map((thing) => ({ thing, ...placeOf(thing) }))
  return new Map(
    [...groupBy(placed, ({ locate }) => locate)].flatMap(([locate, within]) => {
      if (locate === undefined) return []
      const lines = linesOf(
        locate,
        within.map(({ path }) => path),
      )
      return within.map(({ thing }, index) => [thing, lines[index]] as const)
    }),
  )
}
