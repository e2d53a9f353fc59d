import type { ResourceRef } from '../../model/resource-ref.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { Client } from '../call/call.js'
import { addressesFor } from '../name/name-table.js'
import { holdsRecord } from '../../istiod/scope/listened-at.js'
import { openListener } from '../../istiod/scope/open-listener.js'
import type { ListenedRecord, ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { remembered } from '../../remembered.js'

/** Whom a listener on every address of a port was made for. */
export interface Taker {
  readonly service: MeshService
  /** As the listener reads it. */
  readonly port: MeshPort
  /** Why it takes what is for others, to stand behind `which`. */
  readonly how: string
  readonly because: readonly ResourceRef[]
}

interface Candidate {
  readonly service: MeshService
  readonly port: MeshPort
}

/** ServiceEntries with TCP ports by port number: few, so that they are worth listing once. */
const candidatesOf = remembered((scope: ProxyScope): ReadonlyMap<number, readonly Candidate[]> => {
  const lists = new Map<number, Candidate[]>()
  const records = scope.view.services.filter(
    (record) => record.registry === 'SERVICE_ENTRY' && holdsRecord(scope.services.get(record.hostname), record),
  )
  const open = (record: MeshService): number => (record.exportTo.has('*') ? 1 : 0)
  for (const service of records.sort((a, b) => open(a) - open(b) || a.createdAt - b.createdAt || (a.hostname < b.hostname ? -1 : 1))) {
    for (const port of service.ports) {
      if (port.protocol === 'TCP' || port.protocol === 'AUTO')
        lists.set(port.number, [...(lists.get(port.number) ?? []), { service, port }])
    }
  }
  return lists
})

/**
 * The service whose listener takes every connection to the port that no other listener takes: the one that a Sidecar binds to every address, else a
 * TCP ServiceEntry without an address, which listens on all of them, and of several the first in order. Rules DNS-16, ROUTE-31, VIS-42.
 */
export function wildcardListener(scope: ProxyScope, client: Client, port: number): Taker | undefined {
  const open = openListener(scope, port)
  if (open !== undefined) return boundToAll(scope, open, port)
  const found = candidatesOf(scope)
    .get(port)
    ?.find(({ service }) => addressesFor(client, service).length === 0)
  return found && { ...found, how: 'has no address of its own', because: [found.service.ref] }
}

function boundToAll({ sidecar, view }: ProxyScope, { listener, record }: ListenedRecord, number: number): Taker | undefined {
  const port = record.ports.find((one) => one.number === number)
  if (port === undefined || sidecar === undefined) return undefined
  const read = { ...port, protocol: listener.protocol ?? port.protocol }
  const because = [record.ref, view.ref(sidecar.meta, `${listener.path}.bind`)]
  return { service: record, port: read, how: 'the Sidecar binds to every address', because }
}
