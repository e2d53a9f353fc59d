/**
 * Does the gateway have the certificate that its server presents?
 *
 * `credentialName` means a Secret of the namespace in which the gateway runs, in its own cluster or in that of its control plane's objects; one that is
 * named in another namespace is handed out where a Gateway of Kubernetes was granted it, and never to others. Documents often leave Secrets out: only where a live cluster shows others of that namespace, one that is not among them is missing. A control plane hands out
 * no Secret without a certificate and a key, and none whose certificate has ended; without it no handshake ends. Rule GW-6.
 */
import { remembered } from '../../remembered.js'
import type { Assumption } from '../../model/step.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { GatewayServer } from '../../resources/istio/gateway.js'
import type { Secret } from '../../resources/kubernetes/secret.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { certificateOf, credentialFault, isCredential } from '../../snapshot/certificates/credential-fault.js'

export interface Credential {
  readonly because: readonly ResourceRef[]
  readonly assumptions: readonly Assumption[]
  /** In PEM, where there is one. */
  readonly certificate?: string
  /** Why the gateway has no certificate; `sure`: undoubted, so that no handshake ends. */
  readonly lack?: { readonly message: string; readonly sure: boolean; readonly isThere: boolean }
}

/** Who presents the certificate. */
export interface Presenting {
  readonly cluster: Cluster
  readonly view: ControlPlaneView
  readonly workload: Pick<Workload, 'namespace'>
}

const granted = 'kubernetes-gateway://'
const scheme = /^kubernetes(?:-gateway)?:\/\//u
const nothing: Credential = { because: [], assumptions: [] }

/** Where a gateway of the namespace looks for the Secret; undefined: it is none of Kubernetes. */
export function placeOfCredential(
  credentialName: string,
  namespace: string,
): { readonly namespace: string; readonly name: string } | undefined {
  const name = credentialName.replace(scheme, '')
  if (name.includes('://')) return undefined
  const slash = name.indexOf('/')
  return slash < 0 ? { namespace, name } : { namespace: name.slice(0, slash), name: name.slice(slash + 1) }
}

/** `at`: milliseconds since the epoch; undefined: any moment. */
export function findCredential(presenting: Presenting, server: GatewayServer, because: ResourceRef[], at: number | undefined): Credential {
  const { cluster, view, workload } = presenting
  const place = server.credentialName === undefined ? undefined : placeOfCredential(server.credentialName, workload.namespace)
  if (place === undefined) return nothing
  if (isForeign(server, place, workload)) {
    const message = `Secret \`${place.namespace}/${place.name}\` is of another namespace than the gateway’s pods, \`${workload.namespace}\`, and istiod hands it to none of them`
    const secret = byName(cluster, place.namespace).get(place.name)
    return { because: refOf(cluster, secret), assumptions: [], lack: { message, sure: true, isThere: secret !== undefined } }
  }
  const looked = view.configCluster === undefined || view.configCluster === cluster ? [cluster] : [cluster, view.configCluster]
  for (const one of looked) {
    const secret = byName(one, place.namespace).get(place.name)
    if (secret !== undefined) return judged(one, secret, server, at)
  }
  const given = secretsIn(cluster, place.namespace)
  if (cluster.observed && given.some(isCredential)) {
    const message = `there is no Secret \`${place.name}\` in namespace \`${place.namespace}\`, where the gateway looks for it`
    return { ...nothing, lack: { message, sure: true, isThere: false } }
  }
  const message = `Secret \`${place.namespace}/${place.name}\`, which is not in the document, is taken to hold the certificate of the gateway’s server`
  return { because: [], assumptions: [{ code: 'GATEWAY_CERTIFICATE_ASSUMED', message, because }] }
}

const refOf = (cluster: Cluster, secret: Secret | undefined): readonly ResourceRef[] =>
  secret === undefined ? [] : [cluster.ref(secret.meta)]

/** Only references of Kubernetes Gateways are looked at for a grant, which is before they come here. */
const isForeign = (
  { credentialName = '' }: GatewayServer,
  place: { readonly namespace: string },
  { namespace }: Presenting['workload'],
): boolean => !credentialName.startsWith(granted) && place.namespace !== namespace

const byName = remembered(
  (cluster: Cluster, namespace: string): ReadonlyMap<string, Secret> =>
    new Map(secretsIn(cluster, namespace).map((secret) => [secret.meta.name, secret])),
)

const secretsIn = (cluster: Cluster, namespace: string): readonly Secret[] => cluster.resources.secrets.get(namespace) ?? []

function judged(cluster: Cluster, secret: Secret, server: GatewayServer, at: number | undefined): Credential {
  const certificate = certificateOf(secret)
  const found = { because: [cluster.ref(secret.meta)], assumptions: [], ...(certificate === undefined ? {} : { certificate }) }
  const fault = credentialFault(secret, secretsIn(cluster, secret.meta.namespace), server, at)
  if (fault === undefined) return found
  const message = `Secret \`${secret.meta.namespace}/${secret.meta.name}\` ${fault.message}`
  return { ...found, lack: { message, sure: fault.sure, isThere: true } }
}
