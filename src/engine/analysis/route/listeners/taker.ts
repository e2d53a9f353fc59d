import type { ResourceRef } from '../../../model/resource-ref.js'
import { everyAddress } from '../../../istiod/scope/egress-listeners.js'
import type { ProxyScope } from '../../../istiod/scope/proxy-scope.js'
import { widthOver } from './chain-taking.js'
import type { ConnectionChain } from './filter-chain.js'

/** Whose listener, or chain of it, takes a connection. */
export interface Taker {
  readonly chain: ConnectionChain
  /** The block of addresses by which it does, if it goes by one. */
  readonly block: string | undefined
  /** Why it takes what is for others, to stand between `which` and the port. */
  readonly how: string
  readonly because: readonly ResourceRef[]
}

/** `address`: what is dialled. */
export function takerBy(scope: ProxyScope, chain: ConnectionChain, address: string | undefined): Taker {
  const { record, subnets, listener, byAddress } = chain
  const block = mostOver(subnets, address)
  if (block !== undefined) {
    const has = chain.routing === undefined ? 'has' : 'has a route for'
    return { chain, block, how: `${has} the addresses \`${block}\` and takes these of`, because: [record.ref] }
  }
  if (listener.bind === everyAddress && scope.sidecar !== undefined) {
    const because = [record.ref, scope.view.ref(scope.sidecar.meta, `${listener.path}.bind`)]
    return { chain, block, how: 'the Sidecar binds to every address and takes all of', because }
  }
  const [name, ...others] = chain.names
  if (name !== undefined && name !== '*') {
    const names = others.length === 0 ? `the server name \`${name}\`` : `\`${name}\` and other server names`
    return { chain, block, how: `takes ${names} of`, because: [record.ref] }
  }
  const how = byAddress ? 'has the same address, comes first and takes all of' : 'has no address of its own and takes all of'
  return { chain, block, how, because: [record.ref] }
}

/** The narrowest of the blocks over the address. */
function mostOver(subnets: readonly string[], address: string | undefined): string | undefined {
  let most = 0
  let found: string | undefined
  for (const block of subnets) {
    const width = widthOver([block], address) ?? 0
    if (width <= most) continue
    most = width
    found = block
  }
  return found
}
