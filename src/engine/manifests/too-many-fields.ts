import type { DocumentFault } from './document-fault.js'
import { limits } from './parsing/limits.js'
import { isRecord } from './raw-object.js'

/**
 * Has the document, or the entry of a cluster, more fields than any could? Told before they are compared with those that there are, one by one: a
 * mistake like that is one, and not a hundred thousand.
 */
export function tooManyFields(document: Readonly<Record<string, unknown>>): DocumentFault | undefined {
  if (hasMore(document)) return fault('a topology document', [])
  const clusters: readonly unknown[] = Array.isArray(document['clusters']) ? document['clusters'] : []
  const index = clusters.findIndex((entry) => isRecord(entry) && hasMore(entry))
  return index < 0 ? undefined : fault('a cluster', ['clusters', index])
}

const fault = (what: string, path: DocumentFault['path']): DocumentFault => ({
  code: 'TOO_MANY_FIELDS',
  detail: `has more than ${limits.fields} fields, and ${what} has a few dozen`,
  path,
})

function hasMore(fields: Readonly<Record<string, unknown>>): boolean {
  let count = 0
  for (const _ in fields) if ((count += 1) > limits.fields) return true
  return false
}
