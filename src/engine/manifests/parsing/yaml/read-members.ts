import { placedLists } from '../../header-entries.js'
import { namesPrototype } from '../../check-values.js'
import { keyText } from '../key-text.js'
import { limits } from '../limits.js'
import { mergeInto, type Members, setMember } from '../merge-into.js'
import { asterisk } from './characters.js'
import { current, type Reader, withoutPlaces } from './reader.js'
import { toToken } from './to-token.js'
import { refuseYaml } from '../refuse-yaml.js'

/** A key as it was read: its place, and whether it is the `<<` that merges. */
export interface Key {
  readonly offset: number
  readonly text: string
  readonly merges: boolean
}

export type ReadValue = (reader: Reader, candidate: boolean) => unknown

/** The key whose value was just read. */
export const keyOf = (reader: Reader, offset: number, value: unknown): Key => {
  const text = keyText(offset, value, reader.scalar)
  if (namesPrototype(text)) reader.odd = true
  return { offset, text, merges: value === '<<' && reader.plain }
}

/** Reads the value of a key and puts it into its mapping; `candidate`: the mapping may be a resource. */
export const readMember = (reader: Reader, members: Members, key: Key, candidate: boolean, readValue: ReadValue): void => {
  if (key.merges) return merge(reader, members, key.offset, readValue)
  const { wanted } = reader
  if (wanted === undefined) return readPlainMember(reader, members, key.offset, key.text, candidate, readValue)
  reader.wanted = wanted.children.get(key.text)
  const child = reader.wanted
  readPlainMember(reader, members, key.offset, key.text, candidate, readValue)
  if (child !== undefined) reader.found.set(child, key.offset)
  reader.wanted = wanted
}

/** The same of a key that does not merge, where no place is wanted: nearly always. */
export const readPlainMember = (
  reader: Reader,
  members: Members,
  offset: number,
  text: string,
  candidate: boolean,
  readValue: ReadValue,
): void => {
  const value = readValue(reader, candidate && placedLists.has(text))
  if (++members.count > limits.ownFields && reader.depth === 1)
    refuseYaml(offset, 'TOO_MANY_FIELDS', `a document may have at most ${limits.ownFields} fields of its own`)
  if (!setMember(members, text, value) && reader.repeated.length < limits.notes) reader.repeated.push(offset)
}

const merge = (reader: Reader, members: Members, offset: number, readValue: ReadValue): void => {
  const aliased = isAliasNext(reader)
  const value = withoutPlaces(reader, () => readValue(reader, false))
  if (aliased && Array.isArray(value)) refuseYaml(offset, 'MERGE_REFUSED', 'a merge key takes a mapping or a list of mappings')
  reader.nodes += mergeInto(offset, members, value)
}

/** A list of mappings may be merged where it is written, and by an alias not. */
const isAliasNext = (reader: Reader): boolean => {
  const { pos, lineStart, keyAllowed } = reader
  reader.pos++
  toToken(reader)
  const isAlias = current(reader) === asterisk
  Object.assign(reader, { pos, lineStart, keyAllowed })
  return isAlias
}

/** The same for an item of a list. */
export const readItem = (reader: Reader, items: unknown[], candidate: boolean, readValue: ReadValue): void => {
  const { wanted } = reader
  if (wanted !== undefined) reader.wanted = wanted.children.get(String(items.length))
  items.push(readValue(reader, candidate))
  reader.wanted = wanted
}
