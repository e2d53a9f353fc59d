import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../from-yaml.js'
import { cluster, deployment, namespace, object, service, topology } from './mesh-yaml.js'
import { objectsOf, remediesOf } from './remedies-of.js'

const shop = [namespace('shop'), namespace('ops'), deployment('shop/web'), deployment('shop/cart'), service('shop/cart')]
const west = (...more: readonly string[]) => snapshotOf(topology(cluster('west', 'remoteSecrets: []', [...shop, ...more])))

describe('a remedy for a caller that no ALLOW rule names', () => {
  const policy = object(
    'AuthorizationPolicy',
    'shop/callers',
    '{ selector: { matchLabels: { app: cart } }, rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/admin] } }] }] }',
  )

  it('is a further ALLOW policy for the caller’s principal and the server’s port (AUTHZ-6, AUTHZ-10)', () => {
    const { reason, remedies } = remediesOf(west(policy), 'west/shop/web', 'cart:80')
    expect(reason).toBe('DENIED')
    expect(remedies.map((remedy) => remedy.cluster)).toEqual(['west'])
    expect(remedies[0]?.summary).toBe('allow `shop/web` to call port 8080 of `shop/cart` by one more policy; `shop/callers` stays as it is')
    expect(objectsOf(remedies[0]!)).toEqual([
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'allow-web-to-cart', namespace: 'shop' },
        spec: {
          selector: { matchLabels: { app: 'cart' } },
          action: 'ALLOW',
          rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }], to: [{ operation: { ports: ['8080'] } }] }],
        },
      },
    ])
  })

  it('takes a name that no policy of the namespace has', () => {
    const other = object('AuthorizationPolicy', 'shop/allow-web-to-cart', '{ selector: { matchLabels: { app: other } } }')
    const { remedies } = remediesOf(west(policy, other), 'west/shop/web', 'cart:80')
    expect(objectsOf(remedies[0]!)).toMatchObject([{ metadata: { name: 'allow-web-to-cart-2' } }])
  })

  it('is not offered against a DENY rule, which somebody meant (AUTHZ-9)', () => {
    const deny = object(
      'AuthorizationPolicy',
      'shop/not-from-shop',
      '{ action: DENY, rules: [{ from: [{ source: { namespaces: [shop] } }] }] }',
    )
    expect(remediesOf(west(deny), 'west/shop/web', 'cart:80')).toEqual({ verdict: 'UNREACHABLE', reason: 'DENIED', remedies: [] })
  })
})

