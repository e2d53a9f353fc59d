/**
 * Do two Gateways present one certificate for different hosts at one address?
 *
 * Clients that speak HTTP/2 use one connection for all hosts of a certificate at one address. The connection belongs to the server that took the
 * first request, which knows no route for the other's hosts. The Gateway with the wider selector is told of: the other one may have been made on purpose.
 */
import { pausing } from '../../pause.js'
import { findCredential } from '../../analysis/entrance/find-credential.js'
import { type BoundServer, mergedServers } from '../../istiod/gateways/merged-servers.js'
import { hostsOf } from '../../istiod/gateways/servers-for.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import { readX509 } from '../../snapshot/certificates/read-x509.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import { titleOf } from '../../snapshot/references.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { type GatewayProxy, gatewayProxies, nameOfProxy } from './gateway-proxies.js'

/** Servers that end HTTPS, by port and certificate. */
function byCertificate({ view, cluster, workload }: GatewayProxy): readonly (readonly BoundServer[])[] {
  const found = new Map<string, BoundServer[]>()
  for (const [port, list] of mergedServers(view, cluster, workload).at) {
    for (const bound of pausing(list)) {
      const { tlsMode, credentialName, port: declared } = bound.server
      if (credentialName === undefined || declared.protocol !== 'HTTPS' || tlsMode === 'PASSTHROUGH' || tlsMode === undefined) continue
      const key = `${port} ${credentialName}`
      const known = found.get(key)
      if (known === undefined) found.set(key, [bound])
      else known.push(bound)
    }
  }
  return [...found.values()].filter((list) => list.length > 1)
}

/** A host for which the certificate is good, where that can be read: clients use a connection for no other. */
type IsFor = (host: string) => boolean

function readerOf(proxy: GatewayProxy, { server }: BoundServer): IsFor {
  const pem = findCredential(proxy, server, [], undefined).certificate
  const read = pem === undefined ? undefined : readX509({ pem, fingerprint: '' })
  return (host) => read === undefined || read.x509.checkHost(host.replace('*', 'any')) !== undefined
}

const isWider = (one: Gateway, other: Gateway): boolean => selectorMatches(one.selector, other.selector)

/** The host of another Gateway that clients may ask for on a connection to this one. */
function otherHost(bound: BoundServer, others: readonly BoundServer[]): { host: string; by: BoundServer } | undefined {
  const own = hostsOf(bound.server)
  for (const by of others) {
    if (by.gateway === bound.gateway || !isWider(bound.gateway, by.gateway)) continue
    const host = hostsOf(by.server).find((one) => !own.includes(one))
    if (host !== undefined) return { host, by }
  }
  return undefined
}

function* judge(proxy: GatewayProxy, told: Set<Gateway>): Iterable<Breach> {
  for (const list of byCertificate(proxy)) {
    const [first] = list
    const isFor: IsFor = first === undefined ? () => false : readerOf(proxy, first)
    const good = list.filter(({ server }) => hostsOf(server).every(isFor))
    for (const bound of good) {
      const { gateway, server, position } = bound
      const other = told.has(gateway) || gateway.meta.origin !== undefined ? undefined : otherHost(bound, good)
      if (other === undefined) continue
      told.add(gateway)
      const message = `${titleOf(other.by.gateway.meta)} presents the same certificate, \`${server.credentialName}\`, at ${nameOfProxy(proxy)}: over HTTP/2 clients ask for its \`${other.host}\` on connections to this server, which answers 404; put both hosts into one Gateway, or use two certificates`
      yield { on: proxy.view.ref(gateway.meta, `spec.servers[${position}].tls.credentialName`), message }
    }
  }
}

function* judgeAll(snapshot: Snapshot): Iterable<Breach> {
  const told = new Set<Gateway>()
  for (const proxy of pausing(gatewayProxies(snapshot))) yield* judge(proxy, told)
}

export const sharedCertificate: Rule = {
  code: 'GTW108',
  name: 'shared-certificate',
  severity: 'WARNING',
  istio: ['IST0138'],
  kiali: [],
  summary: 'Two Gateways present one certificate for different hosts, and HTTP/2 clients mix up their connections.',
  check: judgeAll,
}
