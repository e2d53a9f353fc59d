/**
 * A client outside dials an address that no object has. Is it that of a gateway whose addresses are not given, or nobody's?
 *
 * A load balancer without status, one that is told by its name, nodes without addresses, a gateway without a Service: where any of these would take the
 * call, nobody knows whether it is met there. Else nobody takes it: who stands there is outside of every cluster as well. Rules GW-2, GW-3, NET-7, NET-37.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import { isAssumedAddress } from '../../snapshot/networks/gateway-addresses.js'
import { listSome } from '../answer/list-some.js'
import type { ResolvedCall } from '../call/call.js'
import { distinctRefs } from '../call/distinct-refs.js'
import { type Outcome, stop, undetermined } from '../call/outcome.js'
import { arriveAt } from '../packets/arrive-at.js'
import { refusedHolder } from '../packets/holders-of.js'
import { type Entrance, placeOf } from './entrance.js'
import { unplacedPort, metDirectly, tellMetDirectly } from './met-directly.js'
import { isAtNode } from './entrances-at-node.js'
import type { NamedOutside } from './name-outside.js'
import { takingEntrance } from './taking-entrance.js'

/** Undefined: it is somebody's, who is called without a gateway. */
export function nobodysAddress(
  call: ResolvedCall,
  named: NamedOutside,
  entrances: readonly Entrance[],
  asked: number | undefined,
): Outcome<never> | undefined {
  const { snapshot, workload } = call.client
  const [address = ''] = named.addresses ?? []
  if (ipFamily(address) === undefined || refusedHolder(snapshot, address) !== undefined) return undefined
  if (arriveAt(snapshot, workload, address, asked ?? 0).kind !== 'OUTSIDE') return undefined
  const open = entrances.filter(({ closed }) => closed === undefined)
  return atNode(call, address, open, asked) ?? maybeThere(call, named, entrances, asked) ?? nobodyThere(call, address, open)
}

/** A node forwards its node ports, and nothing else; whether clients outside get to an address inside of its network, nothing says. */
function atNode(
  { client: { snapshot } }: ResolvedCall,
  address: string,
  open: readonly Entrance[],
  asked: number | undefined,
): Outcome<never> | undefined {
  for (const cluster of snapshot.clusters.values()) {
    const node = [...cluster.resources.nodes.values()].find(({ addresses }) => addresses.includes(address))
    if (node === undefined) continue
    const isOuter = node.externalIps.includes(address)
    const because = [cluster.ref(node.meta, 'status.addresses')]
    const name = `node \`${node.meta.name}\` of \`${cluster.name}\``
    const isOpen = open.some(
      (one) =>
        (one.nodePort === true || isAtNode(one.proxy.workload)) && one.cluster === cluster && (asked === undefined || one.port === asked),
    )
    if (isOpen && !isOuter) {
      const message = `\`${address}\` is an internal address of ${name}, and whether clients outside reach it is not given`
      return undetermined('NETWORK', message, because)
    }
    const port = asked === undefined ? 'and the question states no node port' : `which has no node port ${asked}`
    return stop('NETWORK', { reason: 'NOT_LISTENING', message: `\`${address}\` is an address of ${name}, ${port}`, because })
  }
  return undefined
}

interface Unplaced {
  readonly who: string
  readonly lack: string
  readonly because: readonly ResourceRef[]
}

/** Somebody would take the call, and nothing says at which addresses he is met. */
function maybeThere(
  call: ResolvedCall,
  named: NamedOutside,
  entrances: readonly Entrance[],
  asked: number | undefined,
): Outcome<never> | undefined {
  const [address] = named.addresses ?? []
  const met = entrances.filter(
    (entrance) =>
      entrance.closed === undefined &&
      (asked === undefined || entrance.port === asked) &&
      entrance.addresses.some((one) => ipFamily(one) === undefined) &&
      takingEntrance(entrance, named, call.attributes) !== undefined,
  )
  const found = [...met.map(unplaced), ...unplacedServices(call, entrances, asked)]
  const [first, ...others] = [...new Map(found.map((one) => [one.who, one])).values()]
  if (first === undefined) return undefined
  const more = others.slice(0, 1).map(({ who, lack }) => `; the same holds for ${who}, without ${lack}`)
  const message = `whether \`${address}\` is an address of ${first.who} is not known without ${first.lack}${more.join('')}`
  return undetermined('NETWORK', message, distinctRefs(found.flatMap(({ because }) => because)))
}

function unplaced(entrance: Entrance): Unplaced {
  const { service, because, cluster, nodePort } = entrance
  const who = `gateway \`${placeOf(entrance)}\``
  if (service === undefined) {
    return {
      who,
      lack: isAtNode(entrance.proxy.workload) ? `the addresses of the Nodes of \`${cluster.name}\`` : 'the Service that leads to it',
      because,
    }
  }
  const name = `Service \`${service.meta.namespace}/${service.meta.name}\``
  if (nodePort === true) return { who, lack: `the addresses of the Nodes of \`${cluster.name}\``, because }
  const [host] = entrance.addresses.filter((one) => !isAssumedAddress(one))
  const lack = host === undefined ? `the status of ${name}` : `the addresses behind \`${host}\``
  return { who, lack, because }
}

/** Those that are met without a gateway. */
const unplacedServices = (
  { client: { snapshot } }: ResolvedCall,
  entrances: readonly Entrance[],
  asked: number | undefined,
): readonly Unplaced[] =>
  metDirectly(snapshot)
    .filter((one) => !entrances.some(({ service }) => service === one.service) && unplacedPort(one, asked) !== undefined)
    .map((one) => ({
      who: `Service \`${one.service.meta.namespace}/${one.service.meta.name}\` of \`${one.cluster.name}\``,
      lack: unplacedPort(one, asked) === 'NODES' ? `the addresses of the Nodes of \`${one.cluster.name}\`` : 'its status',
      because: [one.ref],
    }))

/** The addresses that gateways do have are told, those written alike first. */
function nobodyThere({ client: { snapshot }, host }: ResolvedCall, address: string, open: readonly Entrance[]): Outcome<never> {
  const placed = open.filter(({ addresses }) => addresses.some((one) => ipFamily(one) !== undefined))
  const known = [...new Set(placed.flatMap(({ addresses }) => addresses.filter((one) => ipFamily(one) !== undefined)))]
  const near = nearestNames(address, known)
  const direct = metDirectly(snapshot)
  const because = [
    ...(placed.length > 0 ? placed : open).flatMap((one) => one.because),
    ...(open.length > 0 ? [] : direct.map(({ ref }) => ref)),
  ]
  const shown = [...near, ...known.filter((one) => !near.includes(one))]
  const told =
    shown.length > 0
      ? `; gateways are met at ${listSome(shown)}`
      : open.length > 0
        ? `; gateway \`${open.slice(0, 1).map(placeOf).join('')}\`, whose address is not given, would not take the call`
        : tellMetDirectly(direct)
  const message = `nothing in the document has the address \`${host}\`${told}`
  return stop('NETWORK', {
    reason: 'GATEWAY_NOT_FOUND',
    message,
    because: distinctRefs(because).slice(0, 3),
  })
}
