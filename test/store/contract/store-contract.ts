// What every store must do, whatever database is under it.

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '#store/store'
import { appendingContract } from './appending.js'
import { auditContract } from './audit.js'
import { contentsContract } from './contents.js'
import { findingContract } from './finding.js'
import { idempotencyContract } from './idempotency.js'
import { leasesContract } from './leases.js'
import { placesContract } from './places.js'
import { pruningContract } from './pruning.js'
import type { Subject } from './subject.js'
import { tokensContract } from './tokens.js'
import { topologiesContract } from './topologies.js'

export function storeContract(kind: Store['kind'], open: () => Promise<Store>): void {
  let store: Store
  let named = 0
  const subject: Subject = { store: () => store, fresh: () => `topology-${++named}` }

  beforeAll(async () => {
    store = await open()
  }, 120_000)
  afterAll(() => store.close())

  it('says which kind of database it is on, and that it answers', async () => {
    expect(store.kind).toBe(kind)
    await expect(store.ping()).resolves.toBeUndefined()
  })

  appendingContract(subject)
  placesContract(subject)
  idempotencyContract(subject)
  findingContract(subject)
  topologiesContract(subject)
  contentsContract(subject)
  tokensContract(subject)
  auditContract(subject)
  pruningContract(subject)
  leasesContract(subject)
}
