import { isTextFault, parseText } from '#engine/manifests/parsing/parse-text'
import { entryKind, type ResourceEntry } from '#engine/model/resource-entry'

/** An entry of a document that stands for objects elsewhere, and its pointer. */
export interface DocumentEntry {
  readonly pointer: string
  readonly entry: ResourceEntry
}

/**
 * Entries for which files have to be found or rendered, wherever a document has them. A document that cannot be read has none here:
 * reading it properly, which is done afterwards, says what is wrong and where.
 */
export const documentEntries = (body: Uint8Array): readonly DocumentEntry[] => {
  const text = new TextDecoder().decode(body)
  if (!/include|kustomize|helm/.test(text)) return []
  return membersOf(parse(text), 'clusters').flatMap((cluster, at) =>
    membersOf(cluster, 'resources').flatMap((entry, index) =>
      isEntry(entry) ? [{ pointer: `#/clusters/${at}/resources/${index}`, entry }] : [],
    ),
  )
}

const parse = (text: string): unknown => {
  const parsed = parseText(text, 'application/yaml')
  return isTextFault(parsed) ? undefined : parsed.documents.find(({ value }) => value !== null)?.value
}

const memberOf = (value: unknown, name: string): unknown =>
  value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>)[name] : undefined

const membersOf = (value: unknown, name: string): readonly unknown[] => {
  const list = memberOf(value, name)
  return Array.isArray(list) ? list : []
}

const isPatterns = (value: unknown): boolean =>
  value === undefined || typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'))

/** Only what has the right types is followed; the rest is told by the document's reader. */
const isEntry = (entry: unknown): entry is ResourceEntry => {
  const kind = entryKind(entry)
  if (kind === undefined) return false
  if (kind === 'include') return isPatterns(memberOf(entry, 'include')) && isPatterns(memberOf(entry, 'exclude'))
  const texts = ['namespace', 'releaseName'].map((name) => memberOf(entry, name) ?? '')
  return [memberOf(entry, kind), ...texts].every((text) => typeof text === 'string') && isPatterns(memberOf(entry, 'values'))
}
