import { scopeOf } from '../../istiod/scope/scope-of.js'
import type { Client } from '../call/call.js'
import type { Named } from '../call/stage-values.js'

/**
 * Does the application dial an address that istiod has made up for a ServiceEntry? The proxy's DNS answers with it, and only listeners of proxies know
 * it: a connection that goes on to it meets nobody. Rules DNS-9, DNS-3.
 */
export const dialsMadeUp = (client: Client, { resolvedBy, addresses, hostname }: Named): boolean =>
  resolvedBy === 'DNS_CAPTURE' &&
  addresses.length > 0 &&
  addresses.every((address) => address === 'auto') &&
  (scopeOf(client)?.services.get(hostname)?.listening ?? []).every(({ record }) => record.registry === 'SERVICE_ENTRY')

/** Why nobody takes the connection. */
export const tellMadeUp = ({ hostname }: Named): string =>
  `the application dials the address that istiod has made up for \`${hostname}\`, which only listeners of proxies know, and there is nobody`
