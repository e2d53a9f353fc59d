import { describe, expect, it } from 'vitest'
import { createLeasedCounts } from '#access/leased-counts'
import type { Leased } from '#store/store'

/** A store that hands out requests of one minute, as long as it is told to. */
function createLender() {
  const granted = new Map<string, number>()
  let [asked, down] = [0, false]
  return {
    asked: () => asked,
    fail: (isDown: boolean) => (down = isDown),
    nextMinute: () => granted.clear(),
    leaseRequests: async (key: string, block: number, most: number): Promise<Leased> => {
      asked += 1
      await Promise.resolve()
      if (down) throw new Error('down')
      const before = granted.get(key) ?? 0
      const latest = Math.min(block, most - before)
      granted.set(key, before + latest)
      return { granted: before + latest, latest, leftMs: 60_000 }
    },
  }
}

describe('requests counted by several processes', () => {
  it('are never more than the limit, however they are spread, and no less than nine tenths of it', async () => {
    const lender = createLender()
    const most = 1_000
    const replicas = Array.from({ length: 3 }, () => createLeasedCounts(lender, most, () => 0))
    const counted = await Promise.all(Array.from({ length: 3_000 }, async (_, index) => replicas[(index * 7) % 3]?.('ann')))
    const through = counted.filter((one) => one !== undefined && one.current <= most).length
    expect(through).toBeLessThanOrEqual(most)
    expect(through).toBeGreaterThanOrEqual(most * 0.9)
    expect(lender.asked()).toBeLessThan(40)
  })

  it('say how many there were, and begin anew with the minute', async () => {
    const lender = createLender()
    let clock = 0
    const count = createLeasedCounts(lender, 3, () => clock)
    const currents: number[] = []
    for (let each = 0; each < 5; each += 1) currents.push((await count('ann')).current)
    expect(currents).toEqual([1, 2, 3, 4, 4])
    expect((await count('bob')).current).toBe(1)
    clock = 59_999
    expect(await count('ann')).toEqual({ current: 4, leftMs: 1 })
    clock = 60_000
    lender.nextMinute()
    expect((await count('ann')).current).toBe(1)
  })

  it('go through where the store does not answer, and are counted again when it does', async () => {
    const lender = createLender()
    let clock = 0
    lender.fail(true)
    const count = createLeasedCounts(lender, 20, () => clock)
    for (let each = 0; each < 40; each += 1) expect((await count('ann')).current).toBeLessThanOrEqual(20)
    lender.fail(false)
    clock = 1_000
    const currents: number[] = []
    for (let each = 0; each < 22; each += 1) currents.push((await count('ann')).current)
    expect(currents.filter((current) => current > 20)).toHaveLength(2)
  })

  it('of very many keys are not all kept', async () => {
    const lender = createLender()
    let clock = 0
    const count = createLeasedCounts(lender, 20, () => clock)
    for (let each = 0; each < 12_000; each += 1) {
      clock += 10
      await count(`key-${each}`)
    }
    expect((await count('key-11999')).current).toBe(2)
  })
})
