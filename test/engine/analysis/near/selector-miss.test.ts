import { describe, expect, it } from 'vitest'
import { farness, isNearlySelected, tellSelectorMiss } from '#engine/analysis/near/selector-miss'

describe('how a selector misses', () => {
  it('names the label that was mistyped, before those that are not there', () => {
    expect(isNearlySelected({ app: 'review' }, { app: 'reviews' })).toBe(true)
    expect(tellSelectorMiss({ tier: 'x', app: 'review' }, { app: 'reviews' }, '`shop/reviews`')).toBe(
      'selects `app: review`, and `shop/reviews` has `app: reviews`',
    )
  })

  it('takes a label that is called like a member of every object for one that is not there', () => {
    const selector = { constructor: 'x' }
    expect(isNearlySelected(selector, {})).toBe(false)
    expect(farness(selector, {})).toBe(3)
    expect(tellSelectorMiss(selector, {}, '`shop/reviews`')).toBe('selects `constructor: x`, and `shop/reviews` has no `constructor`')
  })
})
