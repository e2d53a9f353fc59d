import { describe, expect, it } from 'vitest'
import { mutualTlsMode, namespaceMutualTlsMode } from '#engine/istiod/inbound/mutual-tls-mode'
import { snapshotOf } from '../../from-yaml.js'
import { ended, type Straight, straightCalls, transport } from '../straight-call.js'

/** One cluster: `client` with a proxy, `naked` without, in namespace `shop`; more objects are put behind. */
const shop = (objects = '', meshConfig = '{}') =>
  snapshotOf(`
controlPlanes: [{ name: west, cluster: west, meshConfig: ${meshConfig} }]
clusters:
  - name: west
    network: one
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: bare } }
      ${deployment('client', 'shop')}
      ${deployment('naked', 'bare')}
      ${deployment('cart', 'shop')}
      ${deployment('old', 'bare')}
      ${service('cart', 'shop')}
      ${service('old', 'bare')}
${objects}
`)

const deployment = (name: string, namespace: string, annotations = '{}') =>
  `- { apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: ${namespace} }, spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} }, annotations: ${annotations} }, spec: { serviceAccountName: ${name}, containers: [{ name: app }] } } } }`
const service = (name: string, namespace: string, more = '') =>
  `- { apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} }, spec: { ${more} selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: tcp-raw, port: 90, targetPort: 9090 }] } }`
const peer = (name: string, namespace: string, spec: string) =>
  `      - { apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: ${name}, namespace: ${namespace} }, spec: ${spec} }\n`
const rule = (spec: string, namespace = 'shop') =>
  `      - { apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: rule, namespace: ${namespace} }, spec: ${spec} }\n`

const ask = (snapshot: ReturnType<typeof shop>, question: Partial<Straight> = {}) =>
  straightCalls(snapshot, { from: 'west/shop/client', to: 'cart.shop:80', ...question }).map((straight) => ended(transport(straight)))

const strict = '{ mtls: { mode: STRICT } }'
const disable = '{ mtls: { mode: DISABLE } }'

describe('mutual TLS mode of a workload', () => {
  const modeOf = (objects: string, port = 8080, namespace = 'shop') =>
    mutualTlsMode(shop(objects).view('west'), namespace, { app: 'cart' }, port).mode

  it.each([
    ['nothing anywhere is PERMISSIVE (TLS-2)', '', 8080, 'PERMISSIVE'],
    ['the mesh level holds everywhere (TLS-1)', peer('m', 'istio-system', strict), 8080, 'STRICT'],
    ['the namespace beats the mesh (TLS-2)', peer('m', 'istio-system', strict) + peer('broad', 'shop', disable), 8080, 'DISABLE'],
    [
      'the workload beats the namespace (TLS-2, TLS-3)',
      peer('broad', 'shop', strict) + peer('w', 'shop', `{ selector: { matchLabels: { app: cart } }, mtls: { mode: DISABLE } }`),
      8080,
      'DISABLE',
    ],
    [
      'a selector that does not match says nothing (TLS-3)',
      peer('w', 'shop', `{ selector: { matchLabels: { app: other } }, mtls: { mode: STRICT } }`),
      8080,
      'PERMISSIVE',
    ],
    [
      'an unset namespace inherits from the mesh (TLS-2)',
      peer('m', 'istio-system', strict) + peer('broad', 'shop', '{ mtls: { mode: UNSET } }'),
      8080,
      'STRICT',
    ],
    ['an unset mesh is PERMISSIVE (TLS-2)', peer('m', 'istio-system', '{}'), 8080, 'PERMISSIVE'],
    [
      'a policy with a selector in the root namespace is ignored (TLS-1)',
      peer('m', 'istio-system', `{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT } }`),
      8080,
      'PERMISSIVE',
    ],
    [
      'an empty selector is none (TLS-1)',
      peer('broad', 'shop', '{ selector: { matchLabels: {} }, mtls: { mode: STRICT } }'),
      8080,
      'STRICT',
    ],
    [
      'of two equal levels the first name wins where no age is known (TLS-1)',
      peer('b', 'shop', strict) + peer('a', 'shop', disable),
      8080,
      'DISABLE',
    ],
    [
      'a port exception of the workload policy holds for the target port (TLS-2)',
      peer(
        'w',
        'shop',
        `{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT }, portLevelMtls: { "8080": { mode: DISABLE } } }`,
      ),
      8080,
      'DISABLE',
    ],
    [
      'and not for another port (TLS-2)',
      peer('w', 'shop', `{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT }, portLevelMtls: { "80": { mode: DISABLE } } }`),
      8080,
      'STRICT',
    ],
    [
      'an unset port inherits the workload’s mode (TLS-2)',
      peer('w', 'shop', `{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT }, portLevelMtls: { "8080": { mode: UNSET } } }`),
      8080,
      'STRICT',
    ],
    [
      'a workload policy without mode keeps its port exceptions and inherits the rest (TLS-2)',
      peer('m', 'istio-system', strict) +
        peer('w', 'shop', `{ selector: { matchLabels: { app: cart } }, portLevelMtls: { "8080": { mode: DISABLE } } }`),
      9090,
      'STRICT',
    ],
    [
      'port exceptions of a namespace policy are ignored (TLS-2)',
      peer('broad', 'shop', '{ mtls: { mode: STRICT }, portLevelMtls: { "8080": { mode: DISABLE } } }'),
      8080,
      'STRICT',
    ],
  ])('%s', (_title, objects, port, expected) => {
    expect(modeOf(objects, port)).toBe(expected)
  })

  it('the older of two policies of one level wins (TLS-1)', () => {
    const aged = (name: string, time: string, mode: string) =>
      `      - { apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: ${name}, namespace: shop, creationTimestamp: "${time}" }, spec: { mtls: { mode: ${mode} } } }\n`
    expect(modeOf(aged('a', '2024-02-01T00:00:00Z', 'STRICT') + aged('b', '2024-01-01T00:00:00Z', 'DISABLE'))).toBe('DISABLE')
  })

  it('the namespace level is seen without workload policies (TLS-6)', () => {
    const objects =
      peer('broad', 'shop', disable) + peer('w', 'shop', `{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT } }`)
    expect(namespaceMutualTlsMode(shop(objects).view('west'), 'shop').mode).toBe('DISABLE')
  })
})

