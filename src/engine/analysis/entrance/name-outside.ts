/**
 * Where does DNS outside of every cluster lead a name?
 *
 * An address leads to itself, the name of a load balancer to that, and names that external-dns publishes for a Service or a Gateway to its addresses. Names of a
 * cluster's own DNS are answered inside of it only. Of every other name nobody here knows: it is taken to lead to whoever takes it.
 * Rules DNS-2, DNS-6, GW-1.
 */
import type { ResourceRef } from '../../model/resource-ref.js'
import { isAddress } from '../../istiod/matching/hosts.js'
import { findService } from '../../snapshot/services/find-service.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { goOn, type Outcome, stop } from '../call/outcome.js'
import { explicitHosts, offeredAs } from './offered-as.js'
import { type MetDirectly, metDirectly, tellMetDirectly } from './met-directly.js'
import { publishedNames, servicesOf } from './published-names.js'

/** After NAME, for a client outside. */
export interface NamedOutside {
  readonly hostname: string
  /** The very addresses that are dialled; undefined: nothing says where the name leads. */
  readonly addresses: readonly string[] | undefined
}

export function nameOutside(snapshot: Snapshot, host: string): Outcome<NamedOutside> {
  if (isAddress(host)) {
    const hostname = host.replace(/^\[|\]$/g, '')
    const said = { reason: 'NAME_LITERAL' as const, message: `\`${hostname}\` is an address and needs no name`, because: [] }
    return goOn('NAME', { hostname, addresses: [hostname] }, said)
  }
  const published = publishedNames(snapshot).filter(({ name }) => isCovered(name, host))
  if (published.length > 0) {
    const because = published.map(({ ref }) => ref)
    const message = `external-dns publishes \`${host}\` for ${published.map(({ what }) => what).join(' and ')}`
    const addresses = [...new Set(published.flatMap(({ addresses: all }) => all))]
    return goOn('NAME', { hostname: host, addresses }, { reason: 'NAME_RESOLVED', message, because })
  }
  const balancers = balancersNamed(snapshot, host)
  if (balancers.length > 0) {
    const message = `\`${host}\` is the name of a load balancer`
    return goOn('NAME', { hostname: host, addresses: [host] }, { reason: 'NAME_RESOLVED', message, because: balancers })
  }
  const inside = clusterWithName(snapshot, host)
  if (inside !== undefined) return notResolved(snapshot, host, inside)
  const message = `nothing in the document says where DNS outside leads \`${host}\`, which is taken to lead to whoever takes it`
  return goOn('NAME', { hostname: host, addresses: undefined }, { reason: 'NAME_RESOLVED', message, because: [] })
}

/** As DNS does: a wildcard stands for whole labels before it. */
const isCovered = (name: string, host: string): boolean => (name.startsWith('*.') ? host.endsWith(name.slice(1)) : name === host)

const balancersNamed = (snapshot: Snapshot, host: string): readonly ResourceRef[] =>
  servicesOf(snapshot).flatMap(({ cluster, service }) =>
    service.ingressAddresses.some((address) => address.toLowerCase() === host) ? [cluster.ref(service.meta, 'status.loadBalancer')] : [],
  )

/** Whose DNS knows the name inside: by the cluster's domain, or a Service that it means to a pod, unless a gateway offers it by that very name. */
function clusterWithName(snapshot: Snapshot, host: string): Cluster | undefined {
  const isOffered = explicitHosts(snapshot).some((name) => isCovered(name, host))
  return [...snapshot.clusters.values()].find((cluster) => isUnderDomain(cluster, host) || (!isOffered && namesService(cluster, host)))
}

const isUnderDomain = ({ clusterDomain }: Cluster, host: string): boolean =>
  host.endsWith(`.${clusterDomain}`) || /^[^.]+\.[^.]+\.svc$/u.test(host)

function namesService(cluster: Cluster, host: string): boolean {
  const [name = '', namespace, ...others] = host.split('.')
  if (others.length > 0) return false
  const namespaces = namespace === undefined ? [...cluster.resources.services.keys()] : [namespace]
  return namespaces.some((one) => findService(cluster, one, name) !== undefined)
}

const isNamed = ({ meta }: MetDirectly['service'], host: string): boolean => {
  const [name, namespace = meta.namespace] = host.split('.')
  return meta.name === name && meta.namespace === namespace
}

function notResolved(snapshot: Snapshot, host: string, cluster: Cluster): Outcome<never> {
  const offered = offeredAs(snapshot, host)
  const names = offered.map(({ name }) => (name === '*' ? 'any host' : `\`${name}\``)).join(', ')
  const direct = metDirectly(snapshot).filter((one) => one.cluster === cluster && isNamed(one.service, host))
  const routed = offered.length === 0 ? '' : `; from outside routes lead to it from ${names}`
  const told = `${routed}${tellMetDirectly(direct)}`
  const message = `\`${host}\` is a name of the DNS of cluster \`${cluster.name}\`, which answers nobody outside${told}`
  return stop('NAME', { reason: 'NAME_NOT_RESOLVED', message, because: [...offered, ...direct].map(({ ref }) => ref) })
}
