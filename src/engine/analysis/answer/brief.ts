/**
 * How a sentence is cut to the room that a summary has for it.
 *
 * Every answer with a summary weighs some: characters are looked at where they stand, and nothing is made of each.
 */
import { pause } from '../../pause.js'

/** After so many characters a look at others is cheap. */
const stretch = 1024

/** A character that is written in two halves counts once, as its first half. */
const isSecondHalf = (text: string, at: number): boolean =>
  at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800

/** How long a sentence is to a reader: what it quotes is read at a glance. */
export function weightOf(text: string): number {
  let weight = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    if (at % stretch === stretch - 1) pause()
    if (text[at] === '`') quoted = !quoted
    else if (!quoted && !isSecondHalf(text, at)) weight += 1
  }
  return weight
}

/** Hears of each character where it stands, whether it is quoted or a backtick, and how deep in brackets it is. */
function walk(text: string, hear: (at: number, quoted: boolean, depth: number) => void): void {
  let quoted = false
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    if (at % stretch === stretch - 1) pause()
    const character = text[at]
    if (character === '`') quoted = !quoted
    if (!quoted && character === '(') depth += 1
    hear(at, quoted || character === '`', depth)
    if (!quoted && character === ')') depth = Math.max(0, depth - 1)
  }
}

/** The parts between semicolons, which are neither a user's nor an aside's. */
function clausesOf(text: string): readonly string[] {
  const clauses: string[] = []
  let begun = 0
  walk(text, (at, quoted, depth) => {
    if (quoted || depth > 0 || text[at] !== ';' || text[at + 1] !== ' ') return
    clauses.push(text.slice(begun, at))
    begun = at + 1
  })
  return [...clauses, text.slice(begun)]
}

/** Without what stands in brackets. */
function withoutAsides(text: string): string {
  let kept = ''
  let begun = 0
  let aside = false
  walk(text, (at, _quoted, depth) => {
    if (depth > 0 === aside) return
    aside = depth > 0
    if (aside) kept += text.slice(begun, at)
    else begun = at
  })
  if (!aside) kept += text.slice(begun)
  return kept.replaceAll(' ,', ',').replaceAll('  ', ' ').trim()
}

/** As much of a sentence as a summary has room for: its first clauses, the asides left out where one is too long by itself; the step has all of it. */
export function brief(text: string, room: number): string {
  if (text.length <= room || weightOf(text) <= room) return text
  const [first = '', ...others] = clausesOf(text)
  let kept = first
  let weight = weightOf(first)
  if (weight > room) return cut(withoutAsides(first), room)
  for (const clause of others) {
    weight += weightOf(clause) + 1
    if (weight > room) break
    kept += `;${clause}`
  }
  return kept
}

/** At a word that nobody quotes. */
function cut(text: string, room: number): string {
  if (weightOf(text) <= room) return text
  let [left, end, quoted] = [room - 2, 0, false]
  for (let at = 0; at < text.length && left >= 0; at += 1) {
    const isMark = text[at] === '`'
    if (isMark) quoted = !quoted
    if (quoted || isMark || isSecondHalf(text, at)) continue
    left -= 1
    if (left >= 0 && text[at] === ' ') end = at
  }
  return `${text.slice(0, end)} …`
}
