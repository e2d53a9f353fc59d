import { ampersand, exclamation, greater, isGap, isWord } from './characters.js'
import { current, type Reader, refuse } from './reader.js'
import { toToken } from './to-token.js'

/** The anchor and the tag that stand before a node; '' for none. */
export interface Properties {
  readonly anchor: string
  readonly tag: string
}

export const noProperties: Properties = { anchor: '', tag: '' }

export const isProperty = (unit: number): boolean => unit === ampersand || unit === exclamation

/** All that stand here on one line (within brackets, on any), up to the token after them. */
export const scanProperties = (reader: Reader): Properties => {
  let properties = noProperties
  const { lineStart } = reader
  do {
    properties = joinProperties(reader, properties, scanProperty(reader))
    toToken(reader)
  } while (isProperty(current(reader)) && (reader.flow > 0 || reader.lineStart === lineStart))
  return properties
}

export const joinProperties = (reader: Reader, before: Properties, after: Properties): Properties => {
  if ((before.anchor !== '' && after.anchor !== '') || (before.tag !== '' && after.tag !== ''))
    refuse(reader, reader.pos, 'a value is expected: it has an anchor or a tag already')
  return { anchor: before.anchor || after.anchor, tag: before.tag || after.tag }
}

const scanProperty = (reader: Reader): Properties => {
  reader.keyAllowed = false
  return current(reader) === ampersand ? { anchor: scanName(reader), tag: '' } : { anchor: '', tag: scanTag(reader) }
}

/** The name after `&` or `*`. */
export const scanName = (reader: Reader): string => {
  const start = reader.pos + 1
  let at = start
  while (isWord(reader.text.charCodeAt(at))) at++
  reader.pos = at
  const after = current(reader)
  if (at === start || !(isGap(after) || '?:,]}%@`'.includes(String.fromCharCode(after))))
    refuse(reader, start - 1, 'a name of letters, digits, `-` and `_` is expected after `&` and `*`')
  return reader.text.slice(start, at)
}

const core = 'tag:yaml.org,2002:'

/** A tag written out: `tag:yaml.org,2002:str` of `!!str`; `!` and `!own` as they are. */
const scanTag = (reader: Reader): string => {
  const { pos } = reader
  const tag = reader.text.charAt(pos + 1) === '<' ? scanWholeTag(reader) : fullTag(reader, pos, scanAddress(reader, pos + 1))
  if (!isGap(current(reader))) refuse(reader, pos, 'a blank or a line break is expected after a tag')
  return tag
}

/** `!<tag:yaml.org,2002:str>`. */
const scanWholeTag = (reader: Reader): string => {
  const { pos } = reader
  const tag = scanAddress(reader, pos + 2)
  if (tag === '' || current(reader) !== greater) refuse(reader, pos, 'a tag and `>` are expected after `!<`')
  reader.pos++
  return decoded(reader, pos, tag)
}

const fullTag = (reader: Reader, offset: number, written: string): string => {
  const handle = /^[\w-]*!/.exec(written)?.[0]
  if (handle === undefined) return `!${decoded(reader, offset, written)}`
  if (handle !== '!') refuse(reader, offset, 'the tag has a handle that nothing defines')
  if (written === '!') refuse(reader, offset, 'the name of a tag is expected after `!!`')
  return core + decoded(reader, offset, written.slice(1))
}

const address = /[\w;/?:@&=+$,.!~*'()[\]%-]*/y

const scanAddress = (reader: Reader, from: number): string => {
  address.lastIndex = from
  const [written = ''] = address.exec(reader.text) ?? []
  reader.pos = from + written.length
  return written
}

const decoded = (reader: Reader, offset: number, written: string): string => {
  try {
    return decodeURIComponent(written)
  } catch {
    return refuse(reader, offset, 'a tag is written as in an address, with `%` before two hexadecimal digits')
  }
}
