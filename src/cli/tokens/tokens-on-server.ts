import type { CreatedToken, TokenSummary } from '#engine/model/access/token'
import { askServer, askServerJson } from '../ask-server.js'
import { pagesOnServer } from '../server/pages-on-server.js'
import type { Server } from '../server/server.js'
import type { Tokens } from './tokens-here.js'

/** Tokens of a running service, over REST. */
export const tokensOnServer = (server: Server): Tokens => ({
  create: (request) => askServerJson<CreatedToken>(server, { method: 'POST', path: '/v1/tokens', body: JSON.stringify(request) }),
  list: () => pagesOnServer<TokenSummary>(server, '/v1/tokens'),
  revoke: async (id) => void (await askServer(server, { method: 'DELETE', path: `/v1/tokens/${encodeURIComponent(id)}` })),
})
