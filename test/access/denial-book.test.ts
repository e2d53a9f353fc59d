import { describe, expect, it } from 'vitest'
import { createDenialBook } from '#access/denial-book'
import type { Denial } from '#store/store'

const refused = (who: string) => ({ who, deed: 'askTrust', address: '192.0.2.1', topology: 'shop', outcome: 'FORBIDDEN' })

describe('the book of what was refused', () => {
  it('tells those that are alike as one, with how often', async () => {
    const told: Denial[] = []
    const book = createDenialBook({ recordDenials: async (some) => void told.push(...some) }, () => {})
    for (const who of ['a', 'b', 'a', 'a']) book.note(refused(who))
    await book.close()
    expect(told).toEqual([
      { ...refused('a'), times: 3 },
      { ...refused('b'), times: 1 },
    ])
  })

  it('holds so many and counts the others, that nobody fills the store by being refused', async () => {
    const told: Denial[] = []
    const book = createDenialBook({ recordDenials: async (some) => void told.push(...some) }, () => {})
    for (let each = 0; each < 5_000; each += 1) book.note({ ...refused(`who-${each}`), topology: `t-${each}`.repeat(1_000) })
    book.note({ ...refused('who-1'), topology: 't-1'.repeat(1_000) })
    await book.close()
    expect(told.length).toBeLessThanOrEqual(102)
    expect(told.reduce((sum, { times }) => sum + times, 0)).toBe(5_001)
    expect(told.find(({ who }) => who === 'who-1')).toMatchObject({ times: 2 })
    expect(told.at(-1)).toMatchObject({ who: 'others', outcome: 'FORBIDDEN', times: 4_900 })
    expect(Math.max(...told.map(({ topology }) => topology?.length ?? 0))).toBeLessThanOrEqual(200)
  })

  it('tells a store that did not answer the next time', async () => {
    let down = true
    const [told, faults]: [Denial[], unknown[]] = [[], []]
    const recordDenials = async (some: readonly Denial[]): Promise<void> => {
      if (down) throw new Error('down')
      told.push(...some)
    }
    const book = createDenialBook({ recordDenials }, (error) => faults.push(error))
    book.note(refused('a'))
    await book.flush()
    down = false
    book.note(refused('a'))
    await book.close()
    expect([faults.length, told]).toEqual([1, [{ ...refused('a'), times: 2 }]])
  })
})
