import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../from-yaml.js'
import { cluster, deployment, namespace, object, service, topology } from './mesh-yaml.js'
import { objectsOf, remediesOf } from './remedies-of.js'

const pem = (name: string): string =>
  `rootCertificates:\n  - |\n${readFileSync(`examples/certificates/${name}.pem`, 'utf8').replace(/^(?=.)/gm, '    ')}`
const rootA = pem('root-a')
const rootB = pem('root-b')

const client = [namespace('shop'), deployment('shop/web')]
const server = [namespace('shop'), deployment('shop/cart'), service('shop/cart')]

const network = (name: string): string => namespace('istio-system', `topology.istio.io/network: ${name}`)
const gatewayPods = [
  '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: gate, namespace: istio-system }, spec: { template: { metadata: { labels: { istio: eastwestgateway } }, spec: { containers: [{ name: istio-proxy }] } } } }',
  '{ apiVersion: v1, kind: Service, metadata: { name: gate, namespace: istio-system, labels: { topology.istio.io/network: net2 } }, spec: { type: LoadBalancer, selector: { istio: eastwestgateway }, ports: [{ name: tls, port: 15443, targetPort: 15443 }] }, status: { loadBalancer: { ingress: [{ ip: 203.0.113.7 }] } } }',
]
const passthrough = (hosts: string): string =>
  object(
    'Gateway',
    'istio-system/gate',
    `{ selector: { istio: eastwestgateway }, servers: [{ port: { number: 15443, name: tls, protocol: TLS }, tls: { mode: AUTO_PASSTHROUGH }, hosts: ["${hosts}"] }] }`,
  )
const twoNetworks = (west: readonly string[], east: readonly string[]) =>
  snapshotOf(
    topology(
      cluster('west', `network: net1\nremoteSecrets: [east]\n${rootA}`, [network('net1'), ...client, service('shop/cart'), ...west]),
      cluster('east', `network: net2\nremoteSecrets: [west]\n${rootA}`, [network('net2'), ...server, ...gatewayPods, ...east]),
    ),
  )

describe('a remedy for a name that only another cluster has', () => {
  it('is the same Service in the client’s cluster, or DNS capture (DNS-2, DNS-7, EDS-3)', () => {
    const west = cluster('west', `remoteSecrets: [east]\n${rootA}`, client)
    const east = cluster('east', `remoteSecrets: [west]\n${rootA}`, server)
    const { reason, remedies } = remediesOf(snapshotOf(topology(west, east)), 'west/shop/web', 'cart:80')
    expect(reason).toBe('NAME_NOT_RESOLVED')
    expect(remedies.map((remedy) => remedy.cluster)).toEqual(['west', 'west'])
    expect(objectsOf(remedies[0]!)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'cart', namespace: 'shop' },
        spec: { selector: { app: 'cart' }, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] },
      },
    ])
    expect(remedies[1]).toMatchObject({ manifest: null, summary: expect.stringContaining('ISTIO_META_DNS_CAPTURE') })
  })

  it('brings the namespace along where the cluster does not have it', () => {
    const west = cluster('west', `remoteSecrets: [east]\n${rootA}`, client)
    const east = cluster('east', `remoteSecrets: [west]\n${rootA}`, [namespace('data'), deployment('data/store'), service('data/store')])
    const { remedies } = remediesOf(snapshotOf(topology(west, east)), 'west/shop/web', 'store.data:80')
    expect(objectsOf(remedies[0]!)).toMatchObject([{ kind: 'Namespace', metadata: { name: 'data' } }, { kind: 'Service' }])
  })

  it('keeps the protocol that an appProtocol gave the port (TLS-12)', () => {
    const plain = service('shop/cart').replace('name: http, port: 80', 'name: main, appProtocol: http, port: 80')
    const west = cluster('west', `remoteSecrets: [east]\n${rootA}`, client)
    const east = cluster('east', `remoteSecrets: [west]\n${rootA}`, [namespace('shop'), deployment('shop/cart'), plain])
    const { remedies } = remediesOf(snapshotOf(topology(west, east)), 'west/shop/web', 'cart:80')
    expect(objectsOf(remedies[0]!)).toMatchObject([{ spec: { ports: [{ name: 'main', appProtocol: 'http' }] } }])
  })
})

