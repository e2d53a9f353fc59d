import type { FederationHeader } from '../../model/topology/federation-header.js'
import type { Assumption } from '../../model/step.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import { headerRef } from '../references.js'
import type { Cluster, Snapshot } from '../snapshot.js'

const kind = 'Federation'
const isIp = (address: string): boolean => /^[\d.]+$/.test(address) || address.includes(':')

const nameOf = ({ importer, exporter }: FederationHeader): string => `${importer}/${exporter}`

/** Ports of the exported Service, as its own mesh's clusters declare it: the statement itself names none. */
const portsOf = (clusters: readonly Cluster[], namespace: string, name: string): ServiceEntry['ports'] => {
  for (const { resources } of clusters) {
    const service = resources.services.get(namespace)?.find((candidate) => candidate.meta.name === name)
    if (service !== undefined) return service.ports.map((port) => ({ name: port.name, number: port.number, protocol: port.protocol }))
  }
  return []
}

type Exported = NonNullable<FederationHeader['services']>[number]

interface Exporter {
  readonly clusters: readonly Cluster[]
  readonly trustDomain: string
}

const entryOf = (federation: FederationHeader, service: Exported, { clusters, trustDomain }: Exporter, position: number): ServiceEntry => {
  const gateways = federation.gateways ?? []
  const ports = portsOf(clusters, service.namespace, service.name)
  return {
    meta: { kind, namespace: service.namespace, name: nameOf(federation), labels: {}, annotations: {}, createdAt: 0, index: -1 - position },
    hosts: [(service.as ?? `${service.name}.${service.namespace}.svc.${trustDomain}`).toLowerCase()],
    addresses: [],
    allocatedAddresses: [],
    ports,
    location: 'MESH_INTERNAL',
    resolution: gateways.every((gateway) => isIp(gateway.address)) ? 'STATIC' : 'DNS',
    endpoints: gateways.map((gateway) => ({
      address: gateway.address,
      ports: Object.fromEntries(ports.map((port) => [port.name, gateway.port ?? 15443])),
      labels: { 'security.istio.io/tlsMode': 'istio' },
      network: '',
      locality: '',
      weight: 1,
      serviceAccount: '',
    })),
    exportTo: [],
    subjectAltNames: [],
  }
}

/**
 * The MESH_INTERNAL ServiceEntries that the federations of an importing mesh amount to (TRUST-13): one for each service, its
 * endpoints the exporter's gateways.
 */
export const federatedEntriesOf = (snapshot: Snapshot, mesh: string | undefined): readonly ServiceEntry[] =>
  snapshot.federations.flatMap((federation, position) => {
    if (mesh === undefined || federation.importer !== mesh) return []
    const clusters = [...snapshot.clusters.values()].filter((cluster) => cluster.mesh.value === federation.exporter)
    const trustDomain = snapshot.meshes.find(({ name }) => name === federation.exporter)?.trustDomain.value ?? federation.exporter
    return (federation.services ?? []).map((service) => entryOf(federation, service, { clusters, trustDomain }, position))
  })

/** Each federation that offers services is an assumption of every answer: no object shows its ServiceEntries. */
export const federationAssumptions = (federations: readonly FederationHeader[]): readonly Assumption[] =>
  federations.flatMap((federation, position) => {
    const count = federation.services?.length ?? 0
    if (count === 0) return []
    return [
      {
        code: 'FEDERATION_STATED',
        message: `mesh \`${federation.importer}\` is taken to have ServiceEntries for ${count} service(s) of mesh \`${federation.exporter}\`, as the document states`,
        because: [headerRef(kind, nameOf(federation), `federations[${position}]`)],
      },
    ]
  })
