import { describe, expect, it } from 'vitest'
import type { Subject } from './subject.js'

/** Requests of a minute are handed out once. */
export function leasesContract({ store, fresh }: Subject): void {
  describe('requests of a minute', () => {
    it('are handed out up to their number and no further, whoever asks at once', async () => {
      const key = fresh()
      const leased = await Promise.all(Array.from({ length: 50 }, () => store().leaseRequests(key, 7, 100)))
      const minutes = new Set(leased.map(({ leftMs }) => Math.round((performance.now() + leftMs) / 60_000)))
      if (minutes.size > 1) return // a minute ended meanwhile, with which counting begins anew
      expect(leased.reduce((sum, { latest }) => sum + latest, 0)).toBe(100)
      expect(Math.max(...leased.map(({ granted }) => granted))).toBe(100)
      expect(leased.at(-1)?.latest).toBe(0)
      for (const { leftMs } of leased) expect(leftMs).toBeGreaterThan(0)
      for (const { leftMs } of leased) expect(leftMs).toBeLessThanOrEqual(60_000)
    })

    it('are counted by key', async () => {
      expect((await store().leaseRequests(fresh(), 5, 3)).latest).toBe(3)
      expect((await store().leaseRequests(fresh(), 5, 30)).latest).toBe(5)
      await expect(store().forgetLeases()).resolves.toBeUndefined()
    })
  })
}
