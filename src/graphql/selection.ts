import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql'
import type { Selection } from '#engine/model/selection'

/** By the query's own field: the same parsed query is answered many times. */
const known = new WeakMap<FieldNode, Selection>()

interface Reading {
  readonly fragments: GraphQLResolveInfo['fragments']
  /** Each fragment is read once, however often it is spread: fragments that spread each other twice would double at each step. */
  readonly read: Map<string, Selection>
}

/** Which fields of its answer does the query read? More than it does where a directive leaves a field out. */
export function selectionOf({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): Selection | undefined {
  const [first] = fieldNodes
  if (first === undefined || fieldNodes.length > 1) return undefined
  const selection = known.get(first) ?? fieldsOf(first.selectionSet, { fragments, read: new Map() })
  known.set(first, selection)
  return selection
}

function fieldsOf(set: SelectionSetNode | undefined, reading: Reading): Selection {
  const fields: Record<string, true | Selection> = {}
  for (const node of set?.selections ?? []) {
    if (node.kind === 'Field') {
      const inside = node.selectionSet === undefined ? true : fieldsOf(node.selectionSet, reading)
      fields[node.name.value] = merged(fields[node.name.value], inside)
    } else {
      const spread = node.kind === 'InlineFragment' ? fieldsOf(node.selectionSet, reading) : fieldsOfFragment(node.name.value, reading)
      for (const [name, inside] of Object.entries(spread)) fields[name] = merged(fields[name], inside)
    }
  }
  return fields
}

function fieldsOfFragment(name: string, reading: Reading): Selection {
  const fields = reading.read.get(name) ?? fieldsOf(reading.fragments[name]?.selectionSet, reading)
  reading.read.set(name, fields)
  return fields
}

/** A field that is read twice is read in both ways. */
function merged(one: true | Selection | undefined, other: true | Selection): true | Selection {
  if (one === undefined || one === true || other === true || one === other) return other
  const fields = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries([...fields].map((field) => [field, merged(one[field], other[field] ?? (one[field] as true | Selection))]))
}
