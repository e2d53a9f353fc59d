import { isSecretValue } from './is-harmless-value.js'
import { endOfBlock, endOfContinuation, readBlock } from './read-quoted.js'
import { cut, type Found, lineEndOf, type Scan } from './settings-reading.js'
import { ofItems, type Suspicion, saysOfEach } from './suspicion-of.js'
import { suspectMembers } from './suspect-members.js'

/** The rest of a line of YAML with what continues it, the block below, or the items and members below. */
export const takeYaml = (scan: Scan, found: Found, suspicion: Suspicion, line: number): number => {
  const { text } = scan
  const prefix = text.slice(line, found.start)
  const indent = prefix.search(/[^ ]|$/)
  const column = prefix.search(/[^ -]|$/)
  const header = readBlock(text, found.from)
  if (header !== undefined) return takeBlock(scan, header, endOfBlock(text, header, column), suspicion)
  const end = Math.max(lineEndOf(text, found.from), found.from)
  const rest = text
    .slice(found.from, end)
    .replace(/(?:^|[ \t])#[^\n]*$/, '')
    .replace(/[\s,;]{1,100}$/, '')
  if (rest === '' || /^[&!]\S+$/.test(rest)) return enterBlock(scan, end, { name: found.name, indent, column, suspicion })
  if (rest.startsWith('*') || !isSecretValue(suspicion, rest)) return found.from
  const continued = endOfContinuation(text, end, column)
  return cut(scan, found.from, continued === end ? found.from + rest.length : continued)
}

const takeBlock = (scan: Scan, from: number, to: number, suspicion: Suspicion): number => {
  const value = scan.text.slice(from, to)
  return value.trim() !== '' && isSecretValue(suspicion, value) ? cut(scan, from, to) : from
}

interface Below {
  readonly name: string
  readonly indent: number
  readonly column: number
  readonly suspicion: Suspicion
}

const item = /(?:\r?\n[ \t]*)*\r?\n([ ]*)(- +)?([^\n]*)/y
const member = /^[\w$./"'-]{1,120}\s{0,9}:(?:\s|$)/

/** What stands on the lines below a name: a text, items, or members of which those that carry values are looked at. */
const enterBlock = (scan: Scan, lineEnd: number, below: Below): number => {
  const suspicion = ofItems(below.name, below.suspicion)
  let at = lineEnd
  for (;;) {
    item.lastIndex = at
    const match = item.exec(scan.text)
    const value = match?.[3] ?? ''
    if (match === null || value.trim() === '' || !isBelow(match, below)) return at
    if (member.test(value)) {
      enterMembers(scan, at + 1, below, match[2] !== undefined)
      return at
    }
    const bare = value.trim().replaceAll(/^["']|["']$/g, '')
    if (bare !== '' && isSecretValue(suspicion, bare)) cut(scan, item.lastIndex - value.length, item.lastIndex)
    at = item.lastIndex
  }
}

/** Members of a map, or of the items of a list, which may stand as far left as its name. */
const enterMembers = (scan: Scan, at: number, { name, column, suspicion }: Below, isList: boolean): void => {
  const each = isList ? undefined : saysOfEach(name)
  suspectMembers(scan, { from: at, suspicion, each }, () => endOfBlock(scan.text, at, column, isList))
}

const isBelow = ([, spaces = '', dash]: RegExpExecArray, { indent, column }: Below): boolean =>
  spaces.length > column || (dash !== undefined && spaces.length >= indent && indent === column)