describe('a remedy for endpoints that the control plane does not read', () => {
  const west = cluster('west', `remoteSecrets: []\n${rootA}`, [...client, service('shop/cart')])
  const east = cluster('east', `remoteSecrets: []\n${rootA}`, server)

  it('is a remote secret, which is no manifest that can be written here (EDS-2, MODEL-20)', () => {
    const { reason, remedies } = remediesOf(snapshotOf(topology(west, east)), 'west/shop/web', 'cart:80')
    expect(reason).toBe('NO_ENDPOINTS')
    expect(remedies).toEqual([
      {
        cluster: 'west',
        controlPlane: 'west',
        manifest: null,
        alsoOpens: null,
        summary: expect.stringContaining('istioctl create-remote-secret --name=east'),
      },
    ])
  })

  it('is stated for the control plane where the document states its secrets', () => {
    const planes = 'controlPlanes: [{ name: west, cluster: west, remoteSecrets: [] }]\n'
    const { remedies } = remediesOf(snapshotOf(`${planes}${topology(west, east)}`), 'west/shop/web', 'cart:80')
    expect(remedies).toHaveLength(1)
  })
})

describe('a remedy for certificates under unrelated roots', () => {
  it('lets each side trust the other’s root (TRUST-3, TRUST-5)', () => {
    const west = cluster('west', `remoteSecrets: [east]\n${rootA}`, [...client, service('shop/cart')])
    const east = cluster('east', `remoteSecrets: [west]\n${rootB}`, server)
    const { reason, remedies } = remediesOf(snapshotOf(topology(west, east)), 'west/shop/web', 'cart:80')
    expect(reason).toBe('UNTRUSTED')
    expect(remedies).toHaveLength(1)
    expect(remedies[0]).toMatchObject({ cluster: null, manifest: null })
    expect(remedies[0]?.summary).toMatch(/`east` trust the root of control plane `west`.*`west` trust the root of control plane `east`/)
  })
})

describe('a remedy for a trust domain that the server does not accept', () => {
  it('is an alias in the MeshConfig of the server’s control plane, and what else that does is said (TLS-20, AUTHZ-15)', () => {
    const planes =
      'controlPlanes:\n  - { name: west, cluster: west, meshConfig: { trustDomain: west.example } }\n  - { name: east, cluster: east, meshConfig: { trustDomain: east.example, trustDomainAliases: [] } }\n'
    const alias = planes.replace('trustDomain: west.example', 'trustDomain: west.example, trustDomainAliases: [east.example]')
    const west = cluster('west', `remoteSecrets: [east]\n${rootA}`, [...client, service('shop/cart')])
    const east = cluster('east', `remoteSecrets: [west]\n${rootA}`, server)
    const { reason, remedies } = remediesOf(snapshotOf(`${alias}${topology(west, east)}`), 'west/shop/web', 'cart:80')
    expect(reason).toBe('UNTRUSTED')
    expect(remedies).toEqual([
      {
        cluster: 'east',
        controlPlane: 'east',
        manifest: null,
        alsoOpens: null,
        summary: expect.stringMatching(/`east` accept .*`west.example`.*trustDomainAliases.*name an account .* mean the same account/),
      },
    ])
  })
})

