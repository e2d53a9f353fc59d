import { admit } from '#access/admit'
import type { AuditEntry } from '#engine/model/access/audit'
import type { Dependencies } from '../dependencies.js'
import { boundPage, type Listed, listed, type PageInput } from '../page.js'

/** What was done and refused, the newest first. */
export async function listAudit({ store, caller }: Dependencies, page: PageInput): Promise<Listed<AuditEntry>> {
  admit(caller, 'listAudit')
  const { items, nextCursor } = await store.listAudit(boundPage(page))
  const entries = items.map((entry) => ({ ...entry, at: entry.at.toISOString() }))
  return listed(entries, ({ id }) => `audit:${id}`, nextCursor !== null)
}
