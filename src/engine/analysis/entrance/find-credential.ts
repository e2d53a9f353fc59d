/**
 * Does the gateway have the certificate that its server presents?
 *
 * `credentialName` means a Secret of the namespace in which the gateway runs. Documents often leave Secrets out: only where a live cluster shows
 * others of that namespace, one that is not among them is missing, and without it no handshake ends. Rule GW-6.
 */
import type { Assumption } from '../../model/step.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { GatewayServer } from '../../resources/istio/gateway.js'
import type { Said } from '../call/outcome.js'
import type { Entrance } from './entrance.js'

interface Credential {
  readonly because: readonly ResourceRef[]
  readonly assumptions: readonly Assumption[]
}

export function findCredential(entrance: Entrance, { credentialName }: GatewayServer, because: ResourceRef[]): Credential | Said {
  if (credentialName === undefined) return { because: [], assumptions: [] }
  const { cluster, proxy } = entrance
  const { namespace } = proxy.workload
  const name = credentialName.replace(/^kubernetes(?:-gateway)?:\/\//u, '')
  const [place, own] = name.includes('/') ? [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)] : [namespace, name]
  const given = cluster.resources.secrets.get(place) ?? []
  const secret = given.find(({ meta }) => meta.name === own)
  if (secret !== undefined) return { because: [cluster.ref(secret.meta)], assumptions: [] }
  if (cluster.observed && given.some(({ type }) => type === 'kubernetes.io/tls')) {
    const message = `has no certificate: there is no Secret \`${own}\` in namespace \`${place}\`, where the gateway looks for it`
    return { reason: 'TLS_REJECTED', message, because }
  }
  const message = `Secret \`${place}/${own}\`, which is not in the document, is taken to hold the certificate of the gateway’s server`
  return { because: [], assumptions: [{ code: 'GATEWAY_CERTIFICATE_ASSUMED', message, because }] }
}
