import { array, assert, constantFrom, dictionary, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelSelectorMatches, labelsInclude } from '#engine/snapshot/label-selector'
import { indexBySelector, selectorMatches } from '#engine/snapshot/selector-index'

const labels = { app: 'web', tier: '', version: 'v1' }
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchLabels: {},
  matchExpressions: [{ key, operator, values }],
})

describe('a label selector of Kubernetes (NP-10)', () => {
  it.each<[string, string, string[], boolean]>([
    ['app', 'In', ['web', 'api'], true],
    ['app', 'In', ['api'], false],
    ['app', 'In', [], false],
    ['zone', 'In', ['a'], false],
    ['app', 'NotIn', ['api'], true],
    ['app', 'NotIn', ['web'], false],
    ['zone', 'NotIn', ['a'], true],
    ['tier', 'In', [''], true],
    ['tier', 'Exists', [], true],
    ['zone', 'Exists', [], false],
    ['zone', 'DoesNotExist', [], true],
    ['tier', 'DoesNotExist', [], false],
    ['constructor', 'Exists', [], false],
    ['app', 'Gt', ['1'], false],
    ['app', 'in', ['web'], false],
  ])('%s %s %j matches app=web, version=v1 and an empty tier: %s', (key, operator, values, expected) => {
    expect(labelSelectorMatches(expression(key, operator, ...values), labels)).toBe(expected)
  })

  it('holds only as a whole, and takes everything where it says nothing', () => {
    const both = { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'version', operator: 'In', values: ['v2'] }] }
    expect(labelSelectorMatches(both, labels)).toBe(false)
    expect(labelSelectorMatches({ ...both, matchLabels: { app: 'api' }, matchExpressions: [] }, labels)).toBe(false)
    expect(labelSelectorMatches({ matchLabels: {}, matchExpressions: [] }, {})).toBe(true)
  })

  it.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ app: 'web' }, true],
    [{ tier: '' }, true],
    [{ zone: '' }, false],
    [{ app: 'web', zone: 'a' }, false],
  ])('of the labels %j alone: %s', (wanted, expected) => expect(labelsInclude(labels, wanted)).toBe(expected))
})

describe('an index by selector', () => {
  it('finds what a look at every selector would, in the order given', () => {
    const some = dictionary(constantFrom('app', 'tier', 'version'), constantFrom('a', 'b'), { maxKeys: 3 })
    assert(
      property(array(some, { maxLength: 12 }), some, (selectors, worn) => {
        const items = selectors.map((selector, position) => ({ selector, position }))
        const found = indexBySelector(items, ({ selector }) => selector).matching(worn)
        expect(found).toEqual(items.filter(({ selector }) => selectorMatches(selector, worn)))
      }),
      { numRuns: 200 },
    )
  })

  it('is not led astray by a value that looks like a pair', () => {
    const items = [{ selector: { a: 'b=c' } }, { selector: { 'a=b': 'c' } }]
    expect(indexBySelector(items, ({ selector }) => selector as unknown as Record<string, string>).matching({ a: 'b=c' })).toEqual([
      items[0],
    ])
  })
})
