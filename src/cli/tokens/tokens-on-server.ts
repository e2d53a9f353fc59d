import type { CreatedToken, TokenSummary } from '#engine/model/access/token'
import { askServer, askServerJson } from '../ask-server.js'
import type { Server } from '../server/server.js'
import type { Tokens } from './tokens-here.js'

interface Page {
  readonly items: readonly TokenSummary[]
  readonly page: { readonly nextCursor: string | null }
}

/** Tokens of a running service, over REST. */
export const tokensOnServer = (server: Server): Tokens => ({
  create: (request) => askServerJson<CreatedToken>(server, { method: 'POST', path: '/v1/tokens', body: JSON.stringify(request) }),
  list: async () => {
    const found: TokenSummary[] = []
    for (let after: string | null | undefined; after !== null; ) {
      const query = { first: '100', after }
      const { items, page } = await askServerJson<Page>(server, { method: 'GET', path: '/v1/tokens', query })
      found.push(...items)
      after = page.nextCursor
    }
    return found
  },
  revoke: async (id) => void (await askServer(server, { method: 'DELETE', path: `/v1/tokens/${encodeURIComponent(id)}` })),
})
