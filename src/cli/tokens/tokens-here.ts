import type { CreatedToken, TokenRequest, TokenSummary } from '#engine/model/access/token'
import { createToken } from '#operations/tokens/create-token'
import { listTokens } from '#operations/tokens/list-tokens'
import { revokeToken } from '#operations/tokens/revoke-token'
import type { Surroundings } from '../command.js'
import { onOwnStore } from '../on-own-store.js'

/** What is done with tokens, wherever they are kept. */
export interface Tokens {
  create(request: TokenRequest): Promise<CreatedToken>
  list(): Promise<readonly TokenSummary[]>
  revoke(id: string): Promise<void>
}

/** Tokens of the store that this environment names; a new one is made for its first. */
export const tokensHere = <T>(surroundings: Surroundings, work: (tokens: Tokens) => Promise<T>): Promise<T> =>
  onOwnStore(
    surroundings,
    ({ store, caller }) => {
      const needs = { store, now: surroundings.now, caller }
      return work({
        create: (request) => createToken(needs, request),
        list: async () => {
          const found: TokenSummary[] = []
          for (let after: string | null | undefined; after !== null; ) {
            const { items, page } = await listTokens(needs, { first: 100, after })
            found.push(...items)
            after = page.nextCursor
          }
          return found
        },
        revoke: (id) => revokeToken(needs, id),
      })
    },
    true,
  )
