import { endpointsByNumber } from '../../../istiod/endpoints/endpoints-of.js'
import { type EgressListener, everyAddress } from '../../../istiod/scope/egress-listeners.js'
import type { ListenedRecord } from '../../../istiod/scope/proxy-scope.js'
import type { MeshPort, MeshService } from '../../../snapshot/services/mesh-service.js'
import type { ControlPlaneView } from '../../../snapshot/snapshot.js'
import type { Heard, Told } from './connection-chains.js'

/** The proxy that listens, as far as that makes a difference. */
export interface Listening {
  readonly view: ControlPlaneView
  readonly cluster: string
  readonly capturesDns: boolean
}

/** Requests are told apart by what they ask for, and datagrams are not taken. */
export const listensForConnections = ({ protocol }: Pick<MeshPort, 'protocol'>): boolean => protocol !== 'HTTP' && protocol !== 'UDP'

/** How the connections to a port of the record are listened for at the place: an address, or every address; once for each block of addresses. */
export function heardAt(proxy: Listening, listened: ListenedRecord, place: string, number: number): readonly Heard[] {
  const { record, listener, ports } = listened
  const declared = ports.includes(number) ? record.ports.find((one) => one.number === number) : undefined
  const port = declared && readBy(listener, declared)
  if (port === undefined || !listensForConnections(port) || record.resolution === 'ALIAS') return []
  const byAddress = place !== everyAddress
  return toldAt(proxy, listened, place, number).map((told) => ({ record, listener, port, byAddress, ...told }))
}

const isBlock = (address: string): boolean => address.includes('/')

/** By what connections to the record are told from others at the place. */
function toldAt(proxy: Listening, { record, listener }: ListenedRecord, place: string, number: number): readonly Told[] {
  const isOpen = place === everyAddress
  const addresses = addressesOf(proxy, record)
  const [first] = addresses
  if (first === undefined)
    return listener.bind !== '' || isPlace(proxy, record, listener, place, number) ? [{ subnets: [], byName: isOpen }] : []
  if (listener.bind !== '') return [{ subnets: [], byName: isBlock(first) }]
  if (!isOpen) return addresses.some((address) => address === place && !isBlock(address)) ? [{ subnets: [], byName: false }] : []
  return addresses.filter(isBlock).map((block) => ({ subnets: [block], byName: true }))
}

/** One with a port of its own says how the port is read; without a word of it only requests are. */
const readBy = ({ protocol, routedPort }: EgressListener, port: MeshPort): MeshPort | undefined => {
  if (routedPort === undefined) return port
  return protocol && { ...port, protocol }
}

/** As this proxy has them; one that is allocated is nobody else's. */
function addressesOf({ cluster, capturesDns }: Listening, record: MeshService): readonly string[] {
  const { addresses, defaultAddresses, autoAllocated, headless } = record
  const local = addresses.get(cluster) ?? []
  if (local.length > 0) return local
  if (headless) return []
  if (autoAllocated && capturesDns) return ['auto']
  const written = defaultAddresses.filter((address) => address !== everyAddress)
  return written.length === 0 && record.registry === 'KUBERNETES' ? ['auto'] : written
}

/** Without an address of its own: where its endpoints are that are dialled as they are, else every address (ROUTE-32). */
function isPlace({ view }: Listening, record: MeshService, listener: EgressListener, place: string, port: number): boolean {
  if (record.resolution !== 'PASSTHROUGH' || listener.routedPort !== undefined) return place === everyAddress
  const endpoints = endpointsByNumber(view, record, port)
  const isLeftOpen = endpoints.length === 0 && record.registry === 'SERVICE_ENTRY' && record.entry?.workloadSelector === undefined
  if (isLeftOpen) return place === everyAddress
  return endpoints.some(({ address }) => address === place)
}
