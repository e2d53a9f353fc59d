import { flatMap } from '../../flat-map.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { Client } from '../call/call.js'
import { addressesFor } from '../name/name-table.js'
import { blocksOf, blockOver } from '../../istiod/matching/blocks-of.js'
import { openListener } from '../../istiod/scope/open-listener.js'
import { holdsEveryAddress } from '../../istiod/scope/routed-by.js'
import type { ListenedRecord, ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { virtualServicesFor } from '../../istiod/scope/virtual-services-for.js'
import { remembered } from '../../remembered.js'
import { subnetOver } from './chain-by-address.js'
import type { RoutingProxy } from './concerns-proxy.js'

/** Whom a listener on every address of a port was made for, or its chain for a block of them. */
export interface Taker {
  readonly service: MeshService
  /** The block that it takes, where that is not every address. */
  readonly block?: string
  /** As the listener reads it. */
  readonly port: MeshPort
  /** Why it takes what is for others, to stand between `which` and the port. */
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
  const entries = scope.view.services.filter(({ registry }) => registry === 'SERVICE_ENTRY')
  const open = (record: MeshService): number => (record.exportTo.has('*') ? 1 : 0)
  const inOrder = entries.sort((a, b) => open(a) - open(b) || a.createdAt - b.createdAt || (a.hostname < b.hostname ? -1 : 1))
  for (const candidate of flatMap(inOrder, (record) => candidatesFor(scope, record))) {
    const known = lists.get(candidate.port.number)
    if (known === undefined) lists.set(candidate.port.number, [candidate])
    else known.push(candidate)
  }
  return lists
})

/** As each listener reads them; where one with the port has all addresses, one for all ports adds nothing (VIS-42). */
const candidatesFor = (scope: ProxyScope, service: MeshService): readonly Candidate[] =>
  flatMap(scope.services.get(service.hostname)?.listening ?? [], ({ record, listener, ports }) =>
    record !== service
      ? []
      : flatMap(service.ports, (port) => {
          const { protocol = port.protocol } = listener
          if (!ports.includes(port.number) || (protocol !== 'TCP' && protocol !== 'AUTO')) return []
          if (listener.routedPort === undefined && holdsEveryAddress(scope, port.number)) return []
          return [{ service, port: { ...port, protocol } }]
        }),
  )

/**
 * The service whose listener takes a connection to the port that no listener of a single address takes: the one that a Sidecar binds to every
 * address, else the TCP ServiceEntry of the narrowest block around what is dialled, else one without an address, which listens on all of them; of
 * several the first in order. `dialled` are addresses, or blocks where no more is known. Rules DNS-16, ROUTE-31, VIS-42.
 */
export function wildcardListener(scope: ProxyScope, client: Client, port: number, dialled: readonly string[]): Taker | undefined {
  const open = openListener(scope, port)
  if (open !== undefined) return boundToAll(scope, open, port)
  const candidates = candidatesOf(scope).get(port) ?? []
  const within = inBlock(scope, client, candidates, dialled)
  if (within !== undefined) return within
  const takesAll = ({ service }: Candidate): boolean => blocksOf(service).length === 0 && addressesFor(client, service).length === 0
  const found = candidates.find(takesAll)
  return found && { ...found, how: 'has no address of its own and takes all of', because: [found.service.ref] }
}

/**
 * Envoy goes by the narrowest block, wherever its chain stands; of two chains of one block istiod keeps the first. Routes have blocks of their own,
 * in the service's or not (ROUTE-9).
 */
function inBlock(scope: ProxyScope, client: Client, candidates: readonly Candidate[], dialled: readonly string[]): Taker | undefined {
  const { labels } = client.workload
  let narrowest = 0
  let found: Taker | undefined
  for (const { service, port } of candidates) {
    const proxy: RoutingProxy = { labels, namespace: scope.namespace, gateways: ['mesh'], port: port.number }
    const own = blockOver(service, dialled)
    const routes = addressesFor(client, service).length > 0 ? [] : virtualServicesFor(scope, service.hostname, port.number)
    const routed = subnetOver(routes.flat(), proxy, dialled)
    const isRouted = routed !== undefined && routed.prefix >= (own?.prefix ?? 0)
    const over = isRouted ? routed : own
    if (over === undefined || over.prefix <= narrowest) continue
    narrowest = over.prefix
    const has = isRouted ? 'has a route for' : 'has'
    found = { service, port, block: over.block, how: `${has} the addresses \`${over.block}\` and takes these of`, because: [service.ref] }
  }
  return found
}

function boundToAll({ sidecar, view }: ProxyScope, { listener, record }: ListenedRecord, number: number): Taker | undefined {
  const port = record.ports.find((one) => one.number === number)
  if (port === undefined || sidecar === undefined) return undefined
  const read = { ...port, protocol: listener.protocol ?? port.protocol }
  const because = [record.ref, view.ref(sidecar.meta, `${listener.path}.bind`)]
  return { service: record, port: read, how: 'the Sidecar binds to every address and takes all of', because }
}
