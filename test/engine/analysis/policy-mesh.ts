import { snapshotOf } from '../from-yaml.js'
import { authorization, ended, type Straight, straightCalls } from './straight-call.js'

export const workload = (name: string, namespace: string) => `
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: ${namespace} }, spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { serviceAccountName: ${name}, containers: [{ name: app }] } } } }`

interface Setting {
  readonly meshConfig?: string
  readonly flags?: string
  readonly version?: string
}

/** One cluster: `client` in `shop`, `visitor` in `guests`, `naked` in `bare`; `cart` in `shop` listens on HTTP, TCP and an undeclared protocol. */
export const mesh = (policies: string, { meshConfig = '{}', flags = '{}', version = '1.31.0' }: Setting = {}) =>
  snapshotOf(`
controlPlanes: [{ name: west, cluster: west, version: ${version}, meshConfig: ${meshConfig}, flags: ${flags} }]
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: guests, labels: { istio-injection: enabled } } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: bare } }
${workload('client', 'shop')}${workload('visitor', 'guests')}${workload('naked', 'bare')}${workload('cart', 'shop')}
      - { apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: tcp-raw, port: 90, targetPort: 9090 }, { name: odd, port: 70, targetPort: 7070 }] } }
${policies}
`)

let count = 0
export const policy = (spec: string, { namespace = 'shop', annotations = '{}' } = {}) => {
  count += 1
  return `      - { apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: p${count}, namespace: ${namespace}, annotations: ${annotations} }, spec: ${spec} }\n`
}

export const ask = (policies: string, question: Partial<Straight> = {}, setting: Setting = {}) =>
  straightCalls(mesh(policies, setting), { from: 'west/shop/client', to: 'cart.shop:80', ...question }).map((straight) =>
    ended(authorization(straight)),
  )[0]

export const allow = (rules: string) => policy(`{ action: ALLOW, rules: ${rules} }`)
export const deny = (rules: string) => policy(`{ action: DENY, rules: ${rules} }`)
