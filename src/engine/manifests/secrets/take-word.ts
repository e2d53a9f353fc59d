import { isHarmlessValue, isSecretValue } from './is-harmless-value.js'
import { cut, type Found, lineEndOf, type Scan } from './settings-reading.js'
import type { Suspicion } from './suspicion-of.js'

const schemed = /(?:bearer|basic|token|digest|apikey)[ \t]{1,9}/iy
const unquoted =
  /(?:\$\{[^}\s]{0,200}\}|\$\((?:[^()\n]|\([^()\n]{0,200}\)){0,300}\)|%[A-Za-z]{0,10}\{[^{}\s]{0,100}\}|\{\{[^}\n]{0,200}\}\}|\([^\s()"']{0,200}\)|[^\s"'`&;,<>(){}[\]|\\])+/y

/** One word, or the rest of a line that is nothing but this assignment. */
export const takeWord = (scan: Scan, found: Found, suspicion: Suspicion, isLeading: boolean): number => {
  const { text } = scan
  const { from, gap } = found
  schemed.lastIndex = from
  unquoted.lastIndex = schemed.test(text) ? schemed.lastIndex : from
  if (!unquoted.test(text)) return from
  const to = unquoted.lastIndex
  const first = text.slice(from, to)
  if (isNoValue(scan, found, isLeading) || isNextName(found, first, text[to]) || isSentence(scan, found, first)) return from
  if (!isSecretWord(text, from, first, suspicion)) return first.length > longestWord ? to : from
  const end = isLeading && spaced.test(gap) ? endOfSetting(text, from, to) : to
  // Else the next word would be taken for the value, by a shell and by us.
  return cut(scan, from, end, wordAfter.test(text.slice(end, end + 2)) ? '""' : '')
}

/** What looks like a longer one is passed over as a whole: names in it would each be followed by the rest. */
const longestWord = 4000

const isSecretWord = (text: string, from: number, word: string, suspicion: Suspicion): boolean =>
  isSecretValue(suspicion, word.replace(/[.,;]{1,100}$/, '')) && !isCall(text, from)

const call = /[A-Za-z_][\w.:]{0,100}\(["'][^()\n]{0,200}\)|[A-Za-z_][\w.:]{0,100}\(\w{1,60}=[^()\n]{0,200}\)/y

/** A value that a program asks for. */
const isCall = (text: string, from: number): boolean => {
  call.lastIndex = from
  return call.test(text) && isHarmlessValue(text.slice(from, call.lastIndex))
}

const wordAfter = /^[ \t]\S/

/** `TOKEN= command` and `--token= x` are without a value; `arn:…:secret:x`, `v1/Secret:x`, `${TOKEN:?not set}` and the image `token:1.2` are one word. */
const isNoValue = ({ text }: Scan, { name, start, gap, from }: Found, isLeading: boolean): boolean =>
  (/^=\s/.test(gap) && (!isLeading || name.startsWith('-') || name === name.toUpperCase())) ||
  (gap === ':' && (/[:/]/.test(text[start - 1] ?? '') || text[from] === '?' || tag.test(text.slice(from, from + 40))))

const tag = /^(?:latest|stable|v?\d{1,4}(?:\.\d{1,4}){1,3})(?![\w+=])/
/** A list of cookies holds assignments itself. */
const cookie = /cookies?$/i

/** A colon and a word, in prose or after another word. */
const isSentence = ({ text, reading }: Scan, { gap, start }: Found, word: string): boolean =>
  /:\s{1,32}$/.test(gap) && /^[A-Za-z]*[.,;]?$/.test(word) && (reading.isProse || isAmidWords(text, start))

const isAmidWords = (text: string, start: number): boolean => /[A-Za-z] $/.test(text.slice(Math.max(0, start - 2), start))

/** As files of settings are written, and shells are not. */
const spaced = /^\s{1,32}=|=\s{1,32}$/

/** The value is empty, and this word is the next name. */
const isNextName = ({ gap, name }: Found, word: string, next: string | undefined): boolean =>
  /\s$/.test(gap) && !cookie.test(name) && (next === '=' || next === ':' || (word.includes('=') && !word.endsWith('=')))

const endOfSetting = (text: string, from: number, to: number): number => {
  const end = lineEndOf(text, to)
  const isWhole = end - to < 400 && !/[=;&|]/.test(text.slice(to, end))
  return isWhole ? Math.max(to, from + text.slice(from, end).trimEnd().length) : to
}
