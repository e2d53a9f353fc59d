import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { Client } from '../call/call.js'
import { addressesFor } from '../name/name-table.js'
import { holdsRecord } from '../../istiod/scope/listened-at.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { remembered } from '../../remembered.js'

/** ServiceEntries with TCP ports by port number: few, so that they are worth listing once. */
const candidatesOf = remembered((scope: ProxyScope): ReadonlyMap<number, readonly MeshService[]> => {
  const lists = new Map<number, MeshService[]>()
  const records = scope.view.services.filter(
    (record) => record.registry === 'SERVICE_ENTRY' && holdsRecord(scope.services.get(record.hostname), record),
  )
  const open = (record: MeshService): number => (record.exportTo.has('*') ? 1 : 0)
  for (const record of records.sort((a, b) => open(a) - open(b) || a.createdAt - b.createdAt || (a.hostname < b.hostname ? -1 : 1))) {
    for (const port of record.ports) {
      if (port.protocol === 'TCP' || port.protocol === 'AUTO') lists.set(port.number, [...(lists.get(port.number) ?? []), record])
    }
  }
  return lists
})

/**
 * The service whose listener takes every connection to the port that no other listener takes: a TCP ServiceEntry without an
 * address listens on all of them, and of several the first in order. Rules DNS-16, ROUTE-31.
 */
export function wildcardListener(scope: ProxyScope, client: Client, port: number): MeshService | undefined {
  return candidatesOf(scope)
    .get(port)
    ?.find((record) => addressesFor(client, record).length === 0)
}
