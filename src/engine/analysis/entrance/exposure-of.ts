/**
 * Where is a Service met from outside of its cluster, and at which port?
 *
 * What the document states for it counts first, then its load balancer and external addresses, then the nodes at its node ports. A ClusterIP is
 * met by nobody outside. Rules NET-7, GW-2.
 */
import type { Assumption, Condition } from '../../model/step.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import { gatewayAddressesOf } from '../../snapshot/networks/gateway-addresses.js'
import { headerRef } from '../../snapshot/references.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { condition } from '../call/condition.js'
import type { Said } from '../call/outcome.js'

export interface Exposure {
  readonly port: number
  /** It is a node's port. */
  readonly nodePort?: true
  readonly addresses: readonly string[]
  readonly because: readonly ResourceRef[]
  readonly assumptions: readonly Assumption[]
  /** Its address is one of a private network. */
  readonly internal?: true
  readonly conditions?: readonly Condition[]
}

/** The ways to one port of the Service; or why there is none. */
export function exposuresOf(snapshot: Snapshot, cluster: Cluster, service: Service, port: ServicePort): readonly Exposure[] | Said {
  const stated = statedFor(snapshot, cluster, service, port)
  if (stated !== undefined) return [stated]
  const because = [cluster.ref(service.meta)]
  const nodePorts = atNodes(cluster, service, port)
  const found = service.type === 'NodePort' ? [] : gatewayAddressesOf(cluster, service)
  if (found.length === 0) return nodePorts === undefined ? unexposed(cluster, service) : [nodePorts]
  const assumptions = found.some(({ assumed }) => assumed) ? [addressAssumed(cluster, service)] : []
  const addresses = found.map(({ address }) => address)
  const balanced = { port: port.number, addresses, because, assumptions, ...balancerOf(cluster, service) }
  return [balanced, ...(nodePorts ? [nodePorts] : [])]
}

/** Whom the load balancer lets in; external addresses are not its own. */
function balancerOf(cluster: Cluster, service: Service): Pick<Exposure, 'internal' | 'conditions'> {
  const { internalBy, sourceRanges = [], type, externalIps, meta } = service
  if (type !== 'LoadBalancer' || externalIps.length > 0) return {}
  const name = `Service \`${meta.namespace}/${meta.name}\` of \`${cluster.name}\``
  const ranges = sourceRanges.length > 3 ? `${sourceRanges.length} ranges` : sourceRanges.map((range) => `\`${range}\``).join(', ')
  const conditions = [
    ...(internalBy === undefined
      ? []
      : [
          condition('PRIVATE_NETWORK_NEEDED', `${name} asks for an internal load balancer: only clients of its private network reach it`, [
            cluster.ref(meta, internalBy),
          ]),
        ]),
    ...(sourceRanges.length === 0
      ? []
      : [
          condition('CLIENT_ADDRESS_DECIDES', `the load balancer of ${name} lets in clients from ${ranges} only`, [
            cluster.ref(meta, 'spec.loadBalancerSourceRanges'),
          ]),
        ]),
  ]
  return { ...(internalBy === undefined ? {} : { internal: true as const }), ...(conditions.length === 0 ? {} : { conditions }) }
}

function statedFor({ statedGateways }: Snapshot, cluster: Cluster, service: Service, port: ServicePort): Exposure | undefined {
  const name = `${service.meta.namespace}/${service.meta.name}`
  const position = statedGateways.findIndex((one) => one.cluster === cluster.name && one.service === name)
  const stated = statedGateways[position]
  if (stated === undefined || stated.reachableFrom !== undefined) return undefined
  if (stated.port !== undefined && stated.port !== port.number) return undefined
  const because = [cluster.ref(service.meta), headerRef('Gateway', name, `gateways[${position}]`)]
  return { port: port.number, addresses: stated.addresses, because, assumptions: [] }
}

/** Any node leads to a node port; which addresses nodes have outside is often not told. */
function atNodes(cluster: Cluster, service: Service, { nodePort }: ServicePort): Exposure | undefined {
  if (nodePort === undefined || service.type === 'ClusterIP') return undefined
  const told = [...cluster.resources.nodes.values()].flatMap(({ externalIps }) => externalIps)
  const because = [cluster.ref(service.meta, 'spec.ports')]
  if (told.length > 0) return { port: nodePort, nodePort: true, addresses: [...new Set(told)], because, assumptions: [] }
  const message = `nodes of \`${cluster.name}\` are taken to have addresses that are reached from outside, at which node port ${nodePort} is met`
  return {
    port: nodePort,
    nodePort: true,
    addresses: [`node:${cluster.name}`],
    because,
    assumptions: [{ code: 'GATEWAY_ADDRESS_ASSUMED', message, because }],
  }
}

function addressAssumed(cluster: Cluster, service: Service): Assumption {
  const name = `\`${service.meta.namespace}/${service.meta.name}\``
  const message = `Service ${name} of \`${cluster.name}\` is a LoadBalancer without status, and is taken to get an address`
  return { code: 'GATEWAY_ADDRESS_ASSUMED', message, because: [cluster.ref(service.meta)] }
}

function unexposed(cluster: Cluster, service: Service): Said {
  const name = `Service \`${service.meta.namespace}/${service.meta.name}\` of \`${cluster.name}\``
  const because = [cluster.ref(service.meta)]
  const message =
    service.type === 'LoadBalancer'
      ? `${name} is a LoadBalancer to which its status gives no address`
      : `${name} is of type \`${service.type}\`, which nobody outside of the cluster reaches`
  return { reason: 'GATEWAY_UNREACHABLE', message, because }
}