describe('a remedy for what another network’s gateway does not hand on', () => {
  it('is a further Gateway for the same pods with the host (NET-30, NET-31)', () => {
    const snapshot = twoNetworks([], [passthrough('other.shop.svc.cluster.local')])
    const { reason, remedies } = remediesOf(snapshot, 'west/shop/web', 'cart:80')
    expect(reason).toBe('GATEWAY_HOST_NOT_EXPOSED')
    expect(remedies.map((remedy) => remedy.cluster)).toEqual(['east'])
    expect(objectsOf(remedies[0]!)).toEqual([
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'Gateway',
        metadata: { name: 'expose-cart-shop', namespace: 'istio-system' },
        spec: {
          selector: { istio: 'eastwestgateway' },
          servers: [
            {
              port: { number: 15443, name: 'tls', protocol: 'TLS' },
              tls: { mode: 'AUTO_PASSTHROUGH' },
              hosts: ['cart.shop.svc.cluster.local'],
            },
          ],
        },
      },
    ])
  })

  it('is the first Gateway where the gateway has no server at all (NET-30)', () => {
    const { reason, remedies } = remediesOf(twoNetworks([], []), 'west/shop/web', 'cart:80')
    expect(reason).toBe('GATEWAY_SERVER_MISSING')
    expect(objectsOf(remedies[0]!)).toMatchObject([{ kind: 'Gateway', spec: { selector: { istio: 'eastwestgateway' } } }])
  })

  it('defines the client’s subset for the gateway’s control plane too (NET-34)', () => {
    const subset = object('DestinationRule', 'shop/cart', '{ host: cart, subsets: [{ name: main, labels: { app: cart } }] }')
    const route = object(
      'VirtualService',
      'shop/cart',
      '{ hosts: [cart], http: [{ route: [{ destination: { host: cart, subset: main } }] }] }',
    )
    const { reason, remedies } = remediesOf(twoNetworks([subset, route], [passthrough('*.local')]), 'west/shop/web', 'cart:80')
    expect(reason).toBe('GATEWAY_SUBSET_MISSING')
    expect(remedies.map((remedy) => remedy.cluster)).toEqual(['east'])
    expect(objectsOf(remedies[0]!)).toEqual([
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'DestinationRule',
        metadata: { name: 'cart-main', namespace: 'shop' },
        spec: { host: 'cart.shop.svc.cluster.local', subsets: [{ name: 'main', labels: { app: 'cart' } }] },
      },
    ])
  })

  it('has a proxy injected into a server that takes no mutual TLS (NET-14, MODEL-27)', () => {
    const legacy = [namespace('legacy', 'team: old'), deployment('legacy/bill'), service('legacy/bill')]
    const snapshot = twoNetworks([service('legacy/bill')], [passthrough('*.local'), ...legacy])
    const { reason, remedies } = remediesOf(snapshot, 'west/shop/web', 'bill.legacy:80')
    expect(reason).toBe('NOT_MTLS')
    expect(objectsOf(remedies[0]!)).toMatchObject([
      { kind: 'Namespace', metadata: { labels: { 'istio-injection': 'enabled', team: 'old' } } },
    ])
  })
})

