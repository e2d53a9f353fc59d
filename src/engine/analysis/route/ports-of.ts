import { flatMap } from '../../flat-map.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import { findService } from '../../snapshot/services/find-service.js'
import { readClustersetName } from '../../snapshot/services/clusterset-names.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import type { DeclaredPort } from '../call/sent-on.js'
import { listenedPorts } from '../../istiod/scope/listened-at.js'
import { gatewaysSelecting } from '../../istiod/gateways/gateways-selecting.js'
import type { Client } from '../call/call.js'
import type { InScope, Named } from '../call/stage-values.js'
import { exportedPorts } from '../packets/exporters-of.js'
import { entriesFor } from '../name/ask-stub-domain.js'

interface KnownPort extends DeclaredPort {
  readonly number: number
}

/** Ports to ask about when the question names none; empty where nothing says. */
export function portsOf(client: Client, named: Named, { mode, scope, service }: InScope): readonly number[] {
  if (client.workload.dataPlane === 'GATEWAY' && scope !== undefined) {
    const servers = flatMap(gatewaysSelecting(scope.view, client.workload), (gateway) =>
      gateway.servers.map((server) => server.port.number),
    )
    if (service === undefined) return [...new Set(servers)]
  }
  if (service !== undefined) {
    const scoped = scope?.services.get(service.hostname)
    const declared = flatMap([service, ...(scoped?.listening ?? []).map(({ record }) => record)], ({ ports }) => ports)
    const open = new Set(scoped === undefined ? [] : listenedPorts(scoped))
    return [...new Set(declared.filter((port) => port.protocol !== 'UDP' && open.has(port.number)).map((port) => port.number))]
  }
  const known = [...new Set(flatMap(knownPorts(client, named), (port) => (port.protocol === 'UDP' ? [] : [port.number])))]
  return known.length === 0 && mode === 'MESH' ? [80] : known
}

/** Protocol of a port that no route concerns, as far as its Service or ServiceEntry declares one. */
export function originalProtocol(client: Client, named: Named, port: number): Protocol {
  return knownPorts(client, named).find((one) => one.number === port)?.protocol ?? 'AUTO'
}

/** The port as the service declares it that the client's proxy has, else as the name's own objects do; a gateway goes by what comes in. */
export function declaredPort(client: Client, named: Named, { service }: InScope, port: number): DeclaredPort | undefined {
  if (client.workload.dataPlane === 'GATEWAY') return undefined
  return (service?.ports ?? knownPorts(client, named)).find((one) => one.number === port)
}

/** What the client's own cluster says of the name, else the registry of its control plane. */
function knownPorts({ cluster, view, workload, snapshot }: Client, { hostname }: Named): readonly KnownPort[] {
  const asked = readServiceName(hostname, cluster.clusterDomain)
  const service = asked === undefined ? undefined : findService(cluster, asked.namespace, asked.name)
  if (service !== undefined) return service.ports
  const records = [...(view?.servicesByHost(hostname) ?? []), ...(view?.servicesByAddress(workload.cluster, hostname) ?? [])]
  if (records.length > 0) return flatMap(records, (record) => record.ports)
  const imported = readClustersetName(hostname)
  if (imported !== undefined) return exportedPorts(snapshot, imported)
  const entries = entriesFor(cluster.resources, hostname)
  if (entries.length > 0) return flatMap(entries, (entry) => entry.ports)
  const instance = cluster.workloadByIp(hostname)
  return instance === undefined ? [] : portsOfInstance(cluster, instance)
}

/** What its Services declare of a port is what its application speaks there, also to those who dial it by its own address (ROUTE-32). */
function portsOfInstance(cluster: Cluster, instance: Workload): readonly KnownPort[] {
  const declared = flatMap(servicesSelecting(cluster, instance), ({ ports }) =>
    flatMap(ports, (port) => {
      const number = targetPortOf(port, instance)
      return number === undefined ? [] : { ...port, number }
    }),
  )
  return [...declared, ...instance.containerPorts.map(({ number }) => ({ number, protocol: 'AUTO' as const }))]
}
