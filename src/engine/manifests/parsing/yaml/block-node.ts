import { pause } from '../../../pause.js'
import { bar, colon, dash, greater, isGap, openBrace, openBracket, question } from './characters.js'
import { type Members, newMembers } from '../merge-into.js'
import { flowNode } from './flow-node.js'
import { isKeyAhead, isKeyBefore } from './key-ahead.js'
import { anchored, enter, isKept, leave } from './nesting.js'
import { type Key, keyOf, readItem, readMember, readPlainMember } from './read-members.js'
import { columnOf, current, isOver, noteStart, type Reader, refuse, withoutPlaces } from './reader.js'
import { blockTextNode, emptyNode, scalarNode } from './scalar-node.js'
import { isProperty, joinProperties, noProperties, type Properties, scanProperties } from './scan-properties.js'
import { scanSimpleKey } from './scan-simple-key.js'
import { toToken } from './to-token.js'

/** The document itself, or an item of a list. */
export const blockNode = (reader: Reader, candidate: boolean): unknown => nodeAt(reader, candidate, false)

/** A member's value: a list may stand at its key's column. */
const memberValue = (reader: Reader, candidate: boolean): unknown => nodeAt(reader, candidate, true)

const nodeAt = (reader: Reader, candidate: boolean, ofMember: boolean): unknown => {
  toToken(reader)
  let properties = noProperties
  for (;;) {
    if (isOver(reader)) return emptyNode(reader, properties)
    if (columnOf(reader) <= reader.indent) return nodeAtParent(reader, properties, candidate, ofMember)
    const unit = reader.text.charCodeAt(reader.pos)
    if (!isProperty(unit)) return content(reader, unit, properties, candidate)
    if (reader.keyAllowed && isKeyAhead(reader)) return mappingHere(reader, properties, candidate)
    properties = joinProperties(reader, properties, scanProperties(reader))
  }
}

/** No further right than the parent there is only a list of its member, or a text after `|`. */
const nodeAtParent = (reader: Reader, properties: Properties, candidate: boolean, ofMember: boolean): unknown => {
  if (columnOf(reader) === reader.indent) {
    const unit = current(reader)
    if (unit === bar || unit === greater) return blockTextNode(reader, properties)
    if (ofMember && isIndicator(reader, dash) && reader.keyAllowed)
      return anchored(reader, properties, () => sequence(reader, reader.indent, candidate))
  }
  return emptyNode(reader, properties)
}

const isIndicator = (reader: Reader, indicator: number): boolean =>
  reader.text.charCodeAt(reader.pos) === indicator && isGap(reader.text.charCodeAt(reader.pos + 1))

const content = (reader: Reader, unit: number, properties: Properties, candidate: boolean): unknown => {
  if (unit === bar || unit === greater) return blockTextNode(reader, properties)
  if (unit === openBracket || unit === openBrace) return brackets(reader, properties, candidate)
  if (unit === dash && isIndicator(reader, dash)) return sequenceHere(reader, properties, candidate)
  if (unit === question && isIndicator(reader, question)) return mappingHere(reader, properties, candidate)
  if (properties !== noProperties && reader.keyAllowed && isKeyAhead(reader)) return mappingHere(reader, properties, candidate)
  return scalarOrMapping(reader, unit, properties, candidate)
}

/** A scalar, unless `:` makes it the first key of a mapping. */
const scalarOrMapping = (reader: Reader, unit: number, properties: Properties, candidate: boolean): unknown => {
  const { pos, lineStart, keyAllowed } = reader
  const simple = keyAllowed && properties === noProperties ? scanSimpleKey(reader) : undefined
  if (simple !== undefined) return mapping(reader, pos - lineStart, candidate, { offset: pos, text: simple, merges: false })
  const value = scalarNode(reader, unit, properties)
  if (!isKeyBefore(reader, pos, lineStart)) return value
  if (!keyAllowed) refuse(reader, reader.pos, 'a value is expected to end here: a second `:` makes it a key, and a key begins a line')
  return mapping(reader, pos - lineStart, candidate, keyOf(reader, pos, value))
}

const brackets = (reader: Reader, properties: Properties, candidate: boolean): unknown => {
  const { pos, lineStart } = reader
  const value = anchored(reader, properties, () => flowNode(reader, isKept(candidate, properties)))
  if (isKeyBefore(reader, pos, lineStart)) keyOf(reader, pos, value)
  return value
}

const sequenceHere = (reader: Reader, properties: Properties, candidate: boolean): unknown => {
  if (!reader.keyAllowed) refuse(reader, reader.pos, 'an item of a list begins on a line of its own')
  return anchored(reader, properties, () => sequence(reader, columnOf(reader), candidate))
}

