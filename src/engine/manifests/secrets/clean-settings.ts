import { isHarmlessValue, isSecretValue } from './is-harmless-value.js'
import { type Quoted, readQuoted } from './read-quoted.js'
import { sectionsOf } from './sections-of.js'
import { cut, type Found, type Scan, type SettingsReading } from './settings-reading.js'
import { suspectMembers } from './suspect-members.js'
import { carries, describesOthers, nameStem, ofItems, saysOfEach, type Suspicion, suspicionOf } from './suspicion-of.js'
import { takeWord } from './take-word.js'
import { takeYaml } from './take-yaml.js'
import type { TellSecret } from './tell-secret.js'

/**
 * An assignment: its name, and what stands between the name and the value, which may be a type of a program, `password: str = "x"`. A comparison, a value
 * to fall back on and the next cell of a table are like one. A name is never begun in its middle.
 */
const assignment =
  /(?<![\w$.-])((?:(?:api|access|secret|private|client|account|auth|shared|signing|encryption) )?[\w$.-]{1,120})([\\"'\])]{0,6}[ \t]{0,32}(?:: ?(?:str|string|bytes|SecretStr|Optional\[str\]) ?= ?|:=|=>|[!~]={1,2}|={1,3}|\\{1,4}u003d|\?\?|\|{1,2}(?: {0,9}default(?= ))?|(?<= )or(?= )|:)[ \t]{0,32})/gi

/** What a text with any of these has. */
export const assignmentSign = /[=:|]|\\u003d|\?\?| or /i

/** What is compared with or falls back on what has no quotes is a name, more often than a secret. */
const comparison = /[!~?|]|==|or/
const cell = /(?<!\|)\|[ \t]*$/

/** What may stand before a name that begins its line. */
const leading =
  /^[\s\-"'?\\]{0,200}(?:(?:#|\/\/|--|;)\s{0,20})?(?:(?:export|set|local|const|let|var|final|static|public|private|string|ENV|env|ARG)\s{1,8}){0,3}["'\\]{0,4}$/i

const pairName = /^(?:name|key|header|header_?name|param|parameter_?(?:key|name)|option|field|variable|id)$/i
/** How far from its name a value may stand, unless its object ends before. */
const pairReach = 300
const pairEnd = /\}|\n[ \t]*- /
/** A patch names a field by its path. */
const patch = /\bop\\{0,3}["']?:[ \t]{0,3}\\{0,3}["']?(?:add|replace|test)\b/

/** What a text with any of these has: a name, or a part of a private key. */
export const settingSign = new RegExp(`${nameStem.source}|kty`, 'i')

/**
 * Where does a text assign a secret: `password = x`, `"apiKey": "x"`, `token: |` and the lines below, `password: [x]`, `name: TOKEN` with `value: x`
 * beside it? One pass over all assignments, whatever the language: YAML, JSON, properties, INI, TOML, shell, Lua, connection strings.
 *
 * INVARIANT: linear. A name is bounded, and whatever is looked for beyond it is either consumed or looked for once.
 */
export const cleanSettings = (text: string, reading: SettingsReading, tell: TellSecret): string => {
  const isJwk = /\bkty[\\"']{0,4}[ \t]{0,9}:/.test(text)
  const scan: Scan = {
    text,
    reading,
    pieces: [],
    at: 0,
    lineStart: 0,
    lineEnd: -1,
    namedUntil: 0,
    each: undefined,
    sections: [...sectionsOf(text)].reverse(),
    isPatch: patch.test(text),
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
  if (pairName.test(found.name) || (scan.isPatch && found.name === 'path')) scan.pair = pairOf(scan, found)
  if (suspicion === undefined) return found.from
  const line = lineOf(scan, found.start)
  const isLeading = found.start - line < 300 && leading.test(scan.text.slice(line, found.start))
  return takeOut(scan, found, suspicion, isLeading ? line : undefined)
}

const jwkMember = /^(?:k|d|p|q|dp|dq|qi)$/

const suspicionHere = (scan: Scan, found: Found): Suspicion | undefined => {
  if (scan.isJwk && jwkMember.test(found.name)) return 'ALWAYS'
  const named = suspicionOf(found.name, mayBeReference(scan, found) ? 'FIELD' : scan.reading.place)
  return named ?? besidesName(scan, found)
}

/** `secret:shop/db` names one. */
const mayBeReference = ({ text }: Scan, { gap, from }: Found): boolean =>
  gap === ':' && /^[a-z\d.-]{1,60}\/[a-z\d]/.test(text.slice(from, from + 62))

const besidesName = (scan: Scan, { name, start }: Found): Suspicion | undefined => {
  while ((scan.sections.at(-1)?.from ?? start) < start) scan.each = scan.sections.pop()
  const { namedUntil, each, pair } = scan
  if (each !== undefined && start < each.until && !describesOthers.test(name)) return each.suspicion
  const carried = carries(name)
  if (carried === undefined) return undefined
  if (start < namedUntil) return carried
  return pair !== undefined && start < pair.until ? (pair.suspicion === 'ALWAYS' ? carried : pair.suspicion) : undefined
}

const pairedName = /[\\"']{0,6}([\w$./[\]-]{2,120})/y

const pairOf = ({ text, reading }: Scan, { from }: Found): Scan['pair'] => {
  pairedName.lastIndex = from
  const suspicion = suspicionOf(pairedName.exec(text)?.[1] ?? '', reading.place === 'FIELD' ? 'SETTING' : reading.place)
  if (suspicion === undefined) return undefined
  const end = text.slice(from, from + pairReach).search(pairEnd)
  return { suspicion, until: from + (end < 0 ? pairReach : end) }
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

/** `line`: where the line begins, if the name begins it. */
const takeOut = (scan: Scan, found: Found, suspicion: Suspicion, line: number | undefined): number => {
  const { text } = scan
  const from = afterFold(text, found.from)
  const isCompared = comparison.test(found.gap)
  const quoted = readQuoted(text, from, scan.unclosed)
  if (quoted !== undefined) return takeQuoted(scan, from, quoted, cell.test(found.gap) ? 'IF_GENERATED' : suspicion)
  if (text[from] === '[') return takeItems(scan, { ...found, from }, suspicion)
  if (text[from] === '{' && text[from + 1] !== '{') return enterBraces(scan, { ...found, from }, suspicion)
  const isYaml = line !== undefined && found.gap.includes(':') && !found.gap.includes('=')
  if (isYaml && !scan.reading.isProse) return takeYaml(scan, found, suspicion, line)
  return takeWord(scan, { ...found, from }, isCompared ? 'IF_GENERATED' : suspicion, line !== undefined)
}

const takeQuoted = (scan: Scan, from: number, quoted: Quoted, suspicion: Suspicion): number => {
  const value = scan.text.slice(quoted.from, quoted.to)
  if (value === '') return quoted.to
  const isOutput = scan.text[from] === '`' && isHarmlessValue(scan.text.slice(from, quoted.to + 1))
  return !isOutput && isSecretValue(suspicion, value) ? cut(scan, quoted.from, quoted.to) : from
}

const fold = /\\\r?\n[ \t]{0,200}/y

/** A backslash at the end of a line goes on in the next one. */
const afterFold = (text: string, from: number): number => {
  fold.lastIndex = from
  return fold.test(text) ? fold.lastIndex : from
}

const items = /\[([^[\]{}]{0,100000})\]/y
/** `[[x]]`, a text of Lua */
const longText = /\[\[([^[\]\n]{0,4000})\]\]/y

const takeItems = (scan: Scan, found: Found, suspicion: Suspicion): number => {
  const { from } = found
  items.lastIndex = from
  longText.lastIndex = from
  const [list, long] = [items.exec(scan.text)?.[1], longText.exec(scan.text)?.[1]]
  if (list === undefined && long === undefined) return enterBraces(scan, found, suspicion)
  const said = ofItems(found.name, suspicion)
  const isSecret = (list ?? long ?? '').split(',').some((item) => {
    const bare = item.trim().replaceAll(/^[\\"']{1,8}|[\\"']{1,8}$/g, '')
    return bare !== '' && isSecretValue(said, bare)
  })
  if (!isSecret) return from
  return list === undefined ? cut(scan, from + 2, longText.lastIndex - 2) : cut(scan, from + 1, items.lastIndex - 1)
}

/** How far the members of an object in braces, and those of objects in a list, are followed. */
const bracesReach = 2000

const enterBraces = (scan: Scan, { name, from }: Found, suspicion: Suspicion): number => {
  const each = scan.text[from] === '{' ? saysOfEach(name) : undefined
  suspectMembers(scan, { from, suspicion, each }, () => endOfBraces(scan.text, from))
  return from
}

const endOfBraces = (text: string, from: number): number => {
  let depth = 0
  let at = from
  for (const end = Math.min(text.length, from + bracesReach); at < end; at++) {
    const sign = text[at] ?? ''
    if ('{['.includes(sign)) depth += 1
    else if (']}'.includes(sign) && --depth === 0) break
  }
  return at
}
