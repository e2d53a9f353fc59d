/**
 * Whom does a call meet that goes to an address of a set of clusters, past the mesh?
 *
 * The ready pods of all clusters that export the Service and have the port, as implementations of Multi-Cluster Services arrange it: how they get
 * there is the network's matter. What such an address is to a proxy that does not know the name, only the implementation's own Service tells.
 * Rules MCS-14, MCS-17 … MCS-22.
 */
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import type { ServiceImport } from '../../resources/kubernetes/service-import.js'
import { readClustersetName } from '../../snapshot/services/clusterset-names.js'
import { importOf } from '../../snapshot/services/names-clusterset.js'
import type { Client } from '../call/call.js'
import { goOn, type Outcome, stop, undetermined } from '../call/outcome.js'
import type { Discovered } from '../call/stage-values.js'
import { arriveAtService } from '../packets/arrive-at.js'
import { dialledAt } from '../packets/dialled-at.js'
import { type Exporter, exportersOf } from '../packets/exporters-of.js'
import { holdersOf } from '../packets/holders-of.js'
import { originalProtocol } from '../route/ports-of.js'
import type { Dialled } from './meet-service.js'

/** Undefined: the name is none of a set of clusters, or nothing of that name is imported. */
export function discoverImported(client: Client, dialled: Dialled): Outcome<Discovered> | undefined {
  const { cluster, snapshot } = client
  const asked = readClustersetName(dialled.named.hostname)
  const made = asked === undefined ? undefined : importOf(cluster, asked.namespace, asked.name)
  if (asked === undefined || made === undefined) return undefined
  const because = [cluster.ref(made.meta)]
  const name = `ServiceImport \`${asked.namespace}/${asked.name}\` of \`${cluster.name}\``
  const atProxy = client.workload.dataPlane === 'SIDECAR' ? passProxy(client, dialled, { name, because }) : undefined
  if (atProxy !== undefined) return atProxy
  const exporters = exportersOf(snapshot, asked)
  if (exporters.length === 0) return undetermined('DISCOVERY', `no cluster of the document exports what ${name} stands for`, because)
  return conclude(client, dialled, { made, exporters, name, because })
}

/** Requests pass a proxy that does not know the name by; connections are those of the implementation's own Service, of whose imported slices it takes none. */
function passProxy(
  client: Client,
  dialled: Dialled,
  { name, because }: Pick<Imported, 'name' | 'because'>,
): Outcome<Discovered> | undefined {
  const { snapshot, cluster } = client
  const holder = dialled.named.addresses
    .flatMap((address) => holdersOf(snapshot, address, cluster.name))
    .find((one) => one.cluster === cluster)
  const protocol = originalProtocol(client, dialled.named, dialled.port)
  if (holder === undefined || protocol === 'AUTO') {
    const message = `what stands behind ${name} for a proxy that does not know the name is its implementation’s; give the Service and the EndpointSlices that it made, and the protocol of the port`
    return undetermined('DISCOVERY', message, because)
  }
  if (protocol === 'HTTP') return undefined
  const { namespace, name: generated } = holder.service.meta
  const message = `the proxy takes the address of ${name} for that of Service \`${namespace}/${generated}\`, and imported EndpointSlices for nothing`
  return stop('DISCOVERY', { reason: 'NO_ENDPOINTS', message, because: [...because, cluster.ref(holder.service.meta)] })
}

interface Imported {
  readonly made: ServiceImport
  readonly exporters: readonly Exporter[]
  readonly name: string
  readonly because: ReturnType<Client['cluster']['ref']>[]
}

function conclude({ snapshot }: Client, { named, port }: Dialled, { made, exporters, name, because }: Imported): Outcome<Discovered> {
  const having = exporters.filter(({ service }) => made.headless || service.ports.some(({ number }) => number === port))
  if (having.length === 0) {
    return stop('DISCOVERY', {
      reason: 'NOT_LISTENING',
      message: `no cluster that exports ${name} has port ${port} at its Service`,
      because,
    })
  }
  const met = having.flatMap((exporter) => endpointsAt(exporter, port))
  const endpoints = made.headless
    ? met.filter(({ address }) => named.addresses.includes(address)).map((endpoint) => dialledAt(snapshot, endpoint, port))
    : met
  const by = having.map(({ cluster }) => `\`${cluster.name}\``).join(', ')
  if (endpoints.length === 0) {
    return stop('DISCOVERY', { reason: 'NO_ENDPOINTS', message: `no cluster that exports ${name} has a ready endpoint (${by})`, because })
  }
  const many = endpoints.length === 1 ? '1 ready endpoint' : `${endpoints.length} ready endpoints`
  const message = `${name} stands for ${many} of ${by}, which export it`
  const assumption = {
    code: 'CLUSTERSET_ASSUMED' as const,
    message: `an implementation of Multi-Cluster Services is taken to lead from ${name} to ${by}`,
    because,
  }
  return goOn(
    'DISCOVERY',
    { endpoints, unready: [], dropped: [] },
    { reason: 'EXPORTED_ENDPOINTS', message, because },
    { assumptions: [assumption] },
  )
}

/** Each cluster's Service says which of its pods' ports is meant; a headless name leads to the pods whatever its ports are. */
function endpointsAt({ cluster, service }: Exporter, port: number): readonly Endpoint[] {
  const numbers = service.headless ? service.ports.map(({ number }) => number) : [port]
  const found = numbers.flatMap((number) => {
    const arrival = arriveAtService({ cluster, service, kind: 'CLUSTER_IP' }, number)
    return arrival.kind === 'SERVICE' ? arrival.endpoints : []
  })
  return service.headless ? [...new Map(found.map((endpoint) => [endpoint.address, endpoint])).values()] : found
}
