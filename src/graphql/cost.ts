import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  getOperationAST,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { type Fragments, fragmentsOf } from './fragments.js'
import { graphqlLimits } from './graphql-limits.js'
import { type PageLength, pageLength } from './page-length.js'

/** A field that is only read. */
const leaf = 0.5

interface Cost {
  readonly cost: number
  /** False where a variable says how long a page is. */
  readonly fixed: boolean
}

const weights: Readonly<Record<string, number>> = graphqlLimits.weights

interface Walk {
  readonly schema: GraphQLSchema
  readonly fragments: Fragments
  readonly pageOf: (field: FieldNode) => PageLength
  /** Cost of a fragment where the page around it has so many items: `name items`. */
  readonly known: Map<string, Cost>
}

/**
 * What answering an operation may cost, known before it runs: each field once for each item of the pages around it, whose length
 * is their `first`; lists without pages count once. The document must be valid.
 *
 * What is read of an answer that was made in any case counts half, and an item of a page one at least: so nobody gets more items, or more that is worked
 * out, than whoever reads a single field of each; and how much is read the size of answers bounds.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variables?: Readonly<Record<string, unknown>>,
): Cost {
  const operation = getOperationAST(document, operationName)
  const root = schema.getQueryType()
  if (!operation || !root) return nothing
  const pageOf = (field: FieldNode): PageLength => pageLength(field, operation, variables)
  return costOfSet({ schema, fragments: fragmentsOf(document), pageOf, known: new Map() }, operation.selectionSet, root, 1)
}

const nothing: Cost = { cost: 0, fixed: true }

const costOfSet = (walk: Walk, { selections }: SelectionSetNode, type: GraphQLNamedType, page: number): Cost =>
  selections
    .map((node) => costOfSelection(walk, node, type, page))
    .reduce((a, b) => ({ cost: a.cost + b.cost, fixed: a.fixed && b.fixed }), nothing)

function costOfSelection(walk: Walk, node: SelectionNode, type: GraphQLNamedType, page: number): Cost {
  if (node.kind === Kind.FIELD) return costOfField(walk, node, type, page)
  const name = node.kind === Kind.INLINE_FRAGMENT ? node.typeCondition?.name.value : node.name.value
  if (node.kind === Kind.INLINE_FRAGMENT) return costOfSet(walk, node.selectionSet, typeNamed(walk, name) ?? type, page)
  const fragment = walk.fragments.get(node.name.value)
  const on = typeNamed(walk, fragment?.typeCondition.name.value)
  if (fragment === undefined || on === undefined) return nothing
  const key = `${name} ${page}`
  const cost = walk.known.get(key) ?? costOfSet(walk, fragment.selectionSet, on, page)
  walk.known.set(key, cost)
  return cost
}

function costOfField(walk: Walk, node: FieldNode, parent: GraphQLNamedType, page: number): Cost {
  const name = node.name.value
  const weight = weights[`${parent.name}.${name}`] ?? weights[name]
  const field = fieldOf(parent, name)
  if (field === undefined || node.selectionSet === undefined) return { cost: weight ?? leaf, fixed: true }
  const own = weight ?? 1
  const asked = field.args.some((argument) => argument.name === 'first') ? walk.pageOf(node) : { items: 1, fixed: true }
  const isPage = parent.name.endsWith('Connection') && (name === 'nodes' || name === 'edges')
  const inside = costOfSet(walk, node.selectionSet, getNamedType(field.type), asked.items)
  const items = isPage ? page * Math.max(1, inside.cost) : inside.cost
  return { cost: own + items, fixed: inside.fixed && asked.fixed }
}

const fieldOf = (type: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined

const typeNamed = ({ schema }: Walk, name: string | undefined): GraphQLNamedType | undefined =>
  name === undefined ? undefined : schema.getType(name)
