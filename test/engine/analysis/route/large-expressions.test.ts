import { describe, expect, it } from 'vitest'
import { judge } from '#engine/istiod/expressions/expression'
import { matchesExpression, replaceExpression } from '#engine/istiod/expressions/matches-expression'
import { createWork } from '#engine/istiod/expressions/work'
import { virtualService } from '../calling.js'
import { choose, http, targets, to } from '../routing.js'

const tooLarge = '/(.{1,1000})/(.{1,1000})/(.{1,1000})/(.{1,1000})/(.{1,1000})'
const byPath = (regex: string) => ({ match: [{ uri: { regex } }], route: [to('reviews')] })

describe('an expression that is larger than proxies take', () => {
  it('leaves a call open, whichever route would be taken', () => {
    const { step, because } = choose([http(byPath(tooLarge), { route: [to('ratings')] })], { ask: { path: '/x' } })
    expect(because).toBe('UNDETERMINED')
    expect(step.reason).toBe('ROUTES_REFUSED')
    expect(step.because.map(({ path }) => path)).toEqual(['spec.http[0].match'])
  })

  it('leaves calls to other hosts of the port open, since all routes of a port are one', () => {
    const other = virtualService('shop/other', { hosts: ['ratings'], http: [byPath(tooLarge)] })
    expect(choose([other]).step.reason).toBe('ROUTES_REFUSED')
    expect(choose([other], { host: 'ratings' }).step.reason).toBe('ROUTES_REFUSED')
  })

  it('concerns nobody to whom it is not sent: callers elsewhere, other ports, gateways', () => {
    const routeFor = (match: object) =>
      virtualService('shop/other', { hosts: ['ratings'], http: [{ ...byPath(tooLarge), match: [{ uri: { regex: tooLarge }, ...match }] }] })
    for (const match of [{ sourceNamespace: 'elsewhere' }, { port: 81 }, { gateways: ['shop/edge'] }])
      expect(choose([routeFor(match)]).step.reason).toBe('DEFAULT_ROUTE')
    expect(
      choose([virtualService('shop/other', { hosts: ['nobody.example'], exportTo: ['elsewhere'], http: [byPath(tooLarge)] })]).step.reason,
    ).toBe('DEFAULT_ROUTE')
  })
})

describe('what a question may spend on expressions', () => {
  it('follows one of a few thousand instructions', () => {
    expect(targets(choose([http(byPath('/(a{1,1000})'), { route: [to('ratings')] })], { ask: { path: '/aaa' } }))).toEqual([
      ['reviews:80/ 1'],
    ])
  })

  it('leaves a match open that takes more than three million steps, with the condition that it is', () => {
    const routes = http(byPath('/(x{1,1000}){1}x*'), { route: [to('ratings')] })
    const path = `/${'x'.repeat(20_000)}`
    const outcome = choose([routes], { ask: { path } })
    expect(outcome.conditions.map(({ code, on }) => [code, on])).toEqual([['ROUTE_BY_ATTRIBUTE', 'path']])
    expect(targets(outcome)).toEqual([['reviews:80/ 1'], ['ratings:80/ 1']])
  })

  it('runs out over many matches, and then leaves the others open', () => {
    const work = createWork()
    const answers = Array.from({ length: 2000 }, (_, index) => matchesExpression({ regex: `/${index}x{0,500}` }, '/7xx', work))
    const known = answers.filter((one) => one !== undefined).length
    expect(known).toBeGreaterThan(20)
    expect(known).toBeLessThan(100)
    expect(answers[7]).toBe(true)
    expect(answers.lastIndexOf(false)).toBeLessThan(known)
  })

  it('pays once for what is asked again, and the same in every question', () => {
    const written = { regex: 'x{0,900}y?' }
    const work = createWork()
    const texts = Array.from({ length: 12 }, (_, index) => 'x'.repeat(100 + index))
    const first = texts.map((text) => matchesExpression(written, text, work))
    const left = { instructions: work.instructions, steps: work.steps }
    expect(texts.map((text) => matchesExpression(written, text, work))).toEqual(first)
    expect({ instructions: work.instructions, steps: work.steps }).toEqual(left)
    const another = createWork()
    for (const text of texts) matchesExpression(written, text, another)
    expect({ instructions: another.instructions, steps: another.steps }).toEqual(left)
  })

  it('rewrites a path by an expression, unless that takes too much', () => {
    const rewrite = (pattern: string, text: string, by: string) => replaceExpression({ regex: pattern }, text, by, createWork())
    expect(rewrite('/v1/(.*)', '/v1/a', '/$1')).toBe('/a')
    expect(rewrite('x?', 'y'.repeat(5000), 'z')).toBeUndefined()
    expect(rewrite('x?', 'yyy', 'z'.repeat(1_000_000))).toBeUndefined()
    expect(rewrite('(', 'x', 'y')).toBeUndefined()
  })

  it('is little: the dearest match and the dearest program take no more than some tens of times what reading two megabytes does', () => {
    const work = createWork()
    const json = JSON.stringify(Array.from({ length: 60_000 }, (_, index) => ({ name: `n${index}`, at: [index] })))
    const floor = timeOf(() => JSON.parse(json))
    const dear = '(?:a?b?c?d?e?){300}z'
    expect(judge(dear).standing).toBe('TAKEN')
    const spent = timeOf(() => {
      for (let index = 0; index < 400; index += 1) matchesExpression({ regex: dear }, `${'abcde'.repeat(40)}${index}`, work)
      for (let index = 0; index < 400; index += 1) matchesExpression({ regex: `${index}(?:\\w{1,90}x){10}` }, 'w'.repeat(800), work)
    })
    // Two megabytes of JSON: the whole budget is some tens of times as much.
    expect(spent / floor).toBeLessThan(400)
  })
})

function timeOf(work: () => unknown): number {
  const before = performance.now()
  work()
  return performance.now() - before
}
