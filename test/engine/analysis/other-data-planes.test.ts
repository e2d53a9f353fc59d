import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../from-yaml.js'
import { authorization, ended, straightCalls, transport } from './straight-call.js'

const workload = (name: string, namespace: string, more = '') => `
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: ${namespace} }, spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } ${more} }, spec: { serviceAccountName: ${name}, containers: [{ name: app }] } } } }
      - { apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} }, spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80 }] } }`

const grpc = ', annotations: { inject.istio.io/templates: grpc-agent }'

/** Namespaces `shop` with sidecars, `calm` in ambient mode, `bare` without mesh; `grpc` is a proxyless server and client. */
const mesh = (objects = '') =>
  snapshotOf(`
controlPlanes: [{ name: west, cluster: west, flags: { PILOT_ENABLE_AMBIENT: "true" } }]
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: calm, labels: { istio.io/dataplane-mode: ambient } } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: bare } }
${workload('cart', 'shop')}${workload('pond', 'calm')}${workload('lake', 'calm')}${workload('naked', 'bare')}${workload('grpc', 'shop', grpc)}
${objects}
`)

const strict = (namespace: string) =>
  `      - { apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: strict, namespace: ${namespace} }, spec: { mtls: { mode: STRICT } } }\n`
const policy = (spec: string) =>
  `      - { apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: p, namespace: calm }, spec: ${spec} }\n`

const calls = (objects: string, from: string, to: string) => straightCalls(mesh(objects), { from, to })
const sent = (objects: string, from: string, to: string) => calls(objects, from, to).map((straight) => ended(transport(straight)))
const decided = (objects: string, from: string) => calls(objects, from, 'pond.calm:80').map((straight) => ended(authorization(straight)))

describe('ambient workloads', () => {
  it.each([
    ['ambient to ambient is mutual TLS, also under STRICT (TLS-16)', strict('calm'), 'west/calm/lake', 'pond.calm:80', 'MUTUAL_TLS'],
    [
      'a sidecar tunnels to an ambient workload of a control plane with ambient mode (TLS-17)',
      strict('calm'),
      'west/shop/cart',
      'pond.calm:80',
      'MUTUAL_TLS',
    ],
    ['a client without proxy is taken unless STRICT (TLS-16)', '', 'west/bare/naked', 'pond.calm:80', 'PLAINTEXT_ACCEPTED'],
    ['and rejected under STRICT (TLS-16)', strict('calm'), 'west/bare/naked', 'pond.calm:80', 'TLS_REJECTED'],
    [
      'a sidecar without tunnels gets plaintext from an ambient client (TLS-17)',
      '',
      'west/calm/pond',
      'cart.shop:80',
      'PLAINTEXT_ACCEPTED',
    ],
    ['which a STRICT one rejects (TLS-17)', strict('shop'), 'west/calm/pond', 'cart.shop:80', 'TLS_REJECTED'],
  ])('%s', (_title, objects, from, to, expected) => {
    expect(sent(objects, from, to)).toEqual([expected])
  })

  it.each([
    [
      'an ALLOW rule with HTTP fields is removed, which denies (AUTHZ-40)',
      '{ rules: [{ to: [{ operation: { methods: [GET] } }] }] }',
      'DENIED',
    ],
    [
      'a purely HTTP DENY rule does nothing (AUTHZ-40)',
      '{ action: DENY, rules: [{ to: [{ operation: { methods: [GET] } }] }] }',
      'ALLOWED',
    ],
    ['an empty DENY rule matches everything (AUTHZ-40)', '{ action: DENY, rules: [{}] }', 'DENIED'],
    [
      'a DENY rule with an identity and HTTP fields never fires (AUTHZ-40)',
      '{ action: DENY, rules: [{ from: [{ source: { namespaces: [calm] } }], to: [{ operation: { paths: ["/x"] } }] }] }',
      'ALLOWED',
    ],
    ['a DENY rule of an identity fires (AUTHZ-40)', '{ action: DENY, rules: [{ from: [{ source: { namespaces: [calm] } }] }] }', 'DENIED'],
    ['CUSTOM is not sent to ztunnel (AUTHZ-40)', '{ action: CUSTOM, provider: { name: x }, rules: [{}] }', 'NO_POLICY'],
  ])('%s', (_title, spec, expected) => {
    expect(decided(policy(spec), 'west/calm/lake')).toEqual([expected])
  })
})

describe('proxyless workloads', () => {
  const inShop = (spec: string, annotations = '{}') =>
    `      - { apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: p, namespace: shop, annotations: ${annotations} }, spec: ${spec} }\n`
  const rule = `      - { apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: r, namespace: shop }, spec: { host: cart.shop.svc.cluster.local, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } } }\n`

  it.each([
    ['as client: plaintext without a DestinationRule (TLS-8)', '', 'west/shop/grpc', 'cart.shop:80', 'PLAINTEXT_ACCEPTED'],
    ['as client: mutual TLS with one (TLS-8)', rule, 'west/shop/grpc', 'cart.shop:80', 'MUTUAL_TLS'],
    ['as server without label: plaintext under PERMISSIVE (TLS-15)', '', 'west/shop/cart', 'grpc.shop:80', 'PLAINTEXT_ACCEPTED'],
    ['as server: STRICT takes mutual TLS only (TLS-15)', strict('shop'), 'west/shop/cart', 'grpc.shop:80', 'TLS_REJECTED'],
  ])('%s', (_title, objects, from, to, expected) => {
    expect(sent(objects, from, to)).toEqual([expected])
  })

  it.each([
    ['an ALLOW policy without rules leaves it open (AUTHZ-33)', inShop('{}'), 'NO_POLICY'],
    ['dry-run is not honoured (AUTHZ-33)', inShop('{ action: DENY, rules: [{}] }', '{ istio.io/dry-run: "true" }'), 'DENIED'],
    ['CUSTOM is not enforced (AUTHZ-33)', inShop('{ action: CUSTOM, provider: { name: x }, rules: [{}] }'), 'NO_POLICY'],
  ])('%s', (_title, objects, expected) => {
    expect(calls(objects, 'west/shop/cart', 'grpc.shop:80').map((straight) => ended(authorization(straight)))).toEqual([expected])
  })
})
