import { Kind, type SelectionNode, type SelectionSetNode } from 'graphql'
import type { Fragments } from './fragments.js'

/** How far a selection goes, fragments unfolded. */
interface Extent {
  readonly depth: number
  /** Fields at its top. */
  readonly fields: number
  /** Fields at any depth. */
  readonly all: number
}

const nothing: Extent = { depth: 0, fields: 0, all: 0 }

/** Introspection nests deeper than any question: it has an allowance. */
const introspectionAllowance = 8

/** Measures selections of one document; each fragment is measured once, however often it is spread. */
export function extentsIn(fragments: Fragments): (set: SelectionSetNode) => Extent {
  const known = new Map<string, Extent>()
  const ofSet = (set: SelectionSetNode | undefined): Extent => (set?.selections ?? []).map(ofSelection).reduce(sum, nothing)

  const ofSelection = (node: SelectionNode): Extent => {
    if (node.kind === Kind.INLINE_FRAGMENT) return ofSet(node.selectionSet)
    if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value)
    const { depth, all } = ofSet(node.selectionSet)
    const allowance = node.name.value.startsWith('__') ? introspectionAllowance : 0
    return { depth: 1 + Math.max(0, depth - allowance), fields: 1, all: 1 + all }
  }

  const ofFragment = (name: string): Extent => {
    const found = known.get(name)
    if (found !== undefined) return found
    known.set(name, nothing) // one that spreads itself is refused by validation
    const extent = ofSet(fragments.get(name)?.selectionSet)
    known.set(name, extent)
    return extent
  }
  return ofSet
}

const sum = (a: Extent, b: Extent): Extent => ({ depth: Math.max(a.depth, b.depth), fields: a.fields + b.fields, all: a.all + b.all })
