import { aliasValue, closeAnchor, newAnchors, openAnchor } from '../anchors.js'
import { limits } from '../limits.js'
import { isAmbiguousScalar, readPlainScalar } from '../plain-scalar.js'
import { asterisk, colon, dash, doubleQuote, isBlank, isBreak, isGap, nothing, question, singleQuote, tab } from './characters.js'
import { noProperties, type Properties, scanName } from './scan-properties.js'
import { notePlace, type Reader, refuse } from './reader.js'
import { readTagged } from './read-tagged.js'
import { scanBlockText } from './scan-block-text.js'
import { scanPlain } from './scan-plain.js'
import { scanQuoted } from './scan-quoted.js'

/** A plain or quoted text, or an alias. */
export const scalarNode = (reader: Reader, unit: number, properties: Properties): unknown => {
  const offset = reader.pos
  reader.nodes++
  notePlace(reader, offset)
  if (unit === asterisk) return aliasNode(reader, properties)
  const plain = unit !== doubleQuote && unit !== singleQuote
  if (plain && !startsPlain(reader, unit))
    refuse(reader, offset, unit === tab ? 'a tab is not taken here: spaces are expected' : 'a value is expected, and none begins like this')
  reader.keyAllowed = false
  const text = plain ? scanPlain(reader) : scanQuoted(reader, unit)
  reader.plain = plain
  return properties === noProperties ? untagged(reader, offset, text) : withProperties(reader, offset, text, properties)
}

export const blockTextNode = (reader: Reader, properties: Properties): unknown => {
  const offset = reader.pos
  reader.nodes++
  notePlace(reader, offset)
  const text = scanBlockText(reader)
  reader.plain = false
  return withProperties(reader, offset, text, properties)
}

/** What stands where nothing is written: null, unless a tag says otherwise. */
export const emptyNode = (reader: Reader, properties: Properties): unknown => {
  reader.nodes++
  notePlace(reader, reader.pos)
  reader.plain = true
  return withProperties(reader, reader.pos, '', properties)
}

const aliasNode = (reader: Reader, properties: Properties): unknown => {
  const offset = reader.pos
  if (properties !== noProperties) refuse(reader, offset, 'an alias has no anchor and no tag of its own')
  const { value, nodes } = aliasValue(reader.anchors, offset, scanName(reader))
  reader.keyAllowed = false
  reader.plain = false
  reader.nodes += nodes
  return value
}

const withProperties = (reader: Reader, offset: number, text: string, { anchor, tag }: Properties): unknown => {
  reader.scalar = text
  const value = tag === '' ? untagged(reader, offset, text) : readTagged(reader, offset, text, tag)
  if (anchor !== '') closeAnchor(openAnchor((reader.anchors ??= newAnchors()), anchor), value, 1)
  return value
}

const untagged = (reader: Reader, offset: number, text: string): unknown => {
  reader.scalar = text
  if (!reader.plain) return text
  const value = readPlainScalar(text)
  if (typeof value === 'number' && (!Number.isSafeInteger(value) || Object.is(value, -0))) reader.odd = true
  if (typeof value !== 'string' && reader.ambiguous.length < limits.notes && isAmbiguousScalar(text)) reader.ambiguous.push(offset)
  return value
}

const noStart = new Uint8Array(128)
for (const character of ',?:[]{}#&*!|>\'"%@`') noStart[character.charCodeAt(0)] = 1

/** `?` and `:` begin a text where they are no indicators; those within brackets have been seen by now. */
const startsPlain = (reader: Reader, unit: number): boolean => {
  if (unit === nothing || isBlank(unit) || isBreak(unit)) return false
  const next = reader.text.charCodeAt(reader.pos + 1)
  if (unit === dash) return !isGap(next)
  if (unit >= 128 || noStart[unit] === 0) return true
  return reader.flow === 0 && (unit === question || unit === colon) && !isGap(next)
}
