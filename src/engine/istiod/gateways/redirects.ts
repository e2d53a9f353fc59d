import type { GatewayServer } from '../../resources/istio/gateway.js'
import { covers } from '../../snapshot/covers.js'
import { isSecure } from './servers-for.js'

/** Does the server answer requests with a redirect to https? Those that came in by TLS need none (ROUTE-7). */
export const redirects = (server: GatewayServer): boolean => server.httpsRedirect && !isSecure(server)

/** The names for which it does so whether or not a VirtualService has them: its hosts as they are written, in lower case. */
export const redirectedOver = ({ hosts }: GatewayServer, asked: string): readonly string[] =>
  hosts.map((written) => written.toLowerCase()).filter((host) => covers(host, asked))
