import { closeBrace, closeBracket, colon, comma, openBrace, openBracket, question } from './characters.js'
import { newMembers } from '../merge-into.js'
import { isKeyBefore } from './key-ahead.js'
import { anchored, enter, isKept, leave } from './nesting.js'
import { type Key, keyOf, readItem, readMember } from './read-members.js'
import { current, isOver, noteStart, type Reader, refuse, withoutPlaces } from './reader.js'
import { emptyNode, scalarNode } from './scalar-node.js'
import { isProperty, noProperties, scanProperties } from './scan-properties.js'
import { toToken } from './to-token.js'

const unfinishedKey = 'a key must be on the same line as its `:`; a bracket before it may be left open'

/** A node within brackets, or the brackets themselves. Indentation says nothing here. */
export const flowNode = (reader: Reader, candidate: boolean): unknown => {
  const properties = isProperty(current(reader)) ? scanProperties(reader) : noProperties
  const unit = current(reader)
  if (unit === openBracket) return anchored(reader, properties, () => flowSequence(reader, candidate))
  if (unit === openBrace) return anchored(reader, properties, () => flowMapping(reader, isKept(candidate, properties)))
  if (properties !== noProperties && endsNode(unit)) return emptyNode(reader, properties)
  return scalarNode(reader, unit, properties)
}

const endsNode = (unit: number): boolean =>
  unit === comma || unit === closeBracket || unit === closeBrace || unit === colon || unit === question

const flowSequence = (reader: Reader, candidate: boolean): readonly unknown[] => {
  const items: unknown[] = []
  readList(reader, closeBracket, () => readItem(reader, items, candidate, flowItem))
  return items
}

const flowMapping = (reader: Reader, candidate: boolean): unknown => {
  // A mapping is no key, so that `{{` can only be meant for a template's engine.
  if (reader.text.charCodeAt(reader.pos + 1) === openBrace)
    refuse(reader, reader.pos, '`{{` is of a template, which has to be rendered first')
  const members = newMembers()
  if (candidate) noteStart(reader, members.mapping, reader.pos)
  readList(reader, closeBrace, () =>
    readMember(
      reader,
      members,
      withoutPlaces(reader, () => readKey(reader, closeBrace)),
      candidate,
      valueBefore(closeBrace),
    ),
  )
  return members.mapping
}

/** What stands between brackets, with a comma after each but the last, which may have one. */
const readList = (reader: Reader, close: number, read: () => void): void => {
  const open = reader.pos
  enter(reader, open)
  reader.flow++
  do {
    reader.pos++
    reader.keyAllowed = true
    toToken(reader)
    if (isAtEnd(reader, close, open)) break
    read()
    toToken(reader)
  } while (!isAtEnd(reader, close, open) && isSeparated(reader, close))
  reader.pos++
  reader.flow--
  reader.keyAllowed = false
  leave(reader)
}

const isAtEnd = (reader: Reader, close: number, open: number): boolean => {
  if (isOver(reader)) refuse(reader, open, `the \`${reader.text.charAt(open)}\` is not closed`)
  return current(reader) === close
}

const isSeparated = (reader: Reader, close: number): boolean =>
  current(reader) === comma || refuse(reader, reader.pos, `\`,\` or \`${String.fromCharCode(close)}\` is expected here`)

/** An item of a list; `key: value` there is a mapping of its own. */
const flowItem = (reader: Reader, candidate: boolean): unknown => {
  if (current(reader) === question) return pair(reader, readKey(reader, closeBracket))
  const { pos, lineStart, keyAllowed } = reader
  const value = flowNode(reader, candidate)
  if (!isColonNext(reader)) return value
  if (!keyAllowed || !isKeyBefore(reader, pos, lineStart)) refuse(reader, reader.pos, unfinishedKey)
  return pair(reader, keyOf(reader, pos, value))
}

const pair = (reader: Reader, key: Key): unknown => {
  const members = newMembers()
  enter(reader, key.offset)
  readMember(reader, members, key, false, valueBefore(closeBracket))
  leave(reader)
  return members.mapping
}

const isColonNext = (reader: Reader): boolean => {
  const { pos, lineStart } = reader
  toToken(reader)
  if (current(reader) === colon) {
    if (reader.lineStart === lineStart) reader.pos = pos
    return true
  }
  return false
}

const readKey = (reader: Reader, close: number): Key => {
  const { pos, lineStart } = reader
  if (current(reader) === question) return explicitKey(reader, close)
  const value = flowNode(reader, false)
  const key = keyOf(reader, pos, value)
  if (isColonNext(reader) && !isKeyBefore(reader, pos, lineStart)) refuse(reader, reader.pos, unfinishedKey)
  return key
}

/** A key after `?`, which may go over lines. */
const explicitKey = (reader: Reader, close: number): Key => {
  const offset = reader.pos
  reader.pos++
  reader.keyAllowed = false
  toToken(reader)
  const unit = current(reader)
  if (unit === colon || unit === comma || unit === close) refuse(reader, offset, 'a key is expected after `?`')
  const key = keyOf(reader, offset, flowNode(reader, false))
  toToken(reader)
  return key
}

/** The value of a key, which may have none. */
const valueBefore =
  (close: number) =>
  (reader: Reader, candidate: boolean): unknown => {
    if (current(reader) !== colon) return emptyNode(reader, noProperties)
    reader.pos++
    reader.keyAllowed = false
    toToken(reader)
    const unit = current(reader)
    return unit === comma || unit === close ? emptyNode(reader, noProperties) : flowNode(reader, candidate)
  }
