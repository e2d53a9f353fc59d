import { readConfig } from '#config'
import { AppError } from '#engine/model/app-error'
import type { CreatedToken, TokenRequest, TokenSummary } from '#engine/model/token'
import { createToken } from '#operations/tokens/create-token'
import { listTokens } from '#operations/tokens/list-tokens'
import { revokeToken } from '#operations/tokens/revoke-token'
import type { Surroundings } from '../command.js'
import { failure } from '../failure.js'

/** What is done with tokens, wherever they are kept. */
export interface Tokens {
  create(request: TokenRequest): Promise<CreatedToken>
  list(): Promise<readonly TokenSummary[]>
  revoke(id: string): Promise<void>
}

/** Tokens of the store that this environment names. */
export async function tokensHere<T>({ environment, now, caller }: Surroundings, work: (tokens: Tokens) => Promise<T>): Promise<T> {
  const read = readConfig(environment)
  if ('problems' in read) throw failure('input', read.problems.join('\nsightline: '))
  // Loaded only here: it brings the database along.
  const { withOwnStore } = await import('#own-store')
  try {
    return await withOwnStore(read.config, (store) => {
      const needs = { store, now, caller }
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
    })
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'STORE_HELD')) throw error
    throw failure('conflict', `${error.message}; where that is the service, ask it with \`--server\` and a token with the scope \`admin\``)
  }
}