describe('a remedy for plaintext that STRICT refuses', () => {
  const strict = object('PeerAuthentication', 'shop/default', '{ mtls: { mode: STRICT } }')
  const outside = [namespace('batch', 'team: data'), deployment('batch/job')]

  it('labels the namespace of a client without proxy for injection, or lets the port take plaintext (MODEL-27, TLS-3, TLS-11)', () => {
    const { reason, remedies } = remediesOf(west(strict, ...outside), 'west/batch/job', 'cart.shop:80')
    expect(reason).toBe('TLS_REJECTED')
    expect(remedies.map(({ summary }) => summary.startsWith('weaker: '))).toEqual([false, true])
    expect(remedies.map(objectsOf)).toEqual([
      [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'batch', labels: { team: 'data', 'istio-injection': 'enabled' } } }],
      [
        {
          apiVersion: 'security.istio.io/v1',
          kind: 'PeerAuthentication',
          metadata: { name: 'cart-permissive', namespace: 'shop' },
          spec: { selector: { matchLabels: { app: 'cart' } }, portLevelMtls: { 8080: { mode: 'PERMISSIVE' } } },
        },
      ],
    ])
  })

  it('takes back the opt-out of the pods as well (MODEL-28)', () => {
    const optedOut = [namespace('batch', ''), deployment('batch/job', 'sidecar.istio.io/inject: "false"')]
    const { remedies } = remediesOf(west(strict, ...optedOut), 'west/batch/job', 'cart.shop:80')
    expect(objectsOf(remedies[0]!)).toMatchObject([
      { kind: 'Namespace', metadata: { name: 'batch' } },
      {
        kind: 'Deployment',
        metadata: { name: 'job' },
        spec: { template: { metadata: { labels: { 'sidecar.istio.io/inject': 'true' } } } },
      },
    ])
  })

  it('counts on the restart of pods that run without proxy (MODEL-29, MODEL-30)', () => {
    const pod =
      '{ apiVersion: v1, kind: Pod, metadata: { name: job-1, namespace: batch, labels: { app: job } }, spec: { serviceAccountName: job, containers: [{ name: app }] }, status: { phase: Running, podIP: 10.9.0.1, conditions: [{ type: Ready, status: "True" }] } }'
    const server =
      '{ apiVersion: v1, kind: Pod, metadata: { name: cart-1, namespace: shop, labels: { app: cart } }, spec: { serviceAccountName: cart, containers: [{ name: app, ports: [{ containerPort: 8080 }] }, { name: istio-proxy }] }, status: { phase: Running, podIP: 10.9.0.2, conditions: [{ type: Ready, status: "True" }] } }'
    const slice =
      '{ apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: { name: cart-x, namespace: shop, labels: { kubernetes.io/service-name: cart } }, ports: [{ name: http, port: 8080 }], endpoints: [{ addresses: [10.9.0.2], conditions: { ready: true }, targetRef: { kind: Pod, name: cart-1, namespace: shop } }] }'
    const { reason, remedies } = remediesOf(west(strict, namespace('batch', ''), pod, server, slice), 'west/batch/job-1', 'cart.shop:80')
    expect(reason).toBe('TLS_REJECTED')
    expect(remedies[0]?.summary).toMatch(/label namespace `batch` .* restart Pod `job-1`/)
  })

  it('asks for no label that is there: for the restart alone, or for the end of the opt-out (MODEL-27, MODEL-29)', () => {
    const pod =
      '{ apiVersion: v1, kind: Pod, metadata: { name: job-1, namespace: batch, labels: { app: job } }, spec: { serviceAccountName: job, containers: [{ name: app }] }, status: { phase: Running, podIP: 10.9.0.1, conditions: [{ type: Ready, status: "True" }] } }'
    const server =
      '{ apiVersion: v1, kind: Pod, metadata: { name: cart-1, namespace: shop, labels: { app: cart } }, spec: { serviceAccountName: cart, containers: [{ name: app, ports: [{ containerPort: 8080 }] }, { name: istio-proxy }] }, status: { phase: Running, podIP: 10.9.0.2, conditions: [{ type: Ready, status: "True" }] } }'
    const older = remediesOf(west(strict, namespace('batch'), pod, server), 'west/batch/job-1', 'cart.shop:80').remedies[0]
    expect(older).toMatchObject({
      summary: 'restart Pod `job-1`: namespace `batch` of cluster `west` asks for injection, and what runs has no proxy yet',
      manifest: null,
    })
    const optedOut = [namespace('batch'), deployment('batch/job', 'sidecar.istio.io/inject: "false"')]
    const back = remediesOf(west(strict, ...optedOut), 'west/batch/job', 'cart.shop:80').remedies[0]!
    expect(back.summary).toMatch(/^take back the opt-out of its pods .*, and restart Deployment `job`, which then gets a proxy$/u)
    expect(objectsOf(back)).toMatchObject([{ kind: 'Deployment' }])
  })

  it('says both changes where injection alone is not enough (AUTHZ-6)', () => {
    const callers = object('AuthorizationPolicy', 'shop/callers', '{ rules: [{ from: [{ source: { namespaces: [shop] } }] }] }')
    const { remedies } = remediesOf(west(strict, callers, ...outside), 'west/batch/job', 'cart.shop:80')
    expect(remedies).toHaveLength(1)
    expect(objectsOf(remedies[0]!)).toMatchObject([
      { kind: 'Namespace', metadata: { name: 'batch' } },
      { kind: 'AuthorizationPolicy', spec: { rules: [{ from: [{ source: { principals: ['cluster.local/ns/batch/sa/job'] } }] }] } },
    ])
  })

  it('lets a port that takes plaintext alone take mutual TLS as well, which weakens nothing (TLS-3, TLS-11)', () => {
    const disabled = object('PeerAuthentication', 'shop/default', '{ mtls: { mode: DISABLE } }')
    const rule = object('DestinationRule', 'shop/cart', '{ host: cart, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }')
    const { reason, remedies } = remediesOf(west(disabled, rule), 'west/shop/web', 'cart:80')
    expect(reason).toBe('TLS_REJECTED')
    expect(remedies.map(({ summary }) => summary)).toEqual([
      'let `shop/cart` take Istio’s mutual TLS on port 8080 as well; plaintext stays as it is',
    ])
    expect(objectsOf(remedies[0]!)).toMatchObject([{ spec: { portLevelMtls: { 8080: { mode: 'PERMISSIVE' } } } }])
  })

  it('sets the TLS mode of the client’s DestinationRule where that sends plaintext (TLS-5)', () => {
    const rule = object('DestinationRule', 'shop/cart', '{ host: cart, trafficPolicy: { tls: { mode: DISABLE } } }')
    const { remedies } = remediesOf(west(strict, rule), 'west/shop/web', 'cart:80')
    expect(objectsOf(remedies[0]!)).toMatchObject([
      {
        kind: 'DestinationRule',
        metadata: { name: 'cart', namespace: 'shop' },
        spec: { trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
      },
    ])
  })
})

