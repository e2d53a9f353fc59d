import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '#store/store'
import { newVersion } from '../new-version.js'
import type { Subject } from './subject.js'

const ann = { who: 'token:ann', deed: 'test', address: '192.0.2.7' }

/** Whatever is changed is told by the transaction that changes it. */
export function auditContract({ store, fresh }: Subject): void {
  const aboutTopology = async (topology: string): Promise<readonly Partial<AuditEntry>[]> =>
    (await store().listAudit({ first: 100, after: undefined })).items
      .filter((entry) => entry.topology === topology)
      .map(({ id: _id, at: _at, ...told }) => told)
      .reverse()

  const entry = (more: Partial<AuditEntry>) => ({ ...ann, version: null, subject: null, outcome: 'DONE', times: 1, ...more })

  describe('the audit', () => {
    it('tells each change once, in its order, and of no attempt that changed nothing', async () => {
      const topology = fresh()
      await store().putTopology(topology, { description: 'x' }, ann)
      await store().append(newVersion(topology, `${topology} a`), ann)
      await store().append(newVersion(topology, `${topology} a`), ann)
      await store().append(newVersion(topology, `${topology} b`, { expectedVersion: 7 }), ann)
      await store().putTag(topology, 'production', 1, ann)
      await store().putTag(topology, 'production', 9, ann)
      await store().deleteTopology(topology, ann)
      await store().deleteTopology(topology, ann)
      expect(await aboutTopology(topology)).toEqual([
        entry({ topology }),
        entry({ topology, version: 1 }),
        entry({ topology, version: 1, subject: 'production' }),
        entry({ topology }),
      ])
    })

    it('tells as many versions as there are, whoever writes at once', async () => {
      const topology = fresh()
      await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((text) => store().append(newVersion(topology, `${topology} ${text}`), ann)))
      expect((await aboutTopology(topology)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6])
    })

    it('tells what was refused, with how often', async () => {
      const topology = fresh()
      const denial = { who: 'unknown', deed: 'appendVersion', address: null, topology, outcome: 'UNAUTHENTICATED', times: 12 }
      await store().recordDenials([denial, { ...denial, outcome: 'FORBIDDEN', times: 1 }])
      expect((await aboutTopology(topology)).map(({ outcome, times }) => [outcome, times])).toEqual([
        ['UNAUTHENTICATED', 12],
        ['FORBIDDEN', 1],
      ])
    })

    it('is read in pages, the newest first', async () => {
      const topology = fresh()
      for (const text of ['a', 'b', 'c']) await store().append(newVersion(topology, `${topology} ${text}`), ann)
      const seen: number[] = []
      let after: string | undefined
      do {
        const page = await store().listAudit({ first: 2, after })
        seen.push(...page.items.map(({ id }) => id))
        after = page.nextCursor ?? undefined
      } while (after !== undefined && seen.length < 500)
      expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => b - a))
    })

    it('keeps what is recent, however much is to be forgotten', async () => {
      const before = (await store().listAudit({ first: 100, after: undefined })).items.length
      expect(await store().forgetAudit(new Date(Date.now() + 86_400_000))).toBe(0)
      expect((await store().listAudit({ first: 100, after: undefined })).items.length).toBe(before)
    })
  })
}
