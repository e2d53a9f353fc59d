import { findCredential, placeOfCredential } from '../../analysis/entrance/find-credential.js'
import type { Gateway, GatewayServer } from '../../resources/istio/gateway.js'
import type { Cluster, Snapshot } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import { type GatewayProxy, nameOfProxy, proxiesByGateway } from './gateway-proxies.js'

/** Kinds whose controllers make Secrets: with one of them in the document, a Secret need not be. */
const makesSecrets = /^(?:cert-manager\.io|external-secrets\.io|bitnami\.com|secrets-store\.csi\.x-k8s\.io|(?=[\w.]*vault)[\w.]+)\//u

const mayComeFromElsewhere = ({ resources }: Cluster): boolean => resources.unknownKinds.some((kind) => makesSecrets.test(kind))

/** Other namespaces of the cluster with a Secret of that name. */
function elsewhere({ resources }: Cluster, name: string): readonly string[] {
  return [...resources.secrets].flatMap(([namespace, list]) => (list.some(({ meta }) => meta.name === name) ? [namespace] : []))
}

type Fault = Pick<Breach, 'message' | 'severity' | 'istio'>

/** Why this proxy has no certificate to present for the server. */
function faultAt(proxy: GatewayProxy, server: GatewayServer, at: number | undefined): Fault | undefined {
  const { cluster, workload } = proxy
  const place = placeOfCredential(server.credentialName ?? '', workload.namespace)
  if (place === undefined || isUnread([cluster], 'secrets', place.namespace)) return undefined
  const { lack, assumptions } = findCredential(proxy, server, [], at)
  if (lack !== undefined)
    return { message: lack.message, severity: lack.sure ? 'ERROR' : 'WARNING', istio: [lack.isThere ? 'IST0161' : 'IST0101'] }
  const others = assumptions.length === 0 || mayComeFromElsewhere(cluster) ? [] : elsewhere(cluster, place.name)
  if (others.length === 0) return undefined
  const message = `there is no Secret \`${place.name}\` in namespace \`${place.namespace}\`, only one in namespace \`${others[0]}\`, where the gateway does not look`
  return { message, severity: 'WARNING', istio: ['IST0101'] }
}

function* judge(snapshot: Snapshot, gateway: Gateway, at: number | undefined): Iterable<Breach> {
  const proxies = proxiesByGateway(snapshot).get(gateway) ?? []
  for (const [position, server] of gateway.servers.entries()) {
    if (server.credentialName === undefined) continue
    const told = new Set<string>()
    for (const proxy of proxies) {
      const fault = faultAt(proxy, server, at)
      if (fault === undefined || told.has(fault.message)) continue
      told.add(fault.message)
      const message = `${fault.message}: ${nameOfProxy(proxy)} has no certificate for port ${server.port.number}, and every TLS handshake there fails`
      yield { ...fault, message, on: proxy.view.ref(gateway.meta, `spec.servers[${position}].tls.credentialName`) }
    }
  }
}

export const credentialUnusable: Rule = {
  code: 'GTW105',
  name: 'credential-unusable',
  severity: 'ERROR',
  istio: ['IST0101', 'IST0161'],
  kiali: [],
  summary: 'A Gateway’s server names a Secret that its proxy does not find, or that holds no usable certificate (GW-6).',
  *check(snapshot, at): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object } of objectsOf(configuration, 'gateways')) yield* judge(snapshot, object, at)
    }
  },
}
