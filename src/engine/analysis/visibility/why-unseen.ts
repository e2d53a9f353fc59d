/**
 * Why does a client neither see a service of that name, nor is one hidden from it?
 *
 * Somebody may have the name all the same: clusters that its control plane does not read, a route, what could not be read. Only where nobody has
 * it, what may have been meant is named. Rules DNS-6, DNS-7, EDS-1, MODEL-7, MODEL-16.
 */
import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { whyUnconfigured } from '../../istiod/proxies/why-unconfigured.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import { scopeOf } from '../../istiod/scope/scope-of.js'
import { hasRoutesFor } from '../../istiod/scope/virtual-services-for.js'
import { titleOf } from '../../snapshot/references.js'
import { apiServerName } from '../../snapshot/services/service-names.js'
import { listSome } from '../answer/list-some.js'
import type { Client } from '../call/call.js'
import { distinctRefs } from '../call/distinct-refs.js'
import { askClusterset } from '../name/ask-clusterset.js'
import { entryElsewhere, findElsewhere, findMistyped, unknownNamespace } from '../name/known-elsewhere.js'
import { nearHosts } from '../name/near-hosts.js'
import { beyondRegistry, tellEntry } from '../scope/beyond-registry.js'
import { nameMissing } from '../unread-kinds/leave-open.js'
import { missingToList } from '../unread-kinds/missing-to-list.js'

interface Why {
  readonly reason: ReasonCode
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/** `names`: every name that the host stands for. */
export function whyUnseen(client: Client, host: string, names: readonly string[]): Why {
  const scope = scopeOf(client)
  return (
    (scope === undefined ? withoutProxy(client, names) : beyondRegistry(client, scope.view, names)) ??
    routed(client, scope, names) ??
    ofClusterset(client, host) ??
    unread(client, names) ??
    missing(client, host, names) ??
    unknown(client, host)
  )
}

/** Its own cluster's DNS is all that it asks, unless somebody configures a proxy of whom nobody knows. */
function withoutProxy({ snapshot, cluster, workload, ...rest }: Client, names: readonly string[]): Why | undefined {
  if (workload.dataPlane !== 'NONE') {
    const { refused, message, because } = whyUnconfigured(snapshot, workload)
    return { reason: refused ? 'PROXY_NOT_CONFIGURED' : 'INPUT_MISSING', message, because }
  }
  const found = findElsewhere({ snapshot, cluster, workload, ...rest }, names)
  if (found !== undefined && !found.clusters.includes(cluster.name)) {
    const where = found.clusters.map((name) => `\`${name}\``).join(', ')
    const message = `the client has no proxy, and cluster \`${cluster.name}\` has no Service \`${found.namespace}/${found.name}\`, which is in ${where} only`
    return { reason: 'NAME_NOT_RESOLVED', message, because: found.because }
  }
  const entry = entryElsewhere(snapshot, names)
  if (entry === undefined) return undefined
  const message = `${tellEntry(entry)}, which is for proxies, and the client has none`
  return { reason: 'NO_PROXY', message, because: entry.because }
}

/** Requests for the host go somewhere, though it is no service (ROUTE-1). */
function routed({ workload }: Client, scope: ProxyScope | undefined, names: readonly string[]): Why | undefined {
  if (scope === undefined) return undefined
  for (const name of names) {
    const found = hasRoutesFor(scope, name, workload.dataPlane === 'GATEWAY')
    if (found === undefined) continue
    const message = `\`${name}\` is no service, but ${titleOf(found.meta)} routes requests for it`
    return { reason: 'ROUTED_HOST', message, because: [scope.view.ref(found.meta, 'spec.hosts')] }
  }
  return undefined
}

/** What DNS says of names of sets of clusters counts for those alone that have no record of them (MCS-15). */
function ofClusterset(client: Client, host: string): Why | undefined {
  const asked = askClusterset({ client, host })
  if (asked === undefined) return undefined
  const { reason, message, because } = asked.step
  if (!asked.passed) return { reason, message: String(message), because }
  const told = `the proxy knows no service \`${host}\`, which the DNS of cluster \`${client.cluster.name}\` answers`
  return { reason: 'UNKNOWN_PASSTHROUGH', message: told, because }
}

function unread(client: Client, names: readonly string[]): Why | undefined {
  const found = missingToList({ client, names, withEndpoints: false })
  if (found.length === 0) return undefined
  const message = `nothing that was read has the name, and ${nameMissing(found)} could not be read`
  return { reason: 'INPUT_MISSING', message, because: distinctRefs(found.map(({ ref }) => ref)) }
}

/** A Service that every cluster has, and one of a namespace of which nothing is given. */
function missing(client: Client, host: string, names: readonly string[]): Why | undefined {
  const { name, clusterDomain } = client.cluster
  if (names.includes(apiServerName(clusterDomain))) {
    const message = `Service \`default/kubernetes\` of cluster \`${name}\` is not given, though every cluster has it`
    return { reason: 'INPUT_MISSING', message, because: [] }
  }
  const namespace = unknownNamespace(client, host)
  if (namespace === undefined) return undefined
  const meant = findMistyped(client, host)
  const told = meant === undefined ? '' : `: \`${meant.name}.${meant.namespace}\` may be meant`
  const message = `\`${host}\` is a Service of namespace \`${namespace}\` first of all, and no cluster of the document has namespace \`${namespace}\`${told}`
  return { reason: 'INPUT_MISSING', message, because: meant?.because ?? [] }
}

function unknown(client: Client, host: string): Why {
  const near = nearHosts(client, host)
  const meant = near.map(({ name }) => name)
  const told = meant.length === 0 ? '' : `; did you mean ${listSome(meant, 'or')}`
  const message = `no cluster has a Service, and no ServiceEntry a host, that \`${host}\` names${told}`
  return { reason: 'NAME_NOT_RESOLVED', message, because: near.map(({ ref }) => ref) }
}
