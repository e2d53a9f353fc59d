import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judge, largestProgram } from '#engine/istiod/expressions/expression'

/**
 * Expressions with what RE2 itself says of them (`ProgramSize()` of google-re2, PyPI): the instructions of the program, `too large` where it takes more
 * memory than RE2 gives it by itself, or null where it is none. Some by hand, most at random.
 */
const told = JSON.parse(readFileSync(new URL('sizes-of-re2.json', import.meta.url), 'utf8')) as readonly [
  string,
  number | 'too large' | null,
][]

describe('how large an expression is', () => {
  it('is told by two numbers, and what RE2 makes of it is between them', () => {
    expect(told.length).toBeGreaterThan(200)
    const outside = told.filter(([pattern, size]) => {
      const { least, most } = judge(pattern).size
      return typeof size === 'number' && (size < least || size > most)
    })
    expect(outside).toEqual([])
  })

  it('says nothing of what is none for RE2, and of nothing else', () => {
    const wrong = told.filter(([pattern, size]) => (judge(pattern).standing === 'INVALID') !== (size === null))
    expect(wrong).toEqual([])
  })

  it('is never said to be too large for proxies where it is not, nor taken where it is', () => {
    const wrong = told.filter(([pattern, size]) => {
      const { standing } = judge(pattern)
      return size === 'too large'
        ? standing === 'TAKEN'
        : typeof size === 'number' && standing === (size > largestProgram ? 'TAKEN' : 'TOO_LARGE')
    })
    expect(wrong).toEqual([])
  })

  it.each([
    // RE2: 1 that fails, 2 to begin anywhere and 1 that matches; then the bytes, and a way past each that is optional.
    ['a', 5],
    ['x{0,1000}', 2004],
    // Beyond ASCII `[^/]` is six byte ranges, on both sides of `/` one each; a loop takes a way back.
    ['[^/]+', 13],
    // A capital is the same byte with a flag, but k has a third case, the Kelvin sign, of three bytes.
    ['(?i)abc', 7],
    ['(?i)k', 8],
  ])('%s: RE2 takes %d instructions, and no more than a dozen are left open', (pattern, size) => {
    const { least, most } = judge(pattern).size
    expect(size - least).toBeLessThanOrEqual(12)
    expect(size).toBeGreaterThanOrEqual(least)
    expect(most - size).toBeLessThanOrEqual(12)
    expect(size).toBeLessThanOrEqual(most)
  })

  it('multiplies what is counted in each other', () => {
    expect(judge('(?:(?:a{10}){10}){10}').size.least).toBeGreaterThanOrEqual(1000)
    expect(judge('(?:(?:a{10}){10}){10}').standing).toBe('TAKEN')
    expect(judge('(?:(?:a{10}){10}){11}').standing).toBe('INVALID')
  })

  it('is open where a text is longer than istiod takes', () => {
    expect(judge('a'.repeat(1025)).standing).toBe('OPEN')
  })

  it('is read in a time that grows with the text alone', () => {
    const worst = [
      '(.{1,1000})'.repeat(92),
      '(?:'.repeat(200) + 'a' + '{2,3})*'.repeat(200).slice(0, 600),
      '[[:^alpha:]\\W]{1,9}'.repeat(50),
      '(?i)k'.repeat(200),
    ]
    const before = performance.now()
    for (let round = 0; round < 100; round += 1) for (const pattern of worst) judge(`${pattern}${round}`)
    // 400 of a kilobyte each: compiling one of them takes longer.
    expect(performance.now() - before).toBeLessThan(4000)
  })
})
