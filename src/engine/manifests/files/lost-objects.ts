/**
 * Which objects does a text hold that cannot be read?
 *
 * What they say is lost, and not which kinds they are of: what such objects could decide is left open, instead of being answered as if
 * nobody had written them.
 */
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
  const { apiVersion, kind, metadata } = raw.value
  if (typeof kind !== 'string' || !kindName.test(kind)) return []
  const group = groupOf(textOf(apiVersion) ?? '')
  const stated = isRecord(metadata) ? (metadata.namespace ?? '') : ''
  const usual = raw.origin.namespace ?? defaultNamespace
  const namespace = isClusterScoped(group, kind) || typeof stated !== 'string' ? undefined : stated || usual
  return [
    {
      kind: within(kind, group),
      file: raw.stated === undefined ? raw.file : raw.stated.file,
      ...(namespace === undefined ? {} : { namespace }),
    },
  ]
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
  // Of a list, and of JSON on one line, only words show that objects are in it.
  if (kind === undefined || another !== undefined || kind.endsWith('List'))
    return found(text, anyKind).flatMap((each) => (each.endsWith('List') ? [] : [{ kind: each, file }]))
  const group = groupOf(only(found(text, ownVersion)) ?? '')
  return [{ kind: within(kind, group), file, ...(isClusterScoped(group, kind) ? {} : placeIn(text)) }]
}

function placeIn(text: string): Pick<LostObjects, 'namespace' | 'isUnplaced'> {
  if (!text.includes('namespace')) return { isUnplaced: true }
  const namespace = only(found(ownMetadata.exec(text)?.[1] ?? '', namespaceKey))
  return namespace === undefined ? {} : { namespace }
}
