import { isOn } from '../flags.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import { audienceOf } from './audience.js'
import type { MeshPort, MeshService } from './mesh-service.js'
import type { Cluster, ControlPlane } from '../snapshot.js'

/** What a control plane's records are made with. */
export interface RecordContext {
  readonly controlPlane: ControlPlane
  /** Config cluster first. */
  readonly clusters: readonly Cluster[]
  /** Domain of the control plane, for the clusters it reads as well (VIS-7). */
  readonly suffix: string
  readonly selects: (cluster: string, namespace: string) => boolean
  readonly isClusterLocal: (host: string) => boolean
}

export interface Definition {
  readonly cluster: Cluster
  readonly service: Service
}

const none: readonly string[] = []
const toPort = ({ name, number, protocol, serverFirst }: ServicePort): MeshPort =>
  serverFirst === true ? { name, number, protocol, serverFirst } : { name, number, protocol }

const resolutionOf = (service: Service, controlPlane: ControlPlane): MeshService['resolution'] => {
  if (service.type === 'ExternalName') return 'ALIAS'
  const passthrough = service.headless && !isOn(controlPlane, 'PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES')
  return passthrough ? 'PASSTHROUGH' : 'EDS'
}

/** Service accounts of the annotations as names of certificates: plain names are accounts of the namespace. */
const identityOf = (account: string, namespace: string, trustDomain: string): string => {
  if (account.startsWith('spiffe://')) return account
  return account.includes('/') ? `spiffe://${account}` : `spiffe://${trustDomain}/ns/${namespace}/sa/${account}`
}

/** Declared names come from the youngest record only (TLS-18); the accounts of all clusters' Services count as one record (VIS-8). */
const subjectAltNamesOf = (
  context: RecordContext,
  definitions: readonly Definition[],
  entries: readonly ServiceEntry[],
): readonly string[] => {
  const winner = definitions[0]?.service
  const youngest = entries.at(-1)
  if (youngest !== undefined && winner !== undefined && youngest.meta.createdAt > winner.meta.createdAt) return youngest.subjectAltNames
  const trustDomain = context.controlPlane.meshConfig.trustDomain
  const accounts = definitions.flatMap(({ service }) =>
    service.serviceAccounts.map((account) => identityOf(account, service.meta.namespace, trustDomain)),
  )
  return accounts.length === 0 ? none : [...new Set(accounts)]
}

/** By cluster; one map for all that have none, as most of a mesh that is not there yet. */
function addressesOf(definitions: readonly Definition[]): ReadonlyMap<string, readonly string[]> {
  const stated = definitions.filter(({ service }) => service.clusterIps.length > 0)
  return stated.length === 0 ? nowhere : new Map(stated.map(({ cluster, service }) => [cluster.name, service.clusterIps]))
}

const nowhere: ReadonlyMap<string, readonly string[]> = new Map()

/** One record of the Services that share name and namespace; `definitions` in the order of the clusters, not empty. */
export const kubernetesRecord = (
  context: RecordContext,
  definitions: readonly Definition[],
  entries: readonly ServiceEntry[],
): MeshService => {
  const [winner] = definitions
  if (winner === undefined) throw new Error('a record needs a definition')
  const { service, cluster } = winner
  const { meta } = service
  const hostname = `${meta.name}.${meta.namespace}.svc.${context.suffix}`
  const addresses = addressesOf(definitions)
  return {
    hostname,
    namespace: meta.namespace,
    registry: 'KUBERNETES',
    ports: service.ports.map(toPort),
    resolution: resolutionOf(service, context.controlPlane),
    meshExternal: false,
    headless: service.headless,
    externalName: service.type === 'ExternalName' ? service.externalName?.toLowerCase().replace(/\.$/, '') : undefined,
    exportTo: audienceOf(service.exportTo ?? none, context.controlPlane.meshConfig.defaultServiceExportTo, meta.namespace),
    addresses,
    defaultAddresses: addresses.values().next().value ?? none,
    autoAllocated: false,
    clusterLocal: context.isClusterLocal(hostname),
    createdAt: meta.createdAt,
    definitions: definitions.map((definition) => ({ cluster: definition.cluster.name, service: definition.service })),
    entry: undefined,
    entries,
    subjectAltNames: subjectAltNamesOf(context, definitions, entries),
    ref: cluster.ref(meta),
  }
}
