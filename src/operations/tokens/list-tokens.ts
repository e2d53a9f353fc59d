import { admit } from '#access/admit'
import type { TokenSummary } from '#engine/model/access/token'
import type { Dependencies } from '../dependencies.js'
import { boundPage, type Listed, listed, type PageInput } from '../page.js'
import { tokenSummaryOf } from './token-summary-of.js'

/** API tokens by id, revoked and expired ones among them. */
export async function listTokens({ store, caller }: Omit<Dependencies, 'analyst'>, page: PageInput): Promise<Listed<TokenSummary>> {
  admit(caller, 'listTokens')
  const { items, nextCursor } = await store.listTokens(boundPage(page))
  return listed(items.map(tokenSummaryOf), ({ id }) => `tokens:${id}`, nextCursor !== null)
}
