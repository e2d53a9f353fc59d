import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What is written like a rule and is none. */
const others = new Set(['UTF', 'SHA', 'ISO', 'RFC', 'KEY', 'BASE'])

const between = (first: number, last: number): readonly number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index)

/** Every rule a text names: `NET-9`, `NET-9a`, `NET-9.1`, and with `NET-9 … NET-17` all in between. */
function named(text: string): readonly string[] {
  const mentions = text.matchAll(/\b([A-Z]{2,6})-(\d+)[a-z]?(?:\s*[…–]\s*(?:\1-)?(\d+))?/g)
  return [...mentions].flatMap(([, family = '', first, last]) =>
    others.has(family) ? [] : between(Number(first), Number(last ?? first)).map((number) => `${family}-${number}`),
  )
}

const namedIn = (folder: string, kinds: RegExp): ReadonlySet<string> =>
  new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => kinds.test(file) && !file.includes('generated') && !file.endsWith('rules-told.test.ts'))
      .flatMap((file) => named(readFileSync(join(folder, file), 'utf8'))),
  )

/** The order of a person who looks one up. */
const byFamily = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

/** Families of which every rule is told, by their last number. */
const whole: Readonly<Record<string, number>> = { AMB: 70, EXT: 12, GWAPI: 71, MCS: 23 }

/** Numbers of theirs that no rule has. */
const unused = new Set(['AMB-58', 'GWAPI-27', 'GWAPI-36', 'GWAPI-53', 'GWAPI-61', 'GWAPI-67'])

/** Of all rules of these families, how many may go untold. */
const mostUntold = 0.05

/** Rules of theirs that no test tells, and why. */
const untold: Readonly<Record<string, string>> = {
  'AMB-27': 'says what ztunnel checks of the address inside of a tunnel, which no proxy of Istio’s gets wrong',
}

describe('the domain rules', () => {
  const followed = namedIn('src', /\.ts$/)

  it('are named where they are followed', () => {
    const families = new Set([...followed].map((rule) => rule.split('-')[0]))
    for (const family of ['FLOW', 'MODEL', 'VIS', 'EDS', 'NET', 'LB', 'TRUST', 'TLS', 'AUTHZ', 'DNS', 'ROUTE', 'TOPO'])
      expect(families, family).toContain(family)
  })

  it('are each named in at least one test', () => {
    const told = namedIn('test', /\.(ts|ya?ml|md)$/)
    expect([...followed].filter((rule) => !told.has(rule)).sort(byFamily)).toEqual([])
  })

  it('of some families are told one and all, but for those that have a reason', () => {
    const told = namedIn('test', /\.(ts|ya?ml|md)$/)
    const all = Object.entries(whole).flatMap(([family, last]) => between(1, last).map((number) => `${family}-${number}`))
    expect(all.filter((rule) => !told.has(rule) && !unused.has(rule) && untold[rule] === undefined)).toEqual([])
    expect(Object.keys(untold).filter((rule) => told.has(rule) || unused.has(rule) || !all.includes(rule))).toEqual([])
    expect(Object.keys(untold).length).toBeLessThanOrEqual(mostUntold * all.length)
  })

  it('are counted to the end of a range', () => {
    expect(named('Rules NET-9 … NET-11, TLS-2a, EDS-26.1, AUTHZ-3–4; UTF-8')).toEqual([
      'NET-9',
      'NET-10',
      'NET-11',
      'TLS-2',
      'EDS-26',
      'AUTHZ-3',
      'AUTHZ-4',
    ])
  })
})
