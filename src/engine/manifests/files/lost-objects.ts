/**
 * Which objects does a text hold that cannot be read?
 *
 * What they say is lost, and not which kinds they are of: what such objects could decide is left open, instead of being answered as if
 * nobody had written them.
 */
import { isListKind, itemKindOf } from '../intake/open-list.js'
import { groupOf, isClusterScoped } from '../kinds.js'
import { isRecord, type RawObject } from '../raw-object.js'

/** Objects of a kind that are there and cannot be read. */
export interface LostObjects {
  /** `Kind`, or `Kind.group` where the group is known. */
  readonly kind: string
  /** Absent: in any, or the kind has none. */
  readonly namespace?: string
  /** Nothing in it speaks of a namespace: it is in the usual one. */
  readonly isUnplaced?: true
  readonly file: string | null
}

const kindName = /^[A-Z][A-Za-z0-9]*$/
const groupName = /^[a-z0-9][a-z0-9.-]*$/

const within = (kind: string, group: string): string => (groupName.test(group) ? `${kind}.${group}` : kind)

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** An object that was parsed and cannot be kept; none where it says no kind, which no API server takes. */
export const lostObject = (raw: RawObject, defaultNamespace: string): readonly LostObjects[] => {
  const { apiVersion, kind } = raw.value
  if (typeof kind !== 'string' || !kindName.test(kind)) return []
  const file = raw.stated === undefined ? raw.file : raw.stated.file
  const group = groupOf(textOf(apiVersion) ?? '')
  if (isListKind(kind)) return lostInList(kind, group, JSON.stringify(raw.value), file)
  const namespace = isClusterScoped(group, kind) ? undefined : namespaceOf(raw, defaultNamespace)
  return [{ kind: within(kind, group), file, ...(namespace === undefined ? {} : { namespace }) }]
}

/** Undefined: what it says of one is none. */
function namespaceOf({ value: { metadata }, origin }: RawObject, defaultNamespace: string): string | undefined {
  const stated = isRecord(metadata) ? (metadata.namespace ?? '') : ''
  return typeof stated === 'string' ? stated || origin.namespace || defaultNamespace : undefined
}

/** Keys of objects themselves, and of what they hold. */
const ownKind = /^(?:- )?["']?kind["']?[ \t]*:[ \t]*["']?([A-Z][A-Za-z0-9]*)/gm
const anyKind = /(?:^|[\s{,-])["']?kind["']?[ \t]*:[ \t]*["']?([A-Z][A-Za-z0-9]*)/g
const ownVersion = /^(?:- )?["']?apiVersion["']?[ \t]*:[ \t]*["']?([A-Za-z0-9./-]+)/gm
const ownMetadata = /^metadata[ \t]*:(.*(?:\n(?:[ \t].*)?)*)/m
const namespaceKey = /(?:^|[\s{,])["']?namespace["']?[ \t]*:[ \t]*["']?([a-z0-9][-a-z0-9]*)/g

const found = (text: string, pattern: RegExp): readonly string[] => [
  ...new Set([...text.matchAll(pattern)].flatMap(([, word]) => (word === undefined ? [] : [word]))),
]

const only = (words: readonly string[]): string | undefined => (words.length === 1 ? words[0] : undefined)

/** The kinds of a text that no parser takes, as far as its lines show them. */
export const lostInText = (text: string, file: string): readonly LostObjects[] =>
  text
    .replaceAll('\r\n', '\n')
    .split(/^---.*$/m)
    .flatMap((document) => lostInDocument(document, file))

function lostInDocument(text: string, file: string): readonly LostObjects[] {
  const own = found(text, ownKind)
  const [kind, another] = own
  // Of JSON on one line only words show that objects are in it.
  if (kind === undefined || another !== undefined) return lostInList('List', '', text, file)
  const group = groupOf(only(found(text, ownVersion)) ?? '')
  if (isListKind(kind)) return lostInList(kind, group, text, file)
  return [{ kind: within(kind, group), file, ...(isClusterScoped(group, kind) ? {} : placeIn(text)) }]
}

/** What a list is of, and what else its words show to be in it: `…List` is a list within it. */
function lostInList(list: string, group: string, text: string, file: string | null): readonly LostObjects[] {
  const kinds = found(text, anyKind).map((kind) => {
    const item = isListKind(kind) ? itemKindOf(kind) : kind
    return kind === list ? within(item, group) : item
  })
  return [...new Set(kinds)].flatMap((kind) => (kind === '' ? [] : [{ kind, file }]))
}

function placeIn(text: string): Pick<LostObjects, 'namespace' | 'isUnplaced'> {
  if (!text.includes('namespace')) return { isUnplaced: true }
  const namespace = only(found(ownMetadata.exec(text)?.[1] ?? '', namespaceKey))
  return namespace === undefined ? {} : { namespace }
}
