import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql'
import type { Selection } from '#engine/model/selection'

type Fragments = GraphQLResolveInfo['fragments']

/** By the query's own field: the same parsed query is answered many times. */
const known = new WeakMap<FieldNode, Selection>()

/** Which fields of its answer does the query read? More than it does where a directive leaves a field out. */
export function selectionOf({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): Selection | undefined {
  const [first] = fieldNodes
  if (first === undefined || fieldNodes.length > 1) return undefined
  const selection = known.get(first) ?? fieldsOf(first.selectionSet, fragments)
  known.set(first, selection)
  return selection
}

function fieldsOf(set: SelectionSetNode | undefined, fragments: Fragments): Selection {
  const fields: Record<string, true | Selection> = {}
  for (const node of set?.selections ?? []) {
    if (node.kind === 'Field') {
      const inside = node.selectionSet === undefined ? true : fieldsOf(node.selectionSet, fragments)
      fields[node.name.value] = merged(fields[node.name.value], inside)
    } else {
      const spread = node.kind === 'InlineFragment' ? node.selectionSet : fragments[node.name.value]?.selectionSet
      for (const [name, inside] of Object.entries(fieldsOf(spread, fragments))) fields[name] = merged(fields[name], inside)
    }
  }
  return fields
}

/** A field that is read twice is read in both ways. */
function merged(one: true | Selection | undefined, other: true | Selection): true | Selection {
  if (one === undefined || one === true || other === true) return other
  const fields = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries([...fields].map((field) => [field, merged(one[field], other[field] ?? (one[field] as true | Selection))]))
}
