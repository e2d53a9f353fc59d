/**
 * What may be called, port by port: hosts of services, and addresses of workloads that are dialled past any service.
 *
 * A Service has the name of the caller's own cluster there, as everybody who writes it means it (DNS-6); everything else has one name.
 */
import { inventoryServices } from '../inventory/inventory-services.js'
import type { InventoryService } from '../inventory/inventory.js'
import { remembered } from '../remembered.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Means } from './end.js'
import { tenantsAt } from './unit.js'

export interface Called {
  /** Orders what is called. */
  readonly key: string
  readonly kind: 'SERVICE' | 'ADDRESS'
  /** Undefined: an address. */
  readonly service: InventoryService | undefined
  /** As a caller of this domain writes it. */
  host(domain: string): string
  /** The same for people. */
  readonly name: string
  readonly namespace: string
  /** Where its definitions stand. */
  readonly clusters: readonly string[]
  readonly port: number
  readonly tenants: readonly string[]
  /** Of its servers those that the question means; undefined: all. */
  readonly means: Means
  /** Addresses of others of its kind, which are asked about as well where something looks at single instances. */
  readonly others: readonly string[]
}

/** Does any cluster define it as a Service, whose name ends with the domain of whoever asks? */
const isKubernetes = remembered((snapshot: Snapshot, service: InventoryService): boolean =>
  service.clusters.some((name) => {
    const cluster = snapshot.clusters.get(name)
    return cluster !== undefined && service.host.endsWith(`.${service.namespace}.svc.${cluster.clusterDomain}`)
  }),
)

const tenantsOf = (snapshot: Snapshot, { clusters, namespace }: InventoryService): readonly string[] => [
  ...new Set(
    clusters.flatMap((name) => {
      const cluster = snapshot.clusters.get(name)
      return cluster === undefined ? [] : tenantsAt(snapshot, cluster, namespace)
    }),
  ),
]

/** Of names that a wildcard stands for one is asked. */
export const nameUnder = (host: string): string => (host === '*' ? 'any.example' : host.replace('*', 'any'))

const callsOfService = remembered((snapshot: Snapshot, service: InventoryService): readonly Called[] => {
  const prefix = service.host.split('.').slice(0, 2).join('.')
  const host = isKubernetes(snapshot, service) ? (domain: string) => `${prefix}.svc.${domain}` : () => nameUnder(service.host)
  return service.ports
    .filter(({ protocol }) => protocol !== 'UDP')
    .map(({ number }) => ({
      key: `${service.host} ${service.namespace} ${`${number}`.padStart(5, '0')}`,
      kind: 'SERVICE',
      service,
      host,
      name: service.host,
      namespace: service.namespace,
      clusters: service.clusters,
      port: number,
      tenants: tenantsOf(snapshot, service),
      means: undefined,
      others: [],
    }))
})

/** Every port of the service, of which only those servers count. */
export const callsTo = (snapshot: Snapshot, service: InventoryService, means?: Means): readonly Called[] => {
  const calls = callsOfService(snapshot, service)
  return means === undefined ? calls : calls.map((one) => ({ ...one, means }))
}

/** Everything in any registry. */
export const everyCall = remembered((snapshot: Snapshot): readonly Called[] =>
  inventoryServices(snapshot).flatMap((service) => callsTo(snapshot, service)),
)
