import type { CreatedToken, TokenRequest, TokenSummary } from '#engine/model/access/token'
import { createToken } from '#operations/tokens/create-token'
import { listTokens } from '#operations/tokens/list-tokens'
import { revokeToken } from '#operations/tokens/revoke-token'
import type { Surroundings } from '../command.js'
import { everyPage, type Whole } from '../every-page.js'
import { onOwnStore } from '../on-own-store.js'

/** What is done with tokens, wherever they are kept. */
export interface Tokens {
  create(request: TokenRequest): Promise<CreatedToken>
  list(): Promise<Whole<TokenSummary>>
  revoke(id: string): Promise<void>
}

/** Tokens of the store that this environment names; a new one is made for its first. */
export const tokensHere = <T>(surroundings: Surroundings, work: (tokens: Tokens) => Promise<T>): Promise<T> =>
  onOwnStore(
    surroundings,
    (needs) =>
      work({
        create: (request) => createToken(needs, request),
        list: () => everyPage((first, after) => listTokens(needs, { first, after })),
        revoke: (id) => revokeToken(needs, id),
      }),
    true,
  )
