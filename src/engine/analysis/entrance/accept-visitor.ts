/**
 * Does the gateway's server take what a client outside sends?
 *
 * The client speaks what the server asks for, unless the question says otherwise. It has no certificate of the mesh; whether it has another one
 * that the server accepts, nobody here knows. Rules TLS-13, GW-5.
 */
import type { Assumption } from '../../model/step.js'
import type { SpokenProtocol } from '../../model/question.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { GatewayServer } from '../../resources/istio/gateway.js'
import { refusedListener } from '../../istiod/gateways/refused-listener.js'
import { isSecure, routingKind } from '../../istiod/gateways/servers-for.js'
import { titleOf } from '../../snapshot/references.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { condition } from '../call/condition.js'
import { goOn, type Outcome, stop } from '../call/outcome.js'
import type { NetworkPath, Transported } from '../call/stage-values.js'
import type { TakingEntrance } from './taking-entrance.js'
import { findCredential } from './find-credential.js'

/** `at`: the call's moment, milliseconds since the epoch. */
export function acceptVisitor(
  taking: TakingEntrance,
  path: NetworkPath,
  spoken: SpokenProtocol | undefined,
  at: number,
): Outcome<Transported> {
  const { entrance, server: bound } = taking
  const { server, gateway, position } = bound
  const unheard = unlistened(taking)
  if (unheard !== undefined) return unheard
  const because = [entrance.view.ref(gateway.meta, `spec.servers[${position}]`)]
  const name = `the server of ${titleOf(gateway.meta)} at port ${server.port.number}`
  const refused = refusal(server, spoken)
  if (refused !== undefined) return stop('TRANSPORT', { reason: refused.reason, message: `${name} ${refused.message}`, because })
  const value: Transported = { path, protocol: isSecure(server) ? 'OTHER_TLS' : 'PLAINTEXT', serverProxied: true, tunnel: false }
  if (!isSecure(server)) return goOn('TRANSPORT', value, { reason: 'PLAINTEXT_ACCEPTED', message: `${name} takes plaintext`, because })
  return takesTls(taking, value, { name, because, at })
}

/** Nobody listens at the port where Envoy does not take what istiod sends for it. */
function unlistened({ entrance: { view, cluster, proxy, podPort } }: TakingEntrance): Outcome<never> | undefined {
  const { found } = refusedListener(view, cluster, proxy.workload, podPort)
  if (found === undefined) return undefined
  const [first, second] = found.servers.map(({ gateway, position }) => view.ref(gateway.meta, `spec.servers[${position}]`))
  const names = [...new Set(found.servers.map(({ gateway }) => titleOf(gateway.meta)))].join(' and ')
  const message = `proxies refuse the listener of port ${podPort}: ${names} both hold \`${found.name}\` over TLS, and not with the same namespace before it, which istiod takes for two names`
  return stop('TRANSPORT', { reason: 'GATEWAY_NOT_LISTENING', message, because: [first, second].flatMap((ref) => ref ?? []) })
}

interface Refusal {
  readonly reason: 'TLS_REJECTED' | 'PROTOCOL_REJECTED'
  readonly message: string
}

function refusal(server: GatewayServer, spoken: SpokenProtocol | undefined): Refusal | undefined {
  const secure = isSecure(server)
  if (secure && server.tlsMode === 'ISTIO_MUTUAL')
    return { reason: 'TLS_REJECTED', message: 'asks for a certificate of the mesh (`ISTIO_MUTUAL`), which a client outside has not' }
  if (spoken === undefined) return undefined
  if (secure) return spoken === 'TLS' ? undefined : { reason: 'TLS_REJECTED', message: 'expects TLS, and the client sends none' }
  if (spoken === 'TLS' && routingKind(server) === 'http')
    return { reason: 'TLS_REJECTED', message: 'takes plaintext, and the client sends TLS' }
  if (spoken === 'HTTP' || routingKind(server) !== 'http') return undefined
  return { reason: 'PROTOCOL_REJECTED', message: 'speaks HTTP, and the client does not' }
}

function takesTls(
  { entrance, server: { server } }: TakingEntrance,
  value: Transported,
  { name, because, at }: { readonly name: string; readonly because: ResourceRef[]; readonly at: number },
): Outcome<Transported> {
  const mode = server.tlsMode ?? 'PASSTHROUGH'
  if (mode === 'PASSTHROUGH') {
    const message = `${name} hands TLS on by its server name, without ending it`
    return goOn('TRANSPORT', value, { reason: 'OTHER_TLS_PASSED_ON', message, because })
  }
  const { cluster, view, proxy } = entrance
  const ungiven = withoutCertificate(server, proxy.workload)
  if (ungiven !== undefined) return stop('TRANSPORT', { reason: 'TLS_REJECTED', message: `${name} ${ungiven}`, because })
  const credential = findCredential({ cluster, view, workload: proxy.workload }, server, because, at)
  if (credential.lack?.sure === true) {
    const message = `${name} has no certificate: ${credential.lack.message}`
    return stop('TRANSPORT', { reason: 'TLS_REJECTED', message, because: [...because, ...credential.because] })
  }
  const message = 'succeeds only if the client presents a certificate that the gateway’s server accepts (`MUTUAL`)'
  const conditions = mode === 'MUTUAL' ? [condition('CLIENT_CERTIFICATE_NEEDED', message, because)] : []
  const said = {
    reason: 'OTHER_TLS_PASSED_ON' as const,
    message: `${name} ends TLS (\`${mode}\`)`,
    because: [...because, ...credential.because],
  }
  return goOn('TRANSPORT', value, said, { conditions, assumptions: [verified(because), ...credential.assumptions] })
}

/** Certificates of a Gateway that istiod runs are for its own service account; without any the pod's own is presented (GWAPI-21, GWAPI-23). */
function withoutCertificate(
  { ownCertificate, credentialName, certificatesFor }: GatewayServer,
  { namespace, serviceAccount }: Pick<Workload, 'namespace' | 'serviceAccount'>,
): string | undefined {
  if (ownCertificate === true)
    return 'presents the certificate of the gateway’s own pod, which is one of the mesh: a client outside does not trust it'
  if (credentialName === undefined || certificatesFor === undefined) return undefined
  if (certificatesFor.namespace === namespace && certificatesFor.serviceAccount === serviceAccount) return undefined
  const expected = `${certificatesFor.namespace}/${certificatesFor.serviceAccount}`
  return `has no certificate: it is given to service account \`${expected}\` alone, and the gateway runs as \`${namespace}/${serviceAccount}\``
}

const verified = (because: ResourceRef[]): Assumption => ({
  code: 'CERTIFICATES_ASSUMED',
  message: 'the client outside is taken to trust the certificate that the gateway presents',
  because,
})
