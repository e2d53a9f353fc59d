import type { Client } from '../analysis/call/call.js'
import { addressesInTable, namesOfPods } from '../analysis/name/name-table.js'
import type { ProxyScope } from '../istiod/scope/proxy-scope.js'
import { servicesThere } from './services-there.js'

/** What the proxy itself answers under DNS capture; addresses that are given automatically are not known here (DNS-8 … DNS-12). */
export const namesOf = (client: Client, scope: ProxyScope): Record<string, string[]> => {
  const names: Record<string, string[]> = {}
  for (const scoped of servicesThere(scope)) {
    const addresses = addressesInTable(client, scoped).filter((address) => address !== 'auto')
    if (addresses.length > 0) names[scoped.service.hostname] = [...addresses]
    for (const [name, pods] of namesOfPods(client, scoped)) names[name] = [...pods]
  }
  return names
}