describe('a remedy for a service that the client’s proxy is not given', () => {
  const ops = [deployment('ops/probe')]

  it('is the client’s Sidecar with the host added (VIS-18, MODEL-2)', () => {
    const sidecar = object('Sidecar', 'ops/default', '{ egress: [{ hosts: ["./*"] }], outboundTrafficPolicy: { mode: REGISTRY_ONLY } }')
    const { reason, remedies } = remediesOf(west(...ops, sidecar), 'west/ops/probe', 'cart.shop:80')
    expect(reason).toBe('BLACKHOLED')
    expect(remedies).toHaveLength(1)
    expect(remedies[0]?.manifest).toMatch(/^# kubectl patch sidecar default -n ops --type json --patch-file FILE\n/)
    expect(objectsOf(remedies[0]!)).toEqual([[{ op: 'add', path: '/spec/egress/0/hosts/-', value: 'shop/cart.shop.svc.cluster.local' }]])
  })

  it('is that as well for a service of which it knows through another’s routes alone (VIS-21)', () => {
    const leading = object(
      'VirtualService',
      'ops/other',
      '{ hosts: [other.example], http: [{ route: [{ destination: { host: cart.shop.svc.cluster.local } }] }] }',
    )
    const sidecar = object('Sidecar', 'ops/default', '{ egress: [{ hosts: ["./*"] }], outboundTrafficPolicy: { mode: REGISTRY_ONLY } }')
    const { remedies } = remediesOf(west(...ops, sidecar, leading), 'west/ops/probe', 'cart.shop:80')
    expect(objectsOf(remedies[0]!)).toEqual([[{ op: 'add', path: '/spec/egress/0/hosts/-', value: 'shop/cart.shop.svc.cluster.local' }]])
  })

  it('is a listener of its own where the Sidecar has only those of other ports (VIS-20)', () => {
    const spec =
      '{ egress: [{ port: { number: 443, protocol: TLS, name: tls }, hosts: ["./*"] }], outboundTrafficPolicy: { mode: REGISTRY_ONLY } }'
    const { remedies } = remediesOf(west(...ops, object('Sidecar', 'ops/default', spec)), 'west/ops/probe', 'cart.shop:80')
    expect(objectsOf(remedies[0]!)).toMatchObject([
      [{ op: 'add', path: '/spec/egress/-', value: { hosts: ['shop/cart.shop.svc.cluster.local'] } }],
    ])
  })

  it('is the Service’s exportTo with the client’s namespace added (VIS-1, VIS-2)', () => {
    const strict = object('PeerAuthentication', 'shop/default', '{ mtls: { mode: STRICT } }')
    const kept = service('shop/cart', ', annotations: { networking.istio.io/exportTo: "." }')
    const parts = [...shop.slice(0, 4), kept, ...ops, strict]
    const snapshot = snapshotOf(topology(cluster('west', 'remoteSecrets: []', parts)))
    const { remedies } = remediesOf(snapshot, 'west/ops/probe', 'cart.shop:80')
    expect(objectsOf(remedies[0]!)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'cart', namespace: 'shop', annotations: { 'networking.istio.io/exportTo': '.,ops' } },
      },
    ])
  })
})

describe('the search for remedies', () => {
  it('has nothing to say of a call that arrives, or of which something is unknown', () => {
    expect(remediesOf(west(), 'west/shop/web', 'cart:80')).toEqual({ verdict: 'REACHABLE', reason: 'DELIVERED', remedies: [] })
  })

  it('proposes nothing that does not turn the verdict', () => {
    expect(remediesOf(west(), 'west/shop/web', 'nobody:80')).toMatchObject({ reason: 'NAME_NOT_RESOLVED', remedies: [] })
  })
})

describe('a remedy for a Service that selects nobody', () => {
  it('is the label that the workload beside it has, where one letter is wrong (EDS-1, EDS-7)', () => {
    const typo = service('shop/basket').replace('app: basket', 'app: crt')
    const { reason, remedies } = remediesOf(west(typo), 'west/shop/web', 'basket:80')
    expect(reason).toBe('NO_ENDPOINTS')
    expect(remedies.map(objectsOf)).toEqual([
      [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'basket', namespace: 'shop' }, spec: { selector: { app: 'cart' } } }],
    ])
  })
})

describe('a remedy for a port that the Service does not declare', () => {
  it('declares it besides the others, where the pods have it (ROUTE-34)', () => {
    const strict = object('PeerAuthentication', 'shop/default', '{ mtls: { mode: STRICT } }')
    const { reason, remedies } = remediesOf(west(strict), 'west/shop/web', 'cart:8080')
    expect(reason).not.toBe('DELIVERED')
    expect(remedies.map(objectsOf)).toContainEqual([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'cart', namespace: 'shop' },
        spec: {
          ports: [
            { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
            { name: 'port-8080', port: 8080, targetPort: 8080, protocol: 'TCP' },
          ],
        },
      },
    ])
  })
})
