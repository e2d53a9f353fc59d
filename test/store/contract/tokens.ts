import { by } from '../by.js'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { NewToken } from '#store/store'
import type { Subject } from './subject.js'

const newToken = (id: string, more: Partial<NewToken> = {}): NewToken => ({
  id,
  digest: createHash('sha256').update(id).digest(),
  name: 'a pipeline',
  scopes: ['write', 'read'],
  topologies: ['shop-*'],
  tenants: undefined,
  createdBy: 'operator',
  expiresAt: null,
  ...more,
})

/** API tokens are found by what is kept of them, and end. */
export function tokensContract({ store }: Subject): void {
  describe('tokens', () => {
    it('are found as they were given', async () => {
      const given = newToken('t-found', { tenants: ['team-a'], expiresAt: new Date('2030-01-01T00:00:00Z') })
      const stored = await store().createToken(given, by)
      expect(stored).toMatchObject({ ...given, digest: Buffer.from(given.digest), revokedAt: null })
      expect(stored.createdAt).toBeInstanceOf(Date)
      expect(await store().findToken(given.digest)).toEqual(stored)
      expect(await store().findToken(createHash('sha256').update('other').digest())).toBeUndefined()
    })

    it('limited to no tenant are not those that are limited to some', async () => {
      const [all, none] = [newToken('t-all'), newToken('t-none', { tenants: [] })]
      await store().createToken(all, by)
      await store().createToken(none, by)
      expect((await store().findToken(all.digest))?.tenants).toBeUndefined()
      expect((await store().findToken(none.digest))?.tenants).toEqual([])
    })

    it('are revoked once, and stay', async () => {
      const given = newToken('t-revoked')
      await store().createToken(given, by)
      expect(await store().revokeToken('t-revoked', by)).toBe(true)
      const first = (await store().findToken(given.digest))?.revokedAt
      expect(first).toBeInstanceOf(Date)
      expect(await store().revokeToken('t-revoked', by)).toBe(true)
      expect((await store().findToken(given.digest))?.revokedAt).toEqual(first)
      expect(await store().revokeToken('t-unknown', by)).toBe(false)
    })

    it('are listed once each, by id', async () => {
      const names = ['page-1', 'page-2', 'page-3', 'page-B', 'page-a']
      for (const name of [...names].reverse()) await store().createToken(newToken(name), by)
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await store().listTokens({ first: 2, after })
        seen.push(...page.items.map(({ id }) => id))
        after = page.nextCursor ?? undefined
      } while (after !== undefined)
      expect(seen.filter((id) => id.startsWith('page-'))).toEqual(names)
      expect(new Set(seen).size).toBe(seen.length)
    })
  })

  it('of topologies, those that a pattern covers are listed', async () => {
    for (const name of ['pat-shop', 'pat-shop-eu', 'pat-bank', 'pat-x']) await store().putTopology(name, {}, by)
    const listed = async (patterns: readonly string[]): Promise<readonly string[]> =>
      (await store().listTopologies({ first: 100, after: undefined }, patterns)).items
        .map(({ name }) => name)
        .filter((name) => name.startsWith('pat-'))
    expect(await listed(['pat-shop'])).toEqual(['pat-shop'])
    expect(await listed(['pat-shop*', 'pat-b*k'])).toEqual(['pat-bank', 'pat-shop', 'pat-shop-eu'])
    expect(await listed(['pat_shop', 'pat%', '\\*'])).toEqual([])
    expect(await listed([])).toEqual([])
  })
}
