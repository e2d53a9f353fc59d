import type { ContainerPort } from '../../resources/kubernetes/pod.js'
import type { PolicyPort, TransportProtocol } from '../../resources/network-policy/policy-port.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { anyOf, decided, type Match, maybe, no } from './match.js'
import { isPod } from './peer.js'

/** Where a connection arrives: the port on the wire, and the names that the pod there gives its ports. */
export interface Arriving {
  readonly port: number
  readonly protocol: TransportProtocol
  /** Undefined at an address that is no pod's: it has no names. `UNKNOWN` where the pod is not given. */
  readonly names: readonly ContainerPort[] | 'UNKNOWN' | undefined
}

/** The names at a pod; what a gateway's pod that was only assumed declares is not known. */
export const namesAt = (workload: Workload): Arriving['names'] =>
  isPod(workload) ? (workload.meta.index < 0 && workload.synthesised ? 'UNKNOWN' : workload.containerPorts) : undefined

const matchName = (name: string, protocol: TransportProtocol, { port, names }: Arriving): Match => {
  if (names === 'UNKNOWN') return maybe(`which port is named \`${name}\` at a pod that is not given`)
  return decided(names?.some((one) => one.name === name && one.number === port && (one.protocol ?? 'TCP') === protocol) === true)
}

const matchPort = ({ protocol, range, name }: PolicyPort, arriving: Arriving): Match => {
  if (protocol !== undefined && protocol !== arriving.protocol) return no
  if (name !== undefined) return matchName(name, arriving.protocol, arriving)
  return decided(range === undefined || (range.first <= arriving.port && arriving.port <= range.last))
}

/** Absent ports are every port. Rules NP-8, NP-12, NP-34. */
export const matchPorts = (ports: readonly PolicyPort[] | undefined, arriving: Arriving): Match =>
  ports === undefined ? decided(true) : anyOf(ports.map((port) => matchPort(port, arriving)))