describe('what a client sends and a server takes', () => {
  it.each([
    ['two proxies use mutual TLS by themselves (TLS-6)', '', {}, 'MUTUAL_TLS'],
    ['a client without proxy sends plaintext, which PERMISSIVE takes (TLS-8)', '', { from: 'west/bare/naked' }, 'PLAINTEXT_ACCEPTED'],
    ['and STRICT rejects (TLS-8, TLS-11)', peer('broad', 'shop', strict), { from: 'west/bare/naked' }, 'TLS_REJECTED'],
    ['a server without proxy gets plaintext (TLS-6)', '', { to: 'old.bare:80' }, 'PLAINTEXT_ACCEPTED'],
    [
      'STRICT over a server without proxy changes nothing (TLS-11)',
      peer('m', 'istio-system', strict),
      { to: 'old.bare:80' },
      'PLAINTEXT_ACCEPTED',
    ],
    [
      'what passes the mesh by is plaintext and fails under STRICT (VIS-31)',
      peer('broad', 'shop', strict),
      { direct: true },
      'TLS_REJECTED',
    ],
    ['and arrives under PERMISSIVE (VIS-31)', '', { direct: true }, 'PLAINTEXT_ACCEPTED'],
    [
      'a namespace DISABLE with a workload STRICT defeats its own clients (TLS-7)',
      peer('broad', 'shop', disable) + peer('w', 'shop', `{ selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT } }`),
      {},
      'TLS_REJECTED',
    ],
    [
      'a namespace STRICT with a workload DISABLE works in plaintext (TLS-7)',
      peer('broad', 'shop', strict) + peer('w', 'shop', `{ selector: { matchLabels: { app: cart } }, mtls: { mode: DISABLE } }`),
      {},
      'PLAINTEXT_ACCEPTED',
    ],
    [
      'ISTIO_MUTUAL in a DestinationRule fails at a server without proxy (TLS-5, TLS-11)',
      rule('{ host: old.bare.svc.cluster.local, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }'),
      { to: 'old.bare:80' },
      'TLS_REJECTED',
    ],
    [
      'ISTIO_MUTUAL in a DestinationRule fails where the server disables it (TLS-5, TLS-11)',
      peer('broad', 'shop', disable) + rule('{ host: cart, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }'),
      {},
      'TLS_REJECTED',
    ],
    [
      'DISABLE in a DestinationRule fails under STRICT (TLS-5)',
      peer('broad', 'shop', strict) + rule('{ host: cart, trafficPolicy: { tls: { mode: DISABLE } } }'),
      {},
      'TLS_REJECTED',
    ],
    [
      'SIMPLE to an HTTP port of a proxy is rejected (TLS-5, TLS-11)',
      rule('{ host: cart, trafficPolicy: { tls: { mode: SIMPLE } } }'),
      {},
      'TLS_REJECTED',
    ],
    [
      'SIMPLE to a TCP port reaches the application (TLS-11)',
      rule('{ host: cart, trafficPolicy: { tls: { mode: SIMPLE, caCertificates: /etc/ca.pem } } }'),
      { to: 'cart.shop:90' },
      'OTHER_TLS_PASSED_ON?',
    ],
    [
      'SIMPLE to a TCP port under STRICT is rejected (TLS-11)',
      peer('broad', 'shop', strict) + rule('{ host: cart, trafficPolicy: { tls: { mode: SIMPLE } } }'),
      { to: 'cart.shop:90' },
      'TLS_REJECTED',
    ],
    [
      'a sidecar ignores SIMPLE with credentialName and sends plaintext (TLS-5)',
      rule('{ host: cart, trafficPolicy: { tls: { mode: SIMPLE, credentialName: c } } }'),
      {},
      'PLAINTEXT_ACCEPTED',
    ],
    [
      'a port entry without tls means automatic mode for that port (TLS-5)',
      rule(
        '{ host: cart, trafficPolicy: { tls: { mode: ISTIO_MUTUAL }, portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: RANDOM } }] } }',
      ) + peer('w', 'shop', `{ selector: { matchLabels: { app: cart } }, mtls: { mode: PERMISSIVE } }`),
      {},
      'MUTUAL_TLS',
    ],
    [
      'top-level DISABLE with a port entry without tls stays plaintext (TLS-5)',
      rule(
        '{ host: cart, trafficPolicy: { tls: { mode: DISABLE }, portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: RANDOM } }] } }',
      ),
      {},
      'PLAINTEXT_ACCEPTED',
    ],
  ] as const)('%s', (_title, objects, question, expected) => {
    expect(ask(shop(objects), question)).toEqual([expected])
  })

  it('without automatic mutual TLS only plaintext is sent (MODEL-8, TLS-6, TLS-24)', () => {
    expect(ask(shop('', '{ enableAutoMtls: false }'))).toEqual(['PLAINTEXT_ACCEPTED'])
    expect(ask(shop(peer('broad', 'shop', strict), '{ enableAutoMtls: false }'))).toEqual(['TLS_REJECTED'])
  })

  it('ports left out of inbound capture take plaintext under STRICT, and fail mutual TLS (TLS-11)', () => {
    const objects = `${peer('broad', 'shop', strict)}      ${deployment('open', 'shop', '{ traffic.sidecar.istio.io/excludeInboundPorts: "8080" }')}\n      ${service('open', 'shop')}\n`
    expect(ask(shop(objects), { from: 'west/bare/naked', to: 'open.shop:80' })).toEqual(['PLAINTEXT_ACCEPTED'])
    expect(ask(shop(objects), { from: 'west/bare/naked', to: 'open.shop:90' })).toEqual(['TLS_REJECTED'])
    expect(ask(shop(objects), { to: 'open.shop:80' })).toEqual(['TLS_REJECTED'])
  })

  it('only listed ports are captured where a list is given (TLS-11)', () => {
    const objects = `${peer('broad', 'shop', strict)}      ${deployment('open', 'shop', '{ traffic.sidecar.istio.io/includeInboundPorts: "9090" }')}\n      ${service('open', 'shop')}\n`
    expect(ask(shop(objects), { from: 'west/bare/naked', to: 'open.shop:80' })).toEqual(['PLAINTEXT_ACCEPTED'])
    expect(ask(shop(objects), { from: 'west/bare/naked', to: 'open.shop:90' })).toEqual(['TLS_REJECTED'])
  })

  it('a headless service gets one transport for all: a single naked pod turns mutual TLS off (TLS-6)', () => {
    const headless = (labels: string) => `      ${deployment('db-a', 'shop').replace('labels: { app: db-a }', 'labels: { app: db }')}
      ${deployment('db-b', 'shop').replace('labels: { app: db-b }', `labels: { app: db${labels} }`)}
      ${service('db', 'shop', 'clusterIP: None,')}
`
    expect(ask(shop(headless('')), { to: 'db.shop:80' })).toEqual(['MUTUAL_TLS', 'MUTUAL_TLS'])
    const mixed = headless(', sidecar.istio.io/inject: "false"')
    expect(ask(shop(mixed), { to: 'db.shop:80' })).toEqual(['PLAINTEXT_ACCEPTED', 'PLAINTEXT_ACCEPTED'])
    expect(ask(shop(mixed + peer('broad', 'shop', strict)), { to: 'db.shop:80' }).sort()).toEqual(['PLAINTEXT_ACCEPTED', 'TLS_REJECTED'])
  })

  it('a headless service ignores a workload DISABLE, which then fails (TLS-6)', () => {
    const objects = `      ${deployment('db', 'shop')}\n      ${service('db', 'shop', 'clusterIP: None,')}\n${peer('w', 'shop', `{ selector: { matchLabels: { app: db } }, mtls: { mode: DISABLE } }`)}`
    expect(ask(shop(objects), { to: 'db.shop:80' })).toEqual(['TLS_REJECTED'])
  })
})
