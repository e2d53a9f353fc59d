import type { ResourceRef } from '../../model/resource-ref.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { Service } from '../../resources/kubernetes/service.js'

export interface MeshPort {
  readonly number: number
  readonly name: string
  readonly protocol: Protocol
  /** The client waits for the server's first bytes. */
  readonly serverFirst?: true
  /** Its ServiceEntry declares a protocol by which no sidecar resolves names as they are called. */
  readonly keepsNames?: true
}

/**
 * A service as this control plane's registry holds it (VIS-7, VIS-8): the Services of one name in all clusters are one record, each
 * ServiceEntry is one for each of its hosts, so that several may have the same hostname and namespace (VIS-10).
 *
 * EDS: endpoints are chosen by the control plane; DNS: the proxy resolves endpoint hostnames; PASSTHROUGH: headless or
 * resolution NONE, the original address is kept; ALIAS: ExternalName.
 */
export interface MeshService {
  readonly hostname: string
  readonly namespace: string
  readonly registry: 'KUBERNETES' | 'SERVICE_ENTRY'
  readonly ports: readonly MeshPort[]
  readonly resolution: 'EDS' | 'DNS' | 'DNS_ROUND_ROBIN' | 'DYNAMIC_DNS' | 'PASSTHROUGH' | 'ALIAS'
  readonly meshExternal: boolean
  readonly headless: boolean
  readonly externalName: string | undefined
  /** {'*'}, {'~'}, or the names of the consumer namespaces (VIS-2). */
  readonly exportTo: ReadonlySet<string>
  /** VIPs by cluster, and the one used where a cluster has none (DNS-3, DNS-9). */
  readonly addresses: ReadonlyMap<string, readonly string[]>
  readonly defaultAddresses: readonly string[]
  /** ServiceEntry without addresses for which the control plane allocates one (DNS-15). */
  readonly autoAllocated: boolean
  /** VIS-32 … VIS-35, by this control plane's MeshConfig. */
  readonly clusterLocal: boolean
  readonly createdAt: number
  /** Every visible cluster's Service object, the winner's first (VIS-8); empty for a ServiceEntry. */
  readonly definitions: readonly { readonly cluster: string; readonly service: Service }[]
  /** The ServiceEntry that makes it; undefined for a Service. */
  readonly entry: ServiceEntry | undefined
  /** All ServiceEntries of its hostname and namespace, the oldest first: endpoints are held for all of them together (EDS-22). */
  readonly entries: readonly ServiceEntry[]
  readonly subjectAltNames: readonly string[]
  readonly ref: ResourceRef
}
