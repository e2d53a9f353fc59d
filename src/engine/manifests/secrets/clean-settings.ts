import { isSecretValue } from './is-harmless-value.js'
import type { TellSecret } from './tell-secret.js'
import { carries, type NamePlace, nameStem, type Suspicion, suspicionOf } from './suspicion-of.js'
import { endOfBlock, endOfContinuation, readBlock, readQuoted } from './read-quoted.js'

/**
 * Where does a text assign a secret: `password = x`, `"apiKey": "x"`, `token: |` and the lines below, `password: [x]`, `name: TOKEN` with `value: x`
 * beside it? One pass over all assignments, whatever the language: YAML, JSON, properties, INI, TOML, shell, Lua, connection strings.
 *
 * INVARIANT: linear. A name is bounded, and whatever is looked for beyond it is either consumed or looked for once.
 */
export interface SettingsReading {
  /** Of prose only what is assigned like a setting counts: `password=x`, and not what follows a colon in a sentence. */
  readonly isProse: boolean
  readonly place: NamePlace
}

/** An assignment: its name, and what stands between the name and the value. A name is never begun in its middle. */
const assignment =
  /(?<![\w$.-])((?:(?:api|access|secret|private|client|account|auth|shared|signing|encryption) )?[\w$.-]{1,120})([\\"'\])]{0,6}[ \t]{0,32}(?::=|=>|={1,3}|:)[ \t]{0,32})/gi

/** What may stand before a name that begins its line. */
const leading =
  /^[\s\-"'?\\]{0,200}(?:(?:#|\/\/|--|;)\s{0,20})?(?:(?:export|set|local|const|let|var|final|static|public|private|string|ENV|env|ARG)\s{1,8}){0,3}["'\\]{0,4}$/i

const pairName = /^(?:name|key|header|header_?name|param|option|id)$/i
/** How far from its name a value may stand. */
const pairReach = 300

interface Scan {
  readonly text: string
  readonly reading: SettingsReading
  readonly pieces: string[]
  /** Up to where the text is in `pieces`. */
  at: number
  lineStart: number
  lineEnd: number
  /** Members that carry values count up to here: they stand below a secret's name. */
  namedUntil: number
  pair: { readonly suspicion: Suspicion; readonly until: number } | undefined
  /** Quotes that no more close. */
  readonly unclosed: Set<string>
  readonly isJwk: boolean
}

interface Found {
  readonly name: string
  readonly start: number
  readonly gap: string
  /** Where the value begins. */
  readonly from: number
}

/** What a text with any of these has: a name, or a part of a private key. */
export const settingSign = new RegExp(`${nameStem.source}|kty`, 'i')

export const cleanSettings = (text: string, reading: SettingsReading, tell: TellSecret): string => {
  const isJwk = text.includes('"kty') || text.includes('kty\\"')
  const scan: Scan = {
    text,
    reading,
    pieces: [],
    at: 0,
    lineStart: 0,
    lineEnd: -1,
    namedUntil: 0,
    pair: undefined,
    unclosed: new Set(),
    isJwk,
  }
  const names = new RegExp(assignment)
  for (let match = names.exec(text); match !== null; match = names.exec(text)) {
    const [, name = '', gap = ''] = match
    names.lastIndex = visitAssignment(scan, { name, gap, start: match.index, from: names.lastIndex })
  }
  if (scan.pieces.length === 0) return text
  tell('NAMED_VALUE')
  return scan.pieces.join('') + text.slice(scan.at)
}

/** Takes out what is assigned, if it is a secret, and tells where to go on. */
const visitAssignment = (scan: Scan, found: Found): number => {
  const suspicion = suspicionHere(scan, found)
  if (pairName.test(found.name)) scan.pair = pairOf(scan, found)
  if (suspicion === undefined) return found.from
  const line = lineOf(scan, found.start)
  const isLeading = found.start - line < 300 && leading.test(scan.text.slice(line, found.start))
  return takeOut(scan, found, suspicion, isLeading ? line : undefined)
}

const jwkMember = /^(?:k|d|p|q|dp|dq|qi)$/

const suspicionHere = ({ reading, namedUntil, pair, isJwk }: Scan, { name, start }: Found): Suspicion | undefined => {
  if (isJwk && jwkMember.test(name)) return 'ALWAYS'
  const named = suspicionOf(name, reading.place)
  if (named !== undefined) return named
  const carried = carries(name)
  if (carried === undefined) return undefined
  if (start < namedUntil) return carried
  return pair !== undefined && start < pair.until ? (pair.suspicion === 'ALWAYS' ? carried : pair.suspicion) : undefined
}

const pairedName = /[\\"']{0,6}([\w$./[\]-]{2,120})/y

const pairOf = ({ text, reading }: Scan, { from }: Found): Scan['pair'] => {
  pairedName.lastIndex = from
  const suspicion = suspicionOf(pairedName.exec(text)?.[1] ?? '', reading.place === 'FIELD' ? 'SETTING' : reading.place)
  return suspicion === undefined ? undefined : { suspicion, until: from + pairReach }
}

/** Where the line begins that this place is in; places only go forward. */
const lineOf = (scan: Scan, place: number): number => {
  while (scan.lineEnd < place) {
    if (scan.lineEnd >= 0) scan.lineStart = scan.lineEnd + 1
    const end = scan.text.indexOf('\n', scan.lineStart)
    scan.lineEnd = end < 0 ? scan.text.length : end
    if (end < 0) break
  }
  return scan.lineStart
}

/** Leaves out what is between two places; `instead`: what stands there from now on. */
const cut = (scan: Scan, from: number, to: number, instead = ''): number => {
  scan.pieces.push(scan.text.slice(scan.at, from), instead)
  scan.at = to
  return to
}

/** `line`: where the line begins, if the name begins it. */
const takeOut = (scan: Scan, found: Found, suspicion: Suspicion, line: number | undefined): number => {
  const { text } = scan
  const from = afterFold(text, found.from)
  const quoted = readQuoted(text, from, scan.unclosed)
  if (quoted !== undefined) {
    const value = text.slice(quoted.from, quoted.to)
    if (value !== '' && isSecretValue(suspicion, value)) return cut(scan, quoted.from, quoted.to)
    return value === '' ? quoted.to : from
  }
  if (text[from] === '[') return takeItems(scan, from, suspicion)
  if (text[from] === '{' && text[from + 1] !== '{') return enterBraces(scan, from, suspicion)
  const isYaml = line !== undefined && found.gap.includes(':') && !found.gap.includes('=')
  if (isYaml && !scan.reading.isProse) return takeYaml(scan, found, suspicion, line)
  return takeWord(scan, { ...found, from }, suspicion, line !== undefined)
}

const fold = /\\\r?\n[ \t]{0,200}/y

/** A backslash at the end of a line goes on in the next one. */
const afterFold = (text: string, from: number): number => {
  fold.lastIndex = from
  return fold.test(text) ? fold.lastIndex : from
}

const items = /\[([^[\]{}]{0,100000})\]/y

const takeItems = (scan: Scan, from: number, suspicion: Suspicion): number => {
  items.lastIndex = from
  const list = items.exec(scan.text)?.[1]
  if (list === undefined) return from
  const isSecret = list.split(',').some((item) => {
    const bare = item.trim().replaceAll(/^[\\"']{1,8}|[\\"']{1,8}$/g, '')
    return bare !== '' && isSecretValue(suspicion, bare)
  })
  return isSecret ? cut(scan, from + 1, from + 1 + list.length) : from
}

/** How far the members of an object in braces are followed. */
const bracesReach = 2000

const enterBraces = (scan: Scan, from: number, suspicion: Suspicion): number => {
  if (suspicion !== 'ALWAYS' || from < scan.namedUntil) return from
  let depth = 0
  let at = from
  for (const end = Math.min(scan.text.length, from + bracesReach); at < end; at++) {
    if (scan.text[at] === '{') depth += 1
    else if (scan.text[at] === '}' && --depth === 0) break
  }
  scan.namedUntil = at
  return from
}

/** The rest of a line of YAML with what continues it, the block below, or the items and members below. */
const takeYaml = (scan: Scan, found: Found, suspicion: Suspicion, line: number): number => {
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
  if (rest === '' || /^[&!]\S+$/.test(rest)) return enterBlock(scan, end, { indent, column, suspicion })
  if (rest.startsWith('*') || !isSecretValue(suspicion, rest)) return found.from
  const continued = endOfContinuation(text, end, column)
  return cut(scan, found.from, continued === end ? found.from + rest.length : continued)
}

const takeBlock = (scan: Scan, from: number, to: number, suspicion: Suspicion): number => {
  const value = scan.text.slice(from, to)
  return value.trim() !== '' && isSecretValue(suspicion, value) ? cut(scan, from, to) : from
}

const lineEndOf = (text: string, from: number): number => {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

interface Below {
  readonly indent: number
  readonly column: number
  readonly suspicion: Suspicion
}

const item = /(?:\r?\n[ \t]*)*\r?\n([ ]*)(- +)?([^\n]*)/y
const member = /^[\w$./"'-]{1,120}\s{0,9}:(?:\s|$)/

/** What stands on the lines below a name: a text, items, or members of which those that carry values are looked at. */
const enterBlock = (scan: Scan, lineEnd: number, below: Below): number => {
  let at = lineEnd
  for (;;) {
    item.lastIndex = at
    const match = item.exec(scan.text)
    const value = match?.[3] ?? ''
    if (match === null || value.trim() === '' || !isBelow(match, below)) return at
    if (member.test(value)) {
      if (below.suspicion === 'ALWAYS' && at >= scan.namedUntil) scan.namedUntil = endOfBlock(scan.text, at + 1, below.column)
      return at
    }
    const bare = value.trim().replaceAll(/^["']|["']$/g, '')
    if (bare !== '' && isSecretValue(below.suspicion, bare)) cut(scan, item.lastIndex - value.length, item.lastIndex)
    at = item.lastIndex
  }
}

const isBelow = ([, spaces = '', dash]: RegExpExecArray, { indent, column }: Below): boolean =>
  spaces.length > column || (dash !== undefined && spaces.length >= indent && indent === column)

const schemed = /(?:bearer|basic|token|digest|apikey)[ \t]{1,9}/iy
const unquoted = /(?:\$\{[^}\s]{0,200}\}|\$\([^)\s]{0,200}\)|\{\{[^}\n]{0,200}\}\}|\([^\s()"']{0,200}\)|[^\s"'`&;,<>(){}[\]|\\])+/y

/** One word, or the rest of a line that is nothing but this assignment. */
const takeWord = (scan: Scan, found: Found, suspicion: Suspicion, isLeading: boolean): number => {
  const { text, reading } = scan
  const { from, gap } = found
  schemed.lastIndex = from
  unquoted.lastIndex = schemed.test(text) ? schemed.lastIndex : from
  if (!unquoted.test(text)) return from
  const to = unquoted.lastIndex
  const first = text.slice(from, to)
  if (isNoValue(scan, found, isLeading) || isNextName(gap, first, text[to])) return from
  if (isSentence(gap, first) && (reading.isProse || isAmidWords(text, found.start))) return from
  if (!isSecretValue(suspicion, first.replace(/[.,;]{1,100}$/, ''))) return from
  const end = isLeading && spaced.test(gap) ? endOfSetting(text, from, to) : to
  // Else the next word would be taken for the value, by a shell and by us.
  if (wordAfter.test(text.slice(end, end + 2))) return cut(scan, from, end, '""')
  return cut(scan, from, end)
}

const wordAfter = /^[ \t]\S/

/** `TOKEN= command` and `--token= x` are without a value; `arn:…:secret:x` is one word. */
const isNoValue = ({ text }: Scan, { name, start, gap }: Found, isLeading: boolean): boolean =>
  (/^=\s/.test(gap) && (!isLeading || name.startsWith('-') || name === name.toUpperCase())) || (gap === ':' && text[start - 1] === ':')

/** A colon and a word. */
const isSentence = (gap: string, word: string): boolean => /:\s{1,32}$/.test(gap) && /^[A-Za-z]*[.,;]?$/.test(word)

const isAmidWords = (text: string, start: number): boolean => /[A-Za-z] $/.test(text.slice(Math.max(0, start - 2), start))

/** As files of settings are written, and shells are not. */
const spaced = /^\s{1,32}=|=\s{1,32}$/

/** The value is empty, and this word is the next name. */
const isNextName = (gap: string, word: string, next: string | undefined): boolean =>
  /\s$/.test(gap) && (next === '=' || next === ':' || (word.includes('=') && !word.endsWith('=')))

const endOfSetting = (text: string, from: number, to: number): number => {
  const end = lineEndOf(text, to)
  const isWhole = end - to < 400 && !/[=;&|]/.test(text.slice(to, end))
  return isWhole ? Math.max(to, from + text.slice(from, end).trimEnd().length) : to
}
