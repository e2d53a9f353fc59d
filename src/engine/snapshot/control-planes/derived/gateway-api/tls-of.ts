/**
 * What becomes of the TLS settings of a listener?
 *
 * Terminating asks for a Secret that is there and, in another namespace, granted; where none of its references is good the listener opens nothing. One good
 * reference of two serves only where it is the first: else, as without any, the gateway presents the certificate of its own pod. Clients' certificates
 * are asked for by an option, or by what the Gateway says of its frontend. Rules GWAPI-20, GWAPI-21, GWAPI-22.
 */
import type { GatewayServer } from '../../../../resources/istio/gateway.js'
import type { Meta } from '../../../../resources/meta.js'
import type { ApiListener, CertificateReference } from '../../../../resources/kubernetes/api-listener.js'
import type { FrontendValidation, KubernetesGateway } from '../../../../resources/kubernetes/kubernetes-gateway.js'
import { certificateIsUsable, isCredential } from '../../../certificates/credential-fault.js'
import { checksFrontendCertificates, fallsBackInsecurely } from '../../../releases.js'
import type { ApiObjects } from './api-objects.js'

export type ServerTls = Pick<GatewayServer, 'tlsMode' | 'credentialName' | 'ownCertificate' | 'authorityApart'>

/** The settings, or why the listener opens nothing. */
export type TlsOrFault = ServerTls | TlsFault

export interface TlsFault {
  readonly fault: string
  /** A reference is not granted, or nobody gave the grant. */
  readonly ungranted?: true
}

type Tls = NonNullable<ApiListener['tls']>

/** `carrier`: the Gateway or ListenerSet; `gateway`: the one whose listener it is. */
export interface TlsQuestion {
  readonly objects: ApiObjects
  readonly carrier: Meta
  readonly gateway: KubernetesGateway
  readonly listener: ApiListener
  /** It hands mutual TLS of the mesh on by SNI. */
  readonly handsOn: boolean
}

const modeKey = 'gateway.istio.io/tls-terminate-mode'

export function tlsOf(question: TlsQuestion): TlsOrFault {
  const { tls } = question.listener
  if (tls === undefined) return {}
  if (tls.mode === 'Passthrough') return { tlsMode: question.handsOn ? 'AUTO_PASSTHROUGH' : 'PASSTHROUGH' }
  return terminated(question, tls)
}

function terminated(question: TlsQuestion, tls: Tls): TlsOrFault {
  const asked = tls.options[modeKey]
  if (asked === 'ISTIO_MUTUAL') return { tlsMode: 'ISTIO_MUTUAL' }
  if (asked === 'ISTIO_SIMPLE') return { tlsMode: 'SIMPLE', ownCertificate: true }
  const tlsMode = asked === 'MUTUAL' || asked === 'OPTIONAL_MUTUAL' ? asked : 'SIMPLE'
  const credential = credentialOf(question, tls)
  if (credential === undefined) return { tlsMode, ownCertificate: true }
  return 'fault' in credential ? credential : withFrontend(question, { tlsMode, ...credential }, asked)
}

/** Undefined: it names none. */
function credentialOf(question: TlsQuestion, { certificates }: Tls): TlsOrFault | undefined {
  if (certificates.length > 2) return { fault: 'it names more than two certificates' }
  const faults = certificates.map((reference) => certificateFault(question, reference))
  if (faults.length === 0) return undefined
  const good = faults.flatMap((fault, position) => (fault === undefined ? [position] : []))
  const [first] = good
  if (first === undefined) return faults[0] ?? { fault: '' }
  const used = good.length === 1 && first !== 0 ? undefined : certificates[first]
  if (used === undefined) return { ownCertificate: true }
  return { credentialName: `kubernetes-gateway://${used.namespace ?? question.carrier.namespace}/${used.name}` }
}

function certificateFault({ objects, carrier }: TlsQuestion, reference: CertificateReference): TlsFault | undefined {
  const { kind, name, namespace = carrier.namespace } = reference
  const from = { kind: `gateway.networking.k8s.io/${carrier.kind}`, namespace: carrier.namespace }
  if (!objects.grants.permits({ from, to: { kind: '/Secret', namespace, name } }))
    return { fault: `namespace \`${namespace}\` has no ReferenceGrant for its Secret \`${name}\``, ungranted: true }
  const fault = kind === '/Secret' ? secretFault(objects, namespace, name) : `\`${name}\` is no Secret`
  return fault === undefined ? undefined : { fault }
}

/** Documents often leave Secrets out: only where a live cluster shows others of the namespace is one that is not among them missing. */
function secretFault({ cluster }: ApiObjects, namespace: string, name: string): string | undefined {
  const given = cluster.resources.secrets.get(namespace) ?? []
  const secret = given.find(({ meta }) => meta.name === name)
  if (secret !== undefined)
    return certificateIsUsable(secret) ? undefined : `Secret \`${namespace}/${name}\` holds no certificate with its key`
  return cluster.observed && given.some(isCredential) ? `there is no Secret \`${namespace}/${name}\`` : undefined
}

const validationAt = ({ frontend }: KubernetesGateway, port: number): FrontendValidation | undefined =>
  frontend?.byPort.get(port) ?? frontend?.usual

/** An option for mutual TLS counts before what a failing certificate would be let off with. */
function withFrontend(question: TlsQuestion, settings: ServerTls, asked: string | undefined): TlsOrFault {
  const { controlPlane } = question.objects
  const validation = checksFrontendCertificates(controlPlane) ? validationAt(question.gateway, question.listener.port) : undefined
  if (validation === undefined || validation.authorities.length === 0) return settings
  const fault = authorityFault(question, validation.authorities)
  if (fault !== undefined) return { fault }
  const lenient = validation.mode === 'AllowInsecureFallback' && fallsBackInsecurely(controlPlane)
  const tlsMode = asked === 'MUTUAL' || asked === 'OPTIONAL_MUTUAL' ? asked : lenient ? 'OPTIONAL_MUTUAL' : 'MUTUAL'
  return { ...settings, tlsMode, authorityApart: true }
}

function authorityFault({ objects, carrier }: TlsQuestion, [authority, ...more]: readonly CertificateReference[]): string | undefined {
  if (authority === undefined || more.length > 0) return 'it names more than one authority for the certificates of clients'
  const { kind, name, namespace = carrier.namespace } = authority
  if (kind !== '/ConfigMap' && kind !== '/Secret') return `the authority \`${name}\` is neither a ConfigMap nor a Secret`
  const from = { kind: `gateway.networking.k8s.io/${carrier.kind}`, namespace: carrier.namespace }
  const isGranted = objects.grants.permits({ from, to: { kind, namespace, name } })
  return isGranted ? undefined : `namespace \`${namespace}\` has no ReferenceGrant for its ${kind.slice(1)} \`${name}\``
}
