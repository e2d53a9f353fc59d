import { flatMap } from '../../flat-map.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Client } from '../call/call.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import { findService } from '../../snapshot/services/find-service.js'
import { isMistyped } from '../../istiod/matching/nearest-names.js'
import type { ServiceEntry } from '../../resources/istio/service-entry.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { entriesFor } from './ask-stub-domain.js'

/** Clusters other than the client's whose DNS would know one of these names: what a person should copy, and from where. */
export interface KnownElsewhere {
  readonly name: string
  readonly namespace: string
  /** Where the name is that of a single pod behind the Service. */
  readonly pod?: string | undefined
  readonly clusters: readonly string[]
  readonly because: readonly ResourceRef[]
}

/** Finds the Service that the name means where it does exist (EDS-3, DNS-2). */
export function findElsewhere({ snapshot, cluster }: Client, candidates: readonly string[]): KnownElsewhere | undefined {
  for (const candidate of candidates) {
    const asked = readServiceName(candidate, cluster.clusterDomain)
    if (asked === undefined) continue
    const holders = flatMap([...snapshot.clusters.values()], (other) => {
      const service = findService(other, asked.namespace, asked.name)
      return service === undefined ? [] : [{ cluster: other.name, ref: other.ref(service.meta) }]
    })
    if (holders.length > 0) {
      return { ...asked, clusters: holders.map((holder) => holder.cluster), because: holders.map((holder) => holder.ref) }
    }
  }
  return undefined
}

export interface EntryElsewhere {
  readonly name: string
  readonly entry: ServiceEntry
  readonly cluster: Cluster
  readonly because: readonly ResourceRef[]
}

/** The first ServiceEntry of any cluster that has one of the names as a host, whoever reads it (MODEL-16). */
export function entryElsewhere({ clusters }: Client['snapshot'], names: readonly string[]): EntryElsewhere | undefined {
  for (const name of names) {
    for (const cluster of clusters.values()) {
      const [entry] = entriesFor(cluster.resources, name)
      if (entry !== undefined) return { name, entry, cluster, because: [cluster.ref(entry.meta, 'spec.hosts')] }
    }
  }
  return undefined
}

/** Whose resolver is asked. */
export type Asking = Pick<Client, 'snapshot' | 'cluster'>

/** Does the name mean a Service or a pod of its, existing or not: under `svc`, or with a known namespace at its end? */
export function meansService({ snapshot, cluster }: Asking, host: string): boolean {
  const labels = host.split('.')
  if (host.endsWith(`.${cluster.clusterDomain}`) || labels.length === 1 || labels[2] === 'svc') return true
  const namespace = namespaceIn(labels)
  return namespace !== undefined && isGiven(snapshot, namespace)
}

/** The Services that `name.namespace` may have been meant for: of this name, in a namespace that is written almost like it. */
export function findMistyped({ snapshot }: Client, host: string): KnownElsewhere | undefined {
  const [name = '', written = '', ...rest] = host.split('.')
  if (rest.length > 0) return undefined
  const found = flatMap([...snapshot.clusters.values()], (cluster) =>
    flatMap(cluster.namespaceNames, (namespace) => {
      const service = isMistyped(written, namespace) ? findService(cluster, namespace, name) : undefined
      return service === undefined ? [] : [{ namespace, cluster: cluster.name, ref: cluster.ref(service.meta) }]
    }),
  )
  const [first] = found
  if (first === undefined) return undefined
  const alike = found.filter(({ namespace }) => namespace === first.namespace)
  return { name, namespace: first.namespace, clusters: alike.map(({ cluster }) => cluster), because: alike.map(({ ref }) => ref) }
}

/** Top-level domains under which two labels are everyday names of hosts outside; two letters are countries'. */
const everyday = new Set(['example', 'com', 'org', 'net', 'edu', 'gov', 'mil', 'int', 'info', 'biz', 'dev', 'app', 'cloud'])

/** The namespace that `service.namespace` or `pod-0.service.namespace` names, where no cluster of the document has it (DNS-6). */
export function unknownNamespace({ snapshot }: Asking, host: string): string | undefined {
  const namespace = namespaceIn(host.split('.')) ?? ''
  if (namespace === '' || everyday.has(namespace) || /^[a-z]{2}$/u.test(namespace) || namespace.includes('*')) return undefined
  return isGiven(snapshot, namespace) ? undefined : namespace
}

/** The last of two labels, or of three where the first is a StatefulSet's pod of the second, such as `redis-0.redis.payments` (DNS-4, DNS-6). */
function namespaceIn([first = '', second = '', third, ...rest]: readonly string[]): string | undefined {
  if (rest.length > 0) return undefined
  if (third === undefined) return second
  const set = /^(?<name>.+)-\d+$/u.exec(first)?.groups?.['name']
  return set !== undefined && second.startsWith(set) ? third : undefined
}

const isGiven = (snapshot: Client['snapshot'], namespace: string): boolean =>
  [...snapshot.clusters.values()].some((cluster) => cluster.namespaceNames.includes(namespace))
