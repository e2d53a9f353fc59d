import { describe, expect, it } from 'vitest'
import { traceCall } from '#engine/analysis/trace-call'
import { issueAuthority } from '../../certificates.js'
import { snapshotOf } from '../../from-yaml.js'

const root = await issueAuthority('root')
const roots = JSON.stringify([root.pem])

const deployment = (name: string, namespace: string, labels: string, container = 'app') =>
  `      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: ${namespace} }, spec: { selector: { matchLabels: { ${labels} } }, template: { metadata: { labels: { ${labels} } }, spec: { serviceAccountName: ${name}, containers: [{ name: ${container} }] } } } }\n`
const cart =
  '      - { apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { clusterIP: 10.0.0.1, selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }] } }\n'
const namespace = '      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }\n'

/** Two primaries on two networks; `cart` runs in east, behind its east-west gateway. */
const networks = ({ west = '', east = '', meshConfig = '{}' }) =>
  snapshotOf(`
controlPlanes:
  - { name: west, cluster: west, meshConfig: ${meshConfig}, remoteSecrets: [east] }
  - { name: east, cluster: east, remoteSecrets: [west] }
clusters:
  - name: west
    network: n1
    controlPlane: { role: PRIMARY }
    rootCertificates: ${roots}
    resources:
${namespace}${deployment('client', 'shop', 'app: client')}${cart}${west}
  - name: east
    network: n2
    controlPlane: { role: PRIMARY }
    rootCertificates: ${roots}
    resources:
${namespace}${deployment('cart', 'shop', 'app: cart')}${cart}${deployment('ew', 'istio-system', 'istio: eastwestgateway, app: ew', 'istio-proxy')}
      - { apiVersion: v1, kind: Service, metadata: { name: ew, namespace: istio-system, labels: { topology.istio.io/network: n2 } }, spec: { type: LoadBalancer, clusterIP: 10.0.0.9, selector: { istio: eastwestgateway }, ports: [{ name: tls, port: 15443 }] }, status: { loadBalancer: { ingress: [{ ip: 34.0.0.2 }] } } }
      - { apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: cross, namespace: istio-system }, spec: { selector: { istio: eastwestgateway }, servers: [{ port: { number: 15443, name: tls, protocol: TLS }, tls: { mode: AUTO_PASSTHROUGH }, hosts: ["*.local"] }] } }
${east}
`)

const peer = (name: string, spec: string) =>
  `      - { apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: ${name}, namespace: shop }, spec: ${spec} }\n`
const policy = (spec: string) =>
  `      - { apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: p, namespace: shop }, spec: ${spec} }\n`

function ask(setting: Parameters<typeof networks>[0]) {
  const question = { from: { cluster: 'west', namespace: 'shop', workload: 'client' }, to: { host: 'cart', port: 80 } }
  const trace = traceCall(networks(setting), question, Date.parse('2026-01-01T00:00:00Z'))
  if ('problem' in trace) throw new Error(trace.problem.message)
  return `${trace.verdict} ${trace.reason}`
}

const disable = peer('broad', '{ mtls: { mode: DISABLE } }')
const strictCart = peer('cart', '{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT } }')

describe('transport through a gateway that hands TLS on', () => {
  it.each([
    ['mutual TLS end to end arrives (NET-35)', {}, 'REACHABLE DELIVERED'],
    [
      'without automatic mutual TLS the gateway resets the plaintext (NET-44, TLS-24)',
      { meshConfig: '{ enableAutoMtls: false }' },
      'UNREACHABLE TLS_REJECTED',
    ],
    [
      'a namespace DISABLE under a workload STRICT sends plaintext to the gateway (NET-18)',
      { west: disable + strictCart },
      'UNREACHABLE TLS_REJECTED',
    ],
    ['the client’s STRICT says nothing about the server (TLS-4)', { west: strictCart }, 'REACHABLE DELIVERED'],
    [
      'a DISABLE on the server’s side only empties the path behind the gateway (TLS-4, NET-35)',
      { east: disable },
      'UNREACHABLE GATEWAY_NO_ENDPOINTS',
    ],
    [
      'the server sees the client’s identity, not the gateway’s (AUTHZ-17, NET-35)',
      { east: policy('{ rules: [{ from: [{ source: { serviceAccounts: [client] } }] }] }') },
      'REACHABLE DELIVERED',
    ],
    ['a policy beside the client is inert (AUTHZ-1)', { west: policy('{}') }, 'REACHABLE DELIVERED'],
  ])('%s', (_title, setting, expected) => {
    expect(ask(setting)).toBe(expected)
  })
})
