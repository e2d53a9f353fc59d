import { EVENT_ID, type Event, getScalarValue, type ScalarEvent, SCALAR_STYLE } from 'js-yaml'
import type { Position } from './line-index.js'
import { locateInYaml } from './locate-in-yaml.js'
import type { ParsedDocument, ParsedText } from './parsed-text.js'
import { aliasValue, anchorNode, type Anchors, newAnchors } from './anchors.js'
import { mergeInto, setKey } from './merge-into.js'
import { refuseYaml } from './refuse-yaml.js'
import { isAmbiguousScalar, readPlainScalar } from './plain-scalar.js'

/** State of one pass over the events of a text. */
interface Composer {
  readonly source: string
  readonly events: readonly Event[]
  readonly positionOf: (offset: number) => Position
  at: number
  anchors: Anchors
  /** Values built so far, aliased ones counted again: what an alias costs. */
  nodes: number
  lines: Map<object, number>
  readonly ambiguous: Position[]
}

/** At most so many places of ambiguous scalars are kept. */
const ambiguousKept = 100

/**
 * Values from parse events, instead of js-yaml's own constructor: it knows lines, reads scalars as kubectl does, counts what
 * aliases expand to, and takes the core tags only.
 */
export const composeDocuments = (source: string, events: readonly Event[], positionOf: (offset: number) => Position): ParsedText => {
  const composer: Composer = { source, events, positionOf, at: 0, anchors: newAnchors(), nodes: 0, lines: new Map(), ambiguous: [] }
  const documents: ParsedDocument[] = []
  while (composer.at < events.length) documents.push(composeDocument(composer))
  return { documents, ambiguous: composer.ambiguous }
}

const composeDocument = (composer: Composer): ParsedDocument => {
  const start = composer.at
  const opening = composer.events[composer.at++]
  if (opening?.type === EVENT_ID.DOCUMENT && opening.directives.some((directive) => directive.kind === 'tag'))
    refuseYaml(composer.source, 0, 'TAG_REFUSED', 'tags other than the core ones are not taken')
  composer.anchors = newAnchors()
  const lines = new Map<object, number>()
  composer.lines = lines
  const first = composer.events[composer.at]
  const line = first === undefined ? 1 : composer.positionOf(Math.max(0, startOf(first))).line
  const value = first === undefined || first.type === EVENT_ID.POP ? null : composeNode(composer)
  composer.at++
  const { events, source, positionOf } = composer
  return { value, line, lines, locate: (trie) => locateInYaml(source, events, start, positionOf, trie) }
}

const startOf = (event: Event): number => {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return event.start
  return event.type === EVENT_ID.ALIAS ? event.anchorStart : 0
}

const composeNode = (composer: Composer): unknown => {
  const event = composer.events[composer.at++]
  if (event === undefined) return null
  const before = composer.nodes++
  if (event.type === EVENT_ID.ALIAS) {
    const name = composer.source.slice(event.anchorStart, event.anchorEnd)
    const { value, nodes } = aliasValue(composer.anchors, composer.source, event.anchorStart, name)
    composer.nodes += nodes
    return value
  }
  if (event.type === EVENT_ID.SCALAR) {
    const value = scalarValue(composer, event)
    remember(composer, event, value, before)
    return value
  }
  if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) {
    const tag = tagOf(composer, event)
    const expected = event.type === EVENT_ID.SEQUENCE ? 'seq' : 'map'
    if (tag !== '' && tag !== '!' && tag !== expected) refuseYaml(composer.source, event.start, 'TAG_REFUSED', 'this tag is not taken')
    const value = event.type === EVENT_ID.SEQUENCE ? composeSequence(composer) : composeMapping(composer, event.start)
    remember(composer, event, value, before)
    return value
  }
  return null
}

const remember = (
  composer: Composer,
  event: { readonly anchorStart: number; readonly anchorEnd: number },
  value: unknown,
  before: number,
): void => {
  if (event.anchorStart < 0) return
  anchorNode(composer.anchors, composer.source.slice(event.anchorStart, event.anchorEnd), value, composer.nodes - before)
}

/** `` for none; `!` for a string; else the short name of a core tag. */
const tagOf = (composer: Composer, event: { readonly tagStart: number; readonly tagEnd: number }): string => {
  if (event.tagStart < 0) return ''
  const written = composer.source.slice(event.tagStart, event.tagEnd)
  if (written === '!') return written
  const core = /^(?:!!|!<tag:yaml\.org,2002:)(str|int|bool|float|null|map|seq)>?$/.exec(written)
  return core?.[1] ?? refuseYaml(composer.source, event.tagStart, 'TAG_REFUSED', 'tags other than the core ones are not taken')
}

const scalarValue = (composer: Composer, event: ScalarEvent): unknown => {
  const text = getScalarValue(composer.source, event)
  const tag = tagOf(composer, event)
  if (tag === '!' || tag === 'str') return text
  if (tag === '' && event.style !== SCALAR_STYLE.PLAIN) return text
  const value = readPlainScalar(text)
  if (tag === '') {
    if (typeof value !== 'string' && composer.ambiguous.length < ambiguousKept && isAmbiguousScalar(text))
      composer.ambiguous.push(composer.positionOf(event.valueStart))
    return value
  }
  if (fitsTag(tag, value)) return value
  return refuseYaml(composer.source, event.valueStart, 'TAG_REFUSED', `the value does not fit its tag \`${tag}\``)
}

const fitsTag = (tag: string, value: unknown): boolean => {
  if (tag === 'bool') return typeof value === 'boolean'
  if (tag === 'null') return value === null
  if (tag === 'float') return typeof value === 'number'
  return tag === 'int' && typeof value === 'number' && Number.isInteger(value)
}

const composeSequence = (composer: Composer): unknown[] => {
  const items: unknown[] = []
  while (composer.events[composer.at]?.type !== EVENT_ID.POP) items.push(composeNode(composer))
  composer.at++
  return items
}

const composeMapping = (composer: Composer, start: number): Record<string, unknown> => {
  const mapping: Record<string, unknown> = {}
  composer.lines.set(mapping, composer.positionOf(start).line)
  let merged: Set<string> | undefined
  for (;;) {
    const event = composer.events[composer.at]
    if (event === undefined || event.type === EVENT_ID.POP) break
    const offset = startOf(event)
    const isMerge = isMergeKey(composer, event)
    const key = composeNode(composer)
    const value = composeNode(composer)
    if (isMerge) {
      merged ??= new Set()
      composer.nodes += mergeInto(composer.source, offset, mapping, merged, value)
    } else setKey(composer.source, offset, mapping, merged, key, value)
  }
  composer.at++
  return mapping
}

const isMergeKey = (composer: Composer, event: Event): boolean =>
  event.type === EVENT_ID.SCALAR &&
  event.style === SCALAR_STYLE.PLAIN &&
  event.tagStart < 0 &&
  event.valueEnd - event.valueStart === 2 &&
  composer.source.startsWith('<<', event.valueStart)
