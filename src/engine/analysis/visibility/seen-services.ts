import { pause } from '../../pause.js'
import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { clustersetHost, readClustersetName } from '../../snapshot/services/clusterset-names.js'
import { importOf } from '../../snapshot/services/names-clusterset.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import type { Client } from '../call/call.js'
import { importAddresses } from '../name/ask-clusterset.js'
import { askClusterDns } from '../name/cluster-dns.js'
import { addressesFor, tableAddresses } from '../name/name-table.js'
import type { ProxyScope, ScopedService } from '../../istiod/scope/proxy-scope.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { remembered } from '../../remembered.js'

/** A service that a client sees; `key` (host, space, namespace) orders the list and is what its cursors stand for. */
export interface SeenService {
  readonly key: string
  readonly host: string
  readonly namespace: string
  readonly because: readonly ResourceRef[]
  /** Undefined for a client without a proxy: only its cluster's DNS knows the service. */
  readonly scoped: ScopedService | undefined
}

export interface UnseenService {
  readonly key: string
  readonly host: string
  readonly namespace: string
  readonly reason: ReasonCode
  readonly message: string
  readonly because: readonly ResourceRef[]
}

export interface Seen {
  readonly services: readonly SeenService[]
  readonly hidden: readonly UnseenService[]
}

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number => {
  pause()
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
}
const keyOf = (host: string, namespace: string): string => `${host} ${namespace}`

/** Everything a client sees and does not see of its control plane's services (VIS-6, VIS-19), or of its cluster's without a proxy (DNS-7, MCS-15). */
export const seenServices = (client: Client): Seen => {
  const scope = scopeOf(client)
  return scope === undefined ? seenByDns(client.cluster) : seenByProxy(scope)
}

const seenByProxy = remembered((scope: ProxyScope): Seen => {
  const services: SeenService[] = []
  const hidden: UnseenService[] = []
  for (const service of scope.view.services) {
    pause()
    const { hostname: host, namespace } = service
    const key = keyOf(host, namespace)
    const scoped = scope.services.get(host)
    if (scoped?.service.namespace === namespace) {
      // Several entries of one host are one service to whoever sees them.
      if (services.at(-1)?.key !== key) services.push({ key, host, namespace, because: scoped.because, scoped })
    } else if (hidden.at(-1)?.key !== key) {
      const { reason, message, because } = scope.whyHidden(service)
      hidden.push({ key, host, namespace, reason, message, because })
    }
  }
  return { services: services.sort(byKey), hidden: hidden.sort(byKey) }
})

const seenByDns = remembered((cluster: Cluster): Seen => {
  const services: SeenService[] = []
  for (const [namespace, list] of cluster.resources.services) {
    for (const { meta } of list) {
      pause()
      const host = `${meta.name}.${namespace}.svc.${cluster.clusterDomain}`
      services.push({ key: keyOf(host, namespace), host, namespace, because: [cluster.ref(meta)], scoped: undefined })
    }
  }
  for (const [namespace, list] of cluster.resources.serviceImports) {
    for (const { meta, headless, ips } of list) {
      if (!headless && ips.length === 0) continue
      const host = clustersetHost(meta.name, namespace)
      services.push({ key: keyOf(host, namespace), host, namespace, because: [cluster.ref(meta)], scoped: undefined })
    }
  }
  return { services: services.sort(byKey), hidden: [] }
})

/** What an implementation of Multi-Cluster Services answers for what is imported into the client's cluster. */
function askImport({ cluster, snapshot }: Client, host: string): readonly string[] | undefined {
  const asked = readClustersetName(host)
  const made = asked === undefined ? undefined : importOf(cluster, asked.namespace, asked.name)
  const addresses = asked === undefined || made === undefined ? [] : importAddresses(snapshot, asked, made)
  return addresses.length === 0 ? undefined : addresses
}

/** The addresses the client would dial for a service it sees; `auto` where the cluster or control plane will choose one (DNS-8, DNS-12). */
export const resolvesTo = (client: Client, { host, scoped }: SeenService): readonly string[] => {
  const answered = (): readonly string[] | undefined => askClusterDns(client.cluster, host)?.addresses ?? askImport(client, host)
  if (scoped === undefined) return answered() ?? []
  // Under DNS capture the proxy's own table comes first (DNS-8).
  const table = client.workload.dnsCapture ? tableAddresses(client, scoped) : []
  return table.length > 0 ? table : (answered() ?? addressesFor(client, scoped.service))
}
