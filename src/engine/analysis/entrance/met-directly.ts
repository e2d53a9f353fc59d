import type { ResourceRef } from '../../model/resource-ref.js'
import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { remembered } from '../../remembered.js'
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

/** The first few, as a sentence goes on. */
export function tellMetDirectly(list: readonly MetDirectly[]): string {
  if (list.length === 0) return ''
  const names = list.slice(0, shown).map(({ service: { meta }, by }) => `Service \`${meta.namespace}/${meta.name}\` ${by}`)
  return `; without a gateway one meets ${names.join(', ')}${list.length > shown ? ` and ${list.length - shown} more` : ''}`
}
