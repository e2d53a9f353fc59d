import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../../from-yaml.js'
import { ended, type Straight, straightCalls, transport, trust } from '../straight-call.js'

/** A client in `shop`, and an egress gateway whose Service leads port 443 to 8443 and 80 to 8080. */
const mesh = (servers: string, objects = '', gatewayLabels = '') =>
  snapshotOf(`
controlPlanes: [{ name: west, cluster: west }]
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: client, namespace: shop }, spec: { selector: { matchLabels: { app: client } }, template: { metadata: { labels: { app: client } }, spec: { serviceAccountName: client, containers: [{ name: app }] } } } }
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: egress, namespace: istio-system }, spec: { selector: { matchLabels: { istio: egressgateway } }, template: { metadata: { labels: { istio: egressgateway, app: istio-egressgateway${gatewayLabels} } }, spec: { serviceAccountName: egress, containers: [{ name: istio-proxy, image: proxyv2, args: [proxy, router] }] } } } }
      - { apiVersion: v1, kind: Service, metadata: { name: egress, namespace: istio-system }, spec: { selector: { istio: egressgateway }, ports: [{ name: http2, port: 80, targetPort: 8080 }, { name: https, port: 443, targetPort: 8443 }, { name: tls-mesh, port: 15443 }] } }
${servers === '' ? '' : `      - { apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: g, namespace: istio-system }, spec: { selector: { istio: egressgateway }, servers: ${servers} } }`}
${objects}
`)

const mutualRule = `      - { apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: r, namespace: shop }, spec: { host: egress.istio-system.svc.cluster.local, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } } }`
const simpleRule = mutualRule.replace('ISTIO_MUTUAL', 'SIMPLE')
const server = (number: number, protocol: string, tls = '') =>
  `[{ port: { number: ${number}, name: p, protocol: ${protocol} }, hosts: ["*"]${tls} }]`

const calls = (snapshot: ReturnType<typeof mesh>, to = 'egress.istio-system:443') =>
  straightCalls(snapshot, { from: 'west/shop/client', to } satisfies Straight)
const ask = (snapshot: ReturnType<typeof mesh>, to?: string) => calls(snapshot, to).map((straight) => ended(transport(straight)))

describe('a gateway as the server', () => {
  it.each([
    ['plaintext to a plaintext server (TLS-13)', server(80, 'HTTP'), '', 'egress.istio-system:80', 'PLAINTEXT_ACCEPTED'],
    [
      'gateway pods carry no tlsMode label, so mutual TLS needs a DestinationRule (MODEL-35)',
      server(443, 'HTTPS', ', tls: { mode: ISTIO_MUTUAL }'),
      '',
      'egress.istio-system:443',
      'TLS_REJECTED',
    ],
    [
      'mutual TLS to an ISTIO_MUTUAL server, found behind the Service’s target port (TLS-13, NET-30)',
      server(443, 'HTTPS', ', tls: { mode: ISTIO_MUTUAL }'),
      mutualRule,
      'egress.istio-system:443',
      'MUTUAL_TLS',
    ],
    ['mutual TLS to a plaintext server (TLS-13)', server(80, 'HTTP'), mutualRule, 'egress.istio-system:80', 'TLS_REJECTED'],
    [
      'mutual TLS to a SIMPLE server (TLS-13)',
      server(443, 'HTTPS', ', tls: { mode: SIMPLE, credentialName: c }'),
      mutualRule,
      'egress.istio-system:443',
      'TLS_REJECTED',
    ],
    [
      'TLS of the proxy to a SIMPLE server (TLS-13)',
      server(443, 'HTTPS', ', tls: { mode: SIMPLE, credentialName: c }'),
      simpleRule,
      'egress.istio-system:443',
      'OTHER_TLS_PASSED_ON',
    ],
    [
      'TLS without certificate to a MUTUAL server depends (TLS-13)',
      server(443, 'HTTPS', ', tls: { mode: MUTUAL, credentialName: c }'),
      simpleRule,
      'egress.istio-system:443',
      'OTHER_TLS_PASSED_ON?',
    ],
    [
      'no server on the port (TLS-13)',
      server(443, 'HTTPS', ', tls: { mode: ISTIO_MUTUAL }'),
      '',
      'egress.istio-system:80',
      'GATEWAY_NOT_LISTENING',
    ],
    ['no Gateway at all (TLS-13)', '', '', 'egress.istio-system:80', 'GATEWAY_NOT_LISTENING'],
  ])('%s', (_title, servers, objects, to, expected) => {
    expect(ask(mesh(servers, objects), to)).toEqual([expected])
  })

  it('PeerAuthentication does not apply to its listeners (TLS-13)', () => {
    const strict =
      '      - { apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: m, namespace: istio-system }, spec: { mtls: { mode: STRICT } } }'
    expect(ask(mesh(server(80, 'HTTP'), strict), 'egress.istio-system:80')).toEqual(['PLAINTEXT_ACCEPTED'])
  })

  it('an ISTIO_MUTUAL server checks only the names it states (TLS-13)', () => {
    const named = (name: string) => server(443, 'HTTPS', `, tls: { mode: ISTIO_MUTUAL, subjectAltNames: ["${name}"] }`)
    const trusted = (name: string) => calls(mesh(named(name), mutualRule)).map((straight) => ended(trust(straight)))
    expect(trusted('spiffe://cluster.local/ns/shop/sa/client')).toEqual(['TRUSTED'])
    expect(trusted('spiffe://cluster.local/ns/shop/sa/other')).toEqual(['UNTRUSTED'])
  })

  it('listeners of the Gateway API count as well (TLS-13)', () => {
    const gateway = `      - { apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: egress, namespace: istio-system }, spec: { gatewayClassName: istio, listeners: [{ name: h, port: 8080, protocol: HTTP }] } }`
    const labels = ', gateway.networking.k8s.io/gateway-name: egress'
    expect(ask(mesh('', gateway, labels), 'egress.istio-system:80')).toEqual(['PLAINTEXT_ACCEPTED'])
    expect(ask(mesh('', gateway, labels), 'egress.istio-system:443')).toEqual(['GATEWAY_NOT_LISTENING'])
  })
})
