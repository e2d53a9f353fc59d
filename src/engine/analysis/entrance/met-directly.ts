import type { ResourceRef } from '../../model/resource-ref.js'
import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { remembered } from '../../remembered.js'
import { ipFamily } from '../../istiod/matching/ip-family.js'
import { gatewayAddressesOf } from '../../snapshot/networks/gateway-addresses.js'
import { servicesOf } from './published-names.js'

/** A Service that clients outside meet by itself, without any gateway. */
export interface MetDirectly {
  readonly cluster: Cluster
  readonly service: Service
  /** How, in words. */
  readonly by: string
  readonly ref: ResourceRef
}

const shown = 3

/** How the Service is met from outside of its cluster, in words; undefined: by nobody. */
function howMet({ type, ingressAddresses, externalIps, ports }: Service): string | undefined {
  const told = [...ingressAddresses, ...externalIps].slice(0, 2)
  if (told.length > 0) return `at \`${told.join('`, `')}\``
  if (type === 'LoadBalancer') return 'at the address that its load balancer gets'
  const nodePorts = ports.flatMap(({ nodePort }) => nodePort ?? [])
  return type !== 'NodePort'
    ? undefined
    : nodePorts.length === 0
      ? 'at node ports'
      : `at port ${nodePorts.slice(0, shown).join(', ')} of the nodes`
}

/** All of them. */
export const metDirectly = remembered((snapshot: Snapshot): readonly MetDirectly[] =>
  servicesOf(snapshot).flatMap(({ cluster, service }) => {
    const by = howMet(service)
    return by === undefined ? [] : [{ cluster, service, by, ref: cluster.ref(service.meta, 'spec.type') }]
  }),
)

/** What is not given of the addresses at which it is met at the port, or at any: its load balancer's, or those of the nodes; undefined: they are known. */
export function unplacedPort({ cluster, service }: MetDirectly, asked: number | undefined): 'BALANCER' | 'NODES' | undefined {
  const { ports, type } = service
  const isMeant = (number: number | undefined): boolean => number !== undefined && (asked === undefined || asked === number)
  const isUntold = type === 'LoadBalancer' && gatewayAddressesOf(cluster, service).some(({ address }) => ipFamily(address) === undefined)
  if (isUntold && ports.some(({ number }) => isMeant(number))) return 'BALANCER'
  const hasNodes = [...cluster.resources.nodes.values()].some(({ externalIps }) => externalIps.length > 0)
  return !hasNodes && type === 'NodePort' && ports.some(({ nodePort }) => isMeant(nodePort)) ? 'NODES' : undefined
}

/** The first few, as a sentence goes on. */
export function tellMetDirectly(list: readonly MetDirectly[]): string {
  if (list.length === 0) return ''
  const names = list.slice(0, shown).map(({ service: { meta }, by }) => `Service \`${meta.namespace}/${meta.name}\` ${by}`)
  return `; without a gateway one meets ${names.join(', ')}${list.length > shown ? ` and ${list.length - shown} more` : ''}`
}
