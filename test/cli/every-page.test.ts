import { expect, it } from 'vitest'
import { everyPage } from '#cli/every-page'

/** A list of the numbers from 1 on, in pages; a cursor is the last number of its page. */
const numbersTo = (length: number) => async (first: number, after: string | undefined) => {
  const start = Number(after ?? 0)
  const items = Array.from({ length: Math.min(first, length - start) }, (_, index) => start + index + 1)
  const hasMore = start + items.length < length
  return { items, page: { nextCursor: hasMore ? `${start + items.length}` : null, hasMore } }
}

const ended = { nextCursor: null, hasMore: false }

it.each([
  ['no item', 0, undefined, 0, ended],
  ['one page', 100, undefined, 100, ended],
  ['several pages', 250, undefined, 250, ended],
  ['so many as are asked for', 250, 203, 203, { nextCursor: '203', hasMore: true }],
  ['all, where there are fewer', 7, 203, 7, ended],
])('a list of %s is complete', async (_what, length, most, found, page) => {
  const whole = await everyPage(numbersTo(length), most)
  expect(whole.items).toEqual(Array.from({ length: found }, (_, index) => index + 1))
  expect(whole.page).toEqual(page)
})
