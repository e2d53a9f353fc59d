import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The domain rules that the engine decides by so far. */
const decided: Readonly<Record<string, string>> = {
  FLOW: '1-5',
  MODEL: '1 3-5 11 13 14 16-31 33',
  VIS: '1 2 4-8 13-19 24 30-34',
  EDS: '1-9 13-21 26-28',
  NET: '1-4 6-16 30-32 34-38',
  NP: '1-20 22 23 30-34 40',
  LB: '1 2 5 13',
  TRUST: '1-6 9-11 13',
  TLS: '1-3 5-9 11 18 20 21',
  AUTHZ: '1-3 6-12 14 15 17 19 20 31',
  DNS: '1-9 30-32',
  ROUTE: '1-6 13 14 20 25 30 32 34',
  TOPO: '1-8',
}

const families = Object.keys(decided).join('|')
const between = (first: number, last: number): readonly number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index)

function idsIn(family: string, ranges: string): readonly string[] {
  return ranges.split(' ').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return between(first, last).map((number) => `${family}-${number}`)
  })
}

/** Every rule a text names: `NET-9`, `NET-9…16`, `NET-9 … NET-16`, `NET-9–16`. */
function named(text: string): readonly string[] {
  const mentions = text.matchAll(new RegExp(`\\b(${families})-(\\d+)[a-z]?(?:\\s*[…–]\\s*(?:\\1-)?(\\d+))?`, 'g'))
  return [...mentions].flatMap(([, family, first, last]) =>
    between(Number(first), Number(last ?? first)).map((number) => `${family}-${number}`),
  )
}

const told = new Set(
  ['test', 'examples']
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|ya?ml|md)$/.test(file) && !file.endsWith('rules-told.test.ts'))
        .flatMap((file) => named(readFileSync(join(folder, file), 'utf8'))),
    ),
)

describe('the domain rules', () => {
  it('are each named in at least one test', () => {
    const untold = Object.entries(decided)
      .flatMap(([family, ranges]) => idsIn(family, ranges))
      .filter((id) => !told.has(id))
    expect(untold).toEqual([])
  })
})