const mappingHere = (reader: Reader, properties: Properties, candidate: boolean): unknown => {
  if (!reader.keyAllowed) refuse(reader, reader.pos, 'a key begins on a line of its own')
  return anchored(reader, properties, () => mapping(reader, columnOf(reader), isKept(candidate, properties)))
}

const sequence = (reader: Reader, column: number, candidate: boolean): readonly unknown[] => {
  const outer = reader.indent
  const items: unknown[] = []
  enter(reader, reader.pos)
  reader.indent = column
  do {
    pause()
    reader.pos++
    reader.keyAllowed = true
    readItem(reader, items, candidate, blockNode)
    toToken(reader)
  } while (!isOver(reader) && columnOf(reader) === column && isIndicator(reader, dash) && reader.keyAllowed)
  if (outer !== column && !isOver(reader) && columnOf(reader) >= column)
    refuse(reader, reader.pos, '`- ` and the next item of the list are expected here, or something further left')
  reader.indent = outer
  leave(reader)
  return items
}

const mapping = (reader: Reader, column: number, candidate: boolean, first?: Key): unknown => {
  const outer = reader.indent
  const start = first?.offset ?? reader.pos
  const members = newMembers()
  if (candidate) noteStart(reader, members.mapping, start)
  enter(reader, start)
  reader.indent = column
  if (first === undefined) readOne(reader, members, candidate)
  else readMember(reader, members, first, candidate, afterColon)
  for (toToken(reader); !isOver(reader) && columnOf(reader) >= column; toToken(reader)) {
    pause()
    if (columnOf(reader) > column || !reader.keyAllowed) refuseKey(reader)
    readOne(reader, members, candidate)
  }
  reader.indent = outer
  leave(reader)
  return members.mapping
}

const refuseKey = (reader: Reader): never =>
  refuse(
    reader,
    reader.pos,
    current(reader) === colon
      ? 'a key stands on one line with its `:`, and this one has more lines'
      : 'a key at the column of the one above is expected here, or something further left',
  )

const readOne = (reader: Reader, members: Members, candidate: boolean): void => {
  if (isIndicator(reader, question)) {
    const key = withoutPlaces(reader, () => explicitKey(reader))
    readMember(reader, members, key, candidate, afterOwnColon)
  } else if (reader.wanted === undefined) {
    const { pos } = reader
    const simple = scanSimpleKey(reader)
    if (simple === undefined) readMember(reader, members, readKey(reader), candidate, afterColon)
    else readPlainMember(reader, members, pos, simple, candidate, afterColon)
  } else
    readMember(
      reader,
      members,
      withoutPlaces(reader, () => readKey(reader)),
      candidate,
      afterColon,
    )
}

/** A key on its line, up to its `:`. */
const readKey = (reader: Reader): Key => {
  const { pos, lineStart } = reader
  const simple = scanSimpleKey(reader)
  if (simple !== undefined) return { offset: pos, text: simple, merges: false }
  const properties = isProperty(current(reader)) ? scanProperties(reader) : noProperties
  const value = reader.lineStart === lineStart ? keyNode(reader, properties) : undefined
  if (!isKeyBefore(reader, pos, lineStart)) refuse(reader, pos, 'a key and `:` on one line are expected here')
  return keyOf(reader, pos, value)
}

const keyNode = (reader: Reader, properties: Properties): unknown => {
  const unit = current(reader)
  if (unit === openBracket || unit === openBrace) return flowNode(reader, false)
  return properties !== noProperties && isIndicator(reader, colon) ? emptyNode(reader, properties) : scalarNode(reader, unit, properties)
}

/** A key after `?`, up to the token after it. */
const explicitKey = (reader: Reader): Key => {
  const offset = reader.pos
  reader.pos++
  reader.keyAllowed = true
  const key = keyOf(reader, offset, memberValue(reader, false))
  toToken(reader)
  return key
}

const afterColon = (reader: Reader, candidate: boolean): unknown => {
  reader.pos++
  reader.keyAllowed = false
  return memberValue(reader, candidate)
}

/** The value of a key with `?`: it has a line of its own, or there is none. */
const afterOwnColon = (reader: Reader, candidate: boolean): unknown => {
  if (isOver(reader) || columnOf(reader) !== reader.indent || !isIndicator(reader, colon)) return emptyNode(reader, noProperties)
  reader.pos++
  reader.keyAllowed = true
  return memberValue(reader, candidate)
}
