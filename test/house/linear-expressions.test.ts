import { readFileSync } from 'node:fs'
import { checkSync } from 'recheck'
import { describe, expect, it } from 'vitest'
import { expressionsIn, type WrittenExpression } from './expressions-in.js'

/**
 * What recheck said of each, so that it is asked only of what is new: it takes seconds for some. `reviewed`: what it does not come to an end
 * with, and why it is linear.
 */
interface Judged {
  readonly recheck: string
  readonly safe: readonly string[]
  readonly reviewed: Readonly<Record<string, string>>
}

const record = new URL('linear-expressions.json', import.meta.url)
const judged = JSON.parse(readFileSync(record, 'utf8')) as Judged
const all = expressionsIn('src')
const version = (JSON.parse(readFileSync('node_modules/recheck/package.json', 'utf8')) as { readonly version: string }).version

const mebibyte = 2 ** 20
const single = [
  'a',
  'Z',
  '0',
  ' ',
  '\t',
  '\n',
  '-',
  '_',
  '.',
  ':',
  '/',
  '"',
  "'",
  '\\',
  '{',
  '[',
  '(',
  '=',
  '#',
  '@',
  '*',
  '<',
  '`',
  '|',
  ',',
  '~',
]

/** Texts that an expression may be made to start again on: what it begins with, or what it takes, over and over, and never what it ends with. */
function worstFor({ source }: WrittenExpression): readonly string[] {
  const plain = source
    .replaceAll(/\(\?(?:<?[=!]|:|<\w+>)/g, '\u0000')
    .replaceAll(/\[(?:\\.|[^\]\\])*\]|\{\d+,?\d*\}|[()|*+?^$.]|\\[dwsDWSbB]|\\[pP]\{\w+\}/g, '\u0000')
    .replaceAll(/\\(.)/g, '$1')
  const words = [...new Set(plain.split('\u0000').filter((word) => word !== ''))].slice(0, 8)
  const [first = ''] = words
  const parts = [...single, ...words, ...words.flatMap((word) => [`${word} `, `${word}a`]), words.join(''), words.join(' ')].filter(
    (part) => part !== '',
  )
  return parts.flatMap((part) => (first === '' ? [part] : [part, `${first}\u0000${part}`]))
}

function textOf(part: string, length: number): string {
  const [head = '', pump = head] = part.includes('\u0000') ? part.split('\u0000') : ['', part]
  return `${head}${pump.repeat(Math.ceil(length / pump.length))}`.slice(0, length - 1).concat('\u0001')
}

function timeOf(expression: RegExp, text: string): number {
  const before = performance.now()
  if (expression.global) text.replaceAll(expression, '')
  else expression.exec(text)
  return performance.now() - before
}

/** The least of up to five tries, as others want the processor too; one that is within the bound is enough. */
function leastTime(expression: RegExp, text: string, bound: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < 5 && least > bound; tries += 1) least = Math.min(least, timeOf(expression, text))
  return least
}

/** Reading a mebibyte of JSON, in this very run. */
function floorOf(): number {
  const json = JSON.stringify(Array.from({ length: mebibyte / 8 }, (_, index) => index % 100_000))
  const times = [0, 1, 2].map(() => {
    const before = performance.now()
    JSON.parse(json)
    return performance.now() - before
  })
  return Math.min(...times)
}

describe('regular expressions in the sources', () => {
  it('are found', () => {
    expect(all.length).toBeGreaterThan(200)
  })

  it('take linear time by what recheck says of them', { timeout: 300_000 }, () => {
    // The room of secrets counts every part, `{0,200}`: that is an end, which recheck does not take for one. There the clock alone decides.
    const isCounted = ({ at }: WrittenExpression): boolean => at.every((place) => place.includes('manifests/secrets/'))
    const known = new Set([...(version === judged.recheck ? judged.safe : []), ...Object.keys(judged.reviewed)])
    const unsafe = all
      .filter((one) => !known.has(one.literal) && !isCounted(one))
      .map((one) => ({ ...one, verdict: checkSync(one.source, one.flags, { timeout: 20_000 }) }))
      .filter(({ verdict }) => verdict.status !== 'safe')
      .map(({ literal, at, verdict }) => `${literal} (${at.join(', ')}): ${verdict.status}`)
    expect(unsafe).toEqual([])
  })

  it('are none that were only reviewed once', () => {
    const literals = new Set(all.map(({ literal }) => literal))
    expect(Object.keys(judged.reviewed).filter((literal) => !literals.has(literal))).toEqual([])
  })

  it('take no longer for a mebibyte of the worst than a few times what JSON.parse takes', { timeout: 300_000 }, () => {
    const floor = Math.max(1, floorOf())
    const bound = most * floor
    const slow: string[] = []
    for (const written of all) {
      const expression = new RegExp(written.source, written.flags)
      const tried = worstFor(written).map((part) => ({ part, time: timeOf(expression, textOf(part, mebibyte / 32)) }))
      // A text of a 32nd that takes as long as the whole may is quadratic, and the whole would take minutes.
      const dearest = tried.toSorted((one, other) => other.time - one.time).slice(0, 3)
      for (const { part, time } of dearest) {
        const again = time > bound ? leastTime(expression, textOf(part, mebibyte / 32), bound) : 0
        const whole = again > bound ? again * 32 : leastTime(expression, textOf(part, mebibyte), bound)
        if (whole > bound)
          slow.push(`${written.literal} (${written.at.join(', ')}): ${Math.round(whole / floor)} times, of ${JSON.stringify(part)}`)
      }
    }
    expect(slow).toEqual([])
  })

  it('would be found out if they were not', () => {
    expect(checkSync('"kty"[^{}]*"d"', '').status).toBe('vulnerable')
    const quadratic: WrittenExpression = { literal: '', source: '"kty"[^{}]*"d"', flags: '', at: [] }
    const worst = Math.max(...worstFor(quadratic).map((part) => timeOf(new RegExp(quadratic.source), textOf(part, mebibyte / 32))))
    const linear = timeOf(/"kty"[^{}"]*"d"/, textOf('"kty"', mebibyte / 32))
    expect(worst).toBeGreaterThan(20 * linear)
  })
})

/** Times the floor, which is some milliseconds. */
const most = 250