describe('a remedy for a pod IP on a network that is not routed to', () => {
  it('is an east-west gateway, or a route between the networks, where a control plane has no gateway to choose (NET-6, NET-10, NET-38)', () => {
    const west = cluster('west', `network: net1\nremoteSecrets: [east]\n${rootA}`, [...client, service('shop/cart')])
    const east = cluster('east', `network: net2\nremoteSecrets: [west]\n${rootA}`, server)
    const { reason, remedies } = remediesOf(snapshotOf(topology(west, east)), 'west/shop/web', 'cart:80')
    expect(reason).toBe('CROSS_NETWORK_WITHOUT_GATEWAY')
    expect(remedies).toMatchObject([
      { cluster: 'east', summary: expect.stringMatching(/^open network `net2` by an east-west gateway in cluster `east`/) },
      { manifest: null, summary: expect.stringMatching(/^broader: .*`net2` from network `net1`/) },
    ])
    expect(remedies[0]?.manifest).not.toContain('192.0.2.1')
    expect(remedies[0]?.summary).toMatch(
      /; when `kubectl --context east get service istio-eastwestgateway -n istio-system` shows an address, add /,
    )
    expect(remedies[0]?.summary).not.toContain('see what is assumed')
    expect(objectsOf(remedies[0]!)).toMatchObject([
      { kind: 'Deployment', spec: { template: { metadata: { labels: { 'topology.istio.io/network': 'net2' } } } } },
      { kind: 'Service', metadata: { labels: { 'topology.istio.io/network': 'net2' } }, spec: { type: 'LoadBalancer' } },
      { kind: 'Gateway', spec: { servers: [{ port: { number: 15443 }, tls: { mode: 'AUTO_PASSTHROUGH' } }] } },
    ])
  })

  it('says on what a gateway of a remote cluster waits, as far as the answer takes it for granted (MODEL-24, MODEL-26)', () => {
    const west = cluster('west', `network: net1\nremoteSecrets: [east]\n${rootA}`, [...client, service('shop/cart')])
    const east = cluster('east', 'network: net2', server).replace(
      'controlPlane: { role: PRIMARY }',
      'controlPlane: { role: REMOTE, managedBy: west }',
    )
    const { reason, remedies } = remediesOf(snapshotOf(topology(west, east)), 'west/shop/web', 'cart:80')
    expect(reason).toBe('CROSS_NETWORK_WITHOUT_GATEWAY')
    expect(remedies[0]?.summary).toContain(
      'starts only if pods of `east` reach its istiod and are given its root certificate, see what is assumed',
    )
  })

  it('names no address that only stands for the one that is given later (NET-7, NP-11)', () => {
    const dns = '{ to: [{ namespaceSelector: {} }] }'
    const policy = `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: inside, namespace: shop }, spec: { podSelector: {}, policyTypes: [Egress], egress: [${dns}] } }`
    const west = cluster('west', `network: net1\nremoteSecrets: [east]\n${rootA}`, [...client, service('shop/cart'), policy])
    const east = cluster('east', `network: net2\nremoteSecrets: [west]\n${rootA}`, server)
    const { reason, remedies } = remediesOf(snapshotOf(topology(west, east)), 'west/shop/web', 'cart:80')
    expect(reason).toBe('CROSS_NETWORK_WITHOUT_GATEWAY')
    expect(remedies.filter((one) => /192\.0\.2\./.test(`${one.summary} ${one.manifest}`))).toEqual([])
  })

  it('is tried in a live cluster as if it ran there (NET-6, NET-7)', () => {
    const pod = (place: string, ip: string, containers: string): string => {
      const [home, name] = place.split('/')
      return `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: ${home}, labels: { app: ${name} } }, spec: { containers: [${containers}] }, status: { phase: Running, podIP: ${ip}, conditions: [{ type: Ready, status: 'True' }] } }`
    }
    const [app, proxied] = ['{ name: app, ports: [{ containerPort: 8080 }] }', '{ name: istio-proxy, image: proxyv2 }']
    const live = (name: string, other: string, network: string, ...objects: readonly string[]): string =>
      cluster(name, `observed: true\nnetwork: ${network}\nremoteSecrets: [${other}]\n${rootA}`, [
        namespace('shop'),
        service('shop/cart'),
        pod('istio-system/istiod', '10.9.0.1', '{ name: discovery }'),
        ...objects,
      ])
    const west = live('west', 'east', 'net1', pod('shop/web', '10.0.0.1', `${app}, ${proxied}`))
    const east = live('east', 'west', 'net2', pod('shop/cart', '10.0.1.1', `${app}, ${proxied}`))
    const { remedies } = remediesOf(snapshotOf(topology(west, east)), 'west/shop/web', 'cart:80')
    expect(remedies[0]?.summary).toMatch(/^open network `net2` by an east-west gateway/)
    expect(remedies[0]?.manifest).not.toMatch(/kind: Pod$|assumed:/m)
  })

  it('is no second gateway where one waits for its address (NET-6)', () => {
    const waiting = gatewayPods.map((pod) => pod.replace(/, status: .*$/, ' }').replace('LoadBalancer', 'ClusterIP'))
    const west = cluster('west', `network: net1\nremoteSecrets: [east]\n${rootA}`, [...client, service('shop/cart')])
    const east = cluster('east', `network: net2\nremoteSecrets: [west]\n${rootA}`, [...server, ...waiting])
    const { remedies } = remediesOf(snapshotOf(topology(west, east)), 'west/shop/web', 'cart:80')
    expect(remedies.map(({ manifest }) => manifest)).toEqual([null])
  })
})

describe('one change in several clusters', () => {
  it('says for each object which cluster it is for (AUTHZ-1, MODEL-16)', () => {
    const policy = object('AuthorizationPolicy', 'shop/none', '{}')
    const west = cluster('west', `remoteSecrets: [east]\n${rootA}`, [...client, deployment('shop/cart'), service('shop/cart'), policy])
    const east = cluster('east', `remoteSecrets: [west]\n${rootA}`, [...server, policy])
    const { reason, remedies } = remediesOf(snapshotOf(topology(west, east)), 'west/shop/web', 'cart:80')
    expect(reason).toBe('DENIED')
    expect(remedies[0]?.cluster).toBeNull()
    expect(objectsOf(remedies[0]!)).toHaveLength(2)
    expect(remedies[0]?.manifest).toMatch(
      /^# cluster: (west|east)\n# kubectl apply -f FILE\n[^#]*^---\n# cluster: (west|east)\n# kubectl apply -f FILE\n/m,
    )
  })
})
