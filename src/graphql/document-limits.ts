import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { type Fragments, fragmentsOf } from './fragments.js'

/**
 * What one document may ask, checked before it is validated: validating compares fields with each other, so that a long document
 * costs more than its length. Introspection nests deeper than any question: it has an allowance.
 */
const most = { depth: 12, introspectionAllowance: 8, rootFields: 10, aliases: 50, directives: 50 } as const

export const parseLimits = { maxTokens: 2_000 } as const
export const validateLimits = { maxErrors: 20, hideSuggestions: true } as const

/** Refuses a document that asks too much, whatever its operations. */
export function refuseTooMuch(document: DocumentNode): void {
  const { aliases, directives } = countOf(document)
  if (aliases > most.aliases) throw tooMuch(`more than ${most.aliases} aliases`)
  if (directives > most.directives) throw tooMuch(`more than ${most.directives} directives`)
  const measure: Measure = { fragments: fragmentsOf(document), known: new Map() }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const { depth, fields } = extentOfSet(measure, definition.selectionSet)
    if (fields > most.rootFields) throw tooMuch(`more than ${most.rootFields} fields at the root`, definition)
    if (depth > most.depth) throw tooMuch(`fields nest more than ${most.depth} deep`, definition)
  }
}

export const tooMuch = (message: string, node?: OperationDefinitionNode): GraphQLError =>
  new GraphQLError(message, { nodes: node ?? null, extensions: { code: 'TOO_COMPLEX' } })

/** Over the whole document: repeating a field is how a cheap query becomes a dear one. */
function countOf(document: DocumentNode): { readonly aliases: number; readonly directives: number } {
  let aliases = 0
  let directives = 0
  visit(document, {
    Field: ({ alias }) => {
      if (alias !== undefined) aliases += 1
    },
    Directive: () => {
      directives += 1
    },
  })
  return { aliases, directives }
}

/** How deep a selection nests, and how many fields it has at its top, fragments unfolded. */
interface Extent {
  readonly depth: number
  readonly fields: number
}

interface Measure {
  readonly fragments: Fragments
  /** Each fragment is measured once, however often it is spread. */
  readonly known: Map<string, Extent>
}

const nothing: Extent = { depth: 0, fields: 0 }

const extentOfSet = (measure: Measure, set: SelectionSetNode | undefined): Extent =>
  (set?.selections ?? [])
    .map((node) => extentOf(measure, node))
    .reduce((a, b) => ({ depth: Math.max(a.depth, b.depth), fields: a.fields + b.fields }), nothing)

function extentOf(measure: Measure, node: SelectionNode): Extent {
  if (node.kind === Kind.INLINE_FRAGMENT) return extentOfSet(measure, node.selectionSet)
  const name = node.name.value
  if (node.kind === Kind.FIELD) {
    const below = extentOfSet(measure, node.selectionSet).depth
    return { depth: 1 + Math.max(0, below - (name.startsWith('__') ? most.introspectionAllowance : 0)), fields: 1 }
  }
  const found = measure.known.get(name)
  if (found !== undefined) return found
  measure.known.set(name, nothing) // one that spreads itself is refused by validation
  const extent = extentOfSet(measure, measure.fragments.get(name)?.selectionSet)
  measure.known.set(name, extent)
  return extent
}
