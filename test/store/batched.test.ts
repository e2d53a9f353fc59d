import { describe, expect, it } from 'vitest'
import { createBatched } from '#store/batched'

/** A loader whose answers are given by hand, and what it was asked for. */
function slowLoader() {
  const asked: (readonly string[])[] = []
  const answers: ((found: ReadonlyMap<string, number> | Error) => void)[] = []
  const load = (keys: readonly string[]): Promise<ReadonlyMap<string, number>> => {
    asked.push(keys)
    return new Promise((resolve, reject) => answers.push((found) => (found instanceof Error ? reject(found) : resolve(found))))
  }
  return { asked, answers, load }
}
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('questions of one tick', () => {
  it('share one query, each key once', async () => {
    const { asked, answers, load } = slowLoader()
    const find = createBatched(load, 2)
    const found = Promise.all([find('a'), find('b'), find('a'), find('none')])
    await tick()
    expect(asked).toEqual([['a', 'b', 'none']])
    answers[0]?.(
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
    )
    expect(await found).toEqual([1, 2, 1, undefined])
  })

  it('are never answered by a query that was under way before', async () => {
    const { asked, answers, load } = slowLoader()
    const find = createBatched(load, 2)
    const early = find('a')
    await tick()
    const late = find('a')
    await tick()
    expect(asked).toEqual([['a'], ['a']])
    answers[1]?.(new Map([['a', 2]]))
    answers[0]?.(new Map([['a', 1]]))
    expect(await Promise.all([early, late])).toEqual([1, 2])
  })

  it('wait and go together while enough queries are under way', async () => {
    const { asked, answers, load } = slowLoader()
    const find = createBatched(load, 1)
    const all = ['a', 'b', 'c'].map(async (key, index) => {
      for (let wait = 0; wait < index; wait++) await tick()
      return find(key)
    })
    for (let wait = 0; wait < 6; wait++) await tick()
    expect(asked).toEqual([['a']])
    answers[0]?.(new Map([['a', 1]]))
    for (let wait = 0; wait < 6; wait++) await tick()
    expect(asked).toEqual([['a'], ['b', 'c']])
    answers[1]?.(new Map([['c', 3]]))
    expect(await Promise.all(all)).toEqual([1, undefined, 3])
  })

  it('all fail with their query, and the next one is tried', async () => {
    const { answers, load } = slowLoader()
    const find = createBatched(load, 1)
    const both = Promise.allSettled([find('a'), find('b')])
    await tick()
    answers[0]?.(new Error('gone'))
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const next = find('a')
    await tick()
    answers[1]?.(new Map([['a', 1]]))
    expect(await next).toBe(1)
  })
})
