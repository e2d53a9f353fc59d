import { afterEach, expect, it, vi } from 'vitest'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Selection } from '#engine/model/selection'
import type * as changes from '#engine/simulate/change-snapshot'
import { callTo, shopUpload, storedVersion } from './shop.js'

const built = vi.hoisted(() => ({ count: 0 }))

vi.mock('../../src/engine/simulate/change-snapshot.js', async (original) => {
  const actual = await original<typeof changes>()
  return {
    ...actual,
    changeSnapshot: (...given: Parameters<typeof actual.changeSnapshot>) => {
      built.count += 1
      return actual.changeSnapshot(...given)
    },
  }
})

afterEach(() => {
  built.count = 0
})

const analyst = createInProcessAnalyst()
const version = await storedVersion(shopUpload(undefined, ['rating']))

const answerTo = async (host: string, wanted?: Selection) => {
  const answered = await analyst.ask('reachability', { questions: [callTo(host)], at: 0, wanted }, version)
  return 'value' in answered ? answered.value[0] : answered
}

it('traces no changed version for a query that does not read remedies', async () => {
  const answer = await answerTo('rating', { verdict: true })
  expect(answer).toEqual({ value: { verdict: 'UNREACHABLE' } })
  expect(built.count).toBe(0)
})

it('traces some for one that does, and for callers that read everything', async () => {
  const selected = await answerTo('rating', { remedies: { summary: true } })
  expect(selected).toMatchObject({ value: { remedies: expect.any(Array) } })
  const selectedCount = built.count
  await answerTo('rating')
  expect(selectedCount).toBeGreaterThan(0)
  expect(built.count).toBe(2 * selectedCount)
})

it('traces none for a call that arrives', async () => {
  await answerTo('cart')
  expect(built.count).toBe(0)
})
