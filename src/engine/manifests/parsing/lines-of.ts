import type { Locate } from './parsed-text.js'
import { type Path, type PointerTrie, pointerTrie } from './pointer-trie.js'

/** The line of each path of one document, in one walk; a part that is not in the text stands where what should hold it stands. */
export const linesOf = (locate: Locate, paths: readonly Path[]): readonly (number | undefined)[] => {
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
