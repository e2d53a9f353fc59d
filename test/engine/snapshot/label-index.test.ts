import { describe, expect, it } from 'vitest'
import { indexByLabels } from '#engine/snapshot/label-index'
import { indexBySelector } from '#engine/snapshot/selector-index'

const names = Array.from({ length: 40 }, (_, at) => `name-${at}`)
/** Some with every label, some with few; two are alike. */
const items = [
  { id: 'a', labels: { app: 'cart', version: 'v1' } },
  { id: 'b', labels: { app: 'cart', version: 'v2' } },
  { id: 'c', labels: { app: 'shop', version: 'v2' } },
  { id: 'd', labels: { app: 'shop', version: 'v2' } },
  { id: 'e', labels: {} },
  { id: 'f', labels: Object.fromEntries([...names.map((name) => [name, 'yes'] as const), ['app', 'cart'], ['empty', '']]) },
]
const selectors: readonly (readonly [Record<string, string>, string])[] = [
  [{ app: 'cart' }, 'abf'],
  [{ version: 'v2' }, 'bcd'],
  [{ app: 'shop', version: 'v2' }, 'cd'],
  [{ version: 'v2', app: 'cart' }, 'b'],
  [{ app: 'cart', version: 'v3' }, ''],
  [{ app: 'cart', nobody: 'has' }, ''],
  [{ empty: '' }, 'f'],
  [{ constructor: '' }, ''],
]

describe('items by their labels', () => {
  const index = indexByLabels(items, ({ labels }) => labels)
  const found = (selector: Record<string, string>) =>
    index
      .matching(selector)
      ?.map(({ id }) => id)
      .join('')

  it.each(selectors)('are those with every label of the selector: %j', (selector, expected) => {
    expect(found(selector)).toBe(expected)
  })

  it('are the same after selectors have asked for many names', () => {
    for (const name of names) expect(found({ [name]: 'yes' })).toBe('f')
    for (const [selector, expected] of selectors) expect(found(selector)).toBe(expected)
  })

  it('are left to who asks where the selector names no label', () => {
    expect(index.matching({})).toBeUndefined()
  })
})

describe('selectors by the labels that they select', () => {
  it.each([1, 40])('are found among those of %i names', (count) => {
    const many = [
      ...names.slice(0, count).map((name) => ({ id: name, selector: { [name]: 'yes' } })),
      ...selectors.map(([selector], at) => ({ id: `${at}`, selector })),
      { id: 'all', selector: {} },
    ]
    const index = indexBySelector(many, ({ selector }) => selector)
    const selecting = (labels: Record<string, string>) => index.matching(labels).map(({ id }) => id)
    expect(selecting({ app: 'shop', version: 'v2' })).toEqual(['1', '2', 'all'])
    expect(selecting({ app: 'cart', 'name-0': 'yes', 'name-1': 'no' })).toEqual(['name-0', '0', 'all'])
    expect(selecting({})).toEqual(['all'])
  })
})
