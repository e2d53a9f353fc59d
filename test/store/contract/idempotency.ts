// One key, one answer.
import { by } from '../by.js'
import { describe, expect, it } from 'vitest'
import { newVersion } from '../new-version.js'
import { numberOf, type Subject } from './subject.js'

export function idempotencyContract({ store, fresh }: Subject): void {
  describe('idempotency', () => {
    const key = { key: 'k', fingerprint: 'one' }

    it('answers the same key with the first answer, also when the topology has moved on', async () => {
      const name = fresh()
      const first = newVersion(name, 'a', { idempotency: key, expectedVersion: 0 })
      expect(await store().append(first, by)).toMatchObject({ result: 'CREATED', version: { number: 1 } })
      await store().append(newVersion(name, 'b'), by)
      expect(await store().append(first, by)).toMatchObject({ result: 'REPLAYED', unchanged: false, version: { number: 1 } })
      expect((await store().findTopology(name))?.head).toBe(2)
    })

    it('remembers that the first answer was unchanged', async () => {
      const name = fresh()
      await store().append(newVersion(name, 'a'), by)
      const again = newVersion(name, 'a', { idempotency: key })
      expect(await store().append(again, by)).toMatchObject({ result: 'UNCHANGED', unchanged: true })
      expect(await store().append(again, by)).toMatchObject({ result: 'REPLAYED', unchanged: true, version: { number: 1 } })
    })

    it('refuses the key for another request', async () => {
      const name = fresh()
      await store().append(newVersion(name, 'a', { idempotency: key }), by)
      const other = newVersion(name, 'b', { idempotency: { key: 'k', fingerprint: 'two' } })
      expect(await store().append(other, by)).toEqual({ result: 'KEY_REUSED' })
    })

    it('does not remember a refusal', async () => {
      const name = fresh()
      const first = newVersion(name, 'a', { idempotency: key, expectedVersion: 1 })
      expect(await store().append(first, by)).toEqual({ result: 'CONFLICT', head: 0 })
      await store().append(newVersion(name, 'b'), by)
      expect(await store().append(first, by)).toMatchObject({ result: 'CREATED', version: { number: 2 } })
    })

    it('makes one version of twenty parallel requests with one key', async () => {
      const name = fresh()
      const request = newVersion(name, 'a', { idempotency: key })
      const appended = await Promise.all(Array.from({ length: 20 }, () => store().append(request, by)))
      expect(appended.filter(({ result }) => result === 'CREATED')).toHaveLength(1)
      expect(appended.filter(({ result }) => result === 'REPLAYED')).toHaveLength(19)
      expect(new Set(appended.map(numberOf))).toEqual(new Set([1]))
    })

    it('keeps the keys of topologies apart', async () => {
      const [one, two] = [fresh(), fresh()]
      await store().append(newVersion(one, 'a', { idempotency: key }), by)
      expect(await store().append(newVersion(two, 'b', { idempotency: key }), by)).toMatchObject({ result: 'CREATED' })
    })
  })
}
