import { describe, expect, it } from 'vitest'
import { cluster, deployment, type EastWest, eastWest, istio, pod, type Raw, service, slice, topology } from '../objects.js'
import { type Asked, reasonOf, serversOf, walk } from '../walk.js'

const host = 'reviews.shop.svc.cluster.local'
const asked: Asked = { from: 'west/shop/web', host, port: 80 }
const backend = [service('reviews'), deployment('reviews')]

interface Options {
  readonly gateway?: Partial<EastWest>
  readonly west?: readonly Raw[]
  readonly east?: readonly Raw[]
  readonly eastHeader?: Raw
  readonly westHeader?: Raw
  readonly rest?: Raw
  readonly subset?: string
}

/** West on n1 calls reviews in east on n2 through east's gateway. */
function pass(options: Options = {}) {
  const west = cluster('west', [deployment('web'), ...(options.west ?? [])], {
    network: 'n1',
    remoteSecrets: ['east'],
    ...options.westHeader,
  })
  const east = cluster('east', [...(options.east ?? backend), ...eastWest({ network: 'n2', ...options.gateway })], {
    network: 'n2',
    ...options.eastHeader,
  })
  const walked = walk(
    topology([west, east], options.rest ?? {}),
    options.subset === undefined ? asked : { ...asked, subset: options.subset },
  )
  const [first] = walked.passed
  if (first === undefined) throw new Error(`no path: ${String(walked.translated?.outcome.step.message ?? walked.found.step.message)}`)
  return first
}

describe('through the gateway of a network', () => {
  it('the call arrives at the endpoints behind it, which the gateway knows (NET-32, NET-35)', () => {
    const outcome = pass()
    expect(serversOf(outcome)).toEqual(['east/reviews:8080'])
    expect(reasonOf(outcome)).toBe('VIA_GATEWAY')
    expect(outcome.step.because.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Service', 'Gateway']))
  })

  it('without a server that hands TLS on it stops there (NET-30)', () => {
    expect(reasonOf(pass({ gateway: { gateway: null } }))).toBe('GATEWAY_SERVER_MISSING')
  })

  it.each([
    [
      'a server of another TLS mode',
      {
        selector: { istio: 'eastwestgateway' },
        servers: [{ port: { number: 15443, name: 't', protocol: 'TLS' }, tls: { mode: 'ISTIO_MUTUAL' }, hosts: ['*'] }],
      },
    ],
    [
      'a server on another port',
      {
        selector: { istio: 'eastwestgateway' },
        servers: [{ port: { number: 15444, name: 't', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts: ['*'] }],
      },
    ],
    [
      'a Gateway for other pods',
      {
        selector: { istio: 'ingressgateway' },
        servers: [{ port: { number: 15443, name: 't', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts: ['*'] }],
      },
    ],
  ])('%s does not help (NET-30)', (_title, gateway) => {
    expect(reasonOf(pass({ gateway: { gateway } }))).toBe('GATEWAY_SERVER_MISSING')
  })

  it('a Gateway without selector means every gateway proxy (NET-30)', () => {
    const servers = [{ port: { number: 15443, name: 't', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts: ['*.local'] }]
    expect(serversOf(pass({ gateway: { gateway: { servers } } }))).toEqual(['east/reviews:8080'])
  })

  it.each([
    ['*.shop.svc.cluster.local', 'VIA_GATEWAY'],
    ['istio-system/*.local', 'VIA_GATEWAY'],
    ['*', 'VIA_GATEWAY'],
    ['*.bookinfo.svc.cluster.local', 'GATEWAY_HOST_NOT_EXPOSED'],
    ['*.global', 'GATEWAY_HOST_NOT_EXPOSED'],
  ])('a server for `%s`: %s (NET-31)', (hosts, reason) => {
    expect(reasonOf(pass({ gateway: { hosts: [hosts] } }))).toBe(reason)
  })

  it('the listener is at the target port of the Service (NET-30)', () => {
    const ports = [{ name: 'tls', port: 15443, targetPort: 31443 }]
    expect(reasonOf(pass({ gateway: { service: { ports } } }))).toBe('VIA_GATEWAY')
  })

  it('a service that is not exported to the gateway’s namespace is unknown there (VIS-5, NET-31)', () => {
    const hidden = service('reviews', {}, { annotations: { 'networking.istio.io/exportTo': '.' } })
    const outcome = pass({ west: [service('reviews')], east: [hidden, deployment('reviews')] })
    expect(reasonOf(outcome)).toBe('GATEWAY_UNKNOWN_SNI')
    expect(outcome.step.message).toContain('not exported to its namespace `istio-system`')
  })

  it('the port number must be the same on both sides (NET-32, VIS-9)', () => {
    const renumbered = service('reviews', { ports: [{ name: 'http', port: 8000, targetPort: 8080 }] })
    const outcome = pass({ west: [service('reviews')], east: [renumbered, deployment('reviews')] })
    expect(reasonOf(outcome)).toBe('GATEWAY_UNKNOWN_SNI')
    expect(outcome.step.because.filter(({ kind }) => kind === 'Service').map((ref) => ref.cluster)).toEqual(
      expect.arrayContaining(['west', 'east']),
    )
  })

  it('a DestinationRule that sets its own SNI is unknown to the gateway (NET-33)', () => {
    const rule = istio('DestinationRule', 'reviews', { host, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL', sni: 'reviews' } } })
    expect(reasonOf(pass({ west: [rule] }))).toBe('GATEWAY_UNKNOWN_SNI')
  })

  it.each([
    ['outbound_.80_._.ratings.shop.svc.cluster.local', 'east/ratings:8080'],
    ['outbound_.80_.v1_.ratings.shop.svc.cluster.local', 'GATEWAY_SUBSET_MISSING'],
    ['outbound_.81_._.ratings.shop.svc.cluster.local', 'GATEWAY_UNKNOWN_SNI'],
    ['outbound_.80_._.nobody.shop.svc.cluster.local', 'GATEWAY_UNKNOWN_SNI'],
    ['outbound_.80_._.reviews.shop.svc.cluster.local', 'east/reviews:8080'],
  ])('the gateway chooses by the server name that is sent, `%s`: %s (NET-32, NET-33)', (sni, expected) => {
    const rule = istio('DestinationRule', 'reviews', { host, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL', sni } } })
    const outcome = pass({ west: [rule], east: [...backend, service('ratings'), deployment('ratings')] })
    expect(outcome.passed ? serversOf(outcome).join() : reasonOf(outcome)).toBe(expected)
    if (outcome.passed) return
    expect(outcome.step.message).toContain(`; it is asked by the SNI \`${sni}\`, which DestinationRule \`shop/reviews\` sets`)
    expect(outcome.step.because[0]).toMatchObject({ kind: 'DestinationRule', name: 'reviews' })
  })

  it('a subset must be defined at the gateway too (NET-34, EDS-28)', () => {
    const rule = istio('DestinationRule', 'reviews', { host, subsets: [{ name: 'v1', labels: { app: 'reviews' } }] })
    expect(reasonOf(pass({ west: [rule], subset: 'v1' }))).toBe('GATEWAY_SUBSET_MISSING')
    expect(serversOf(pass({ west: [rule], east: [...backend, rule], subset: 'v1' }))).toEqual(['east/reviews:8080'])
  })

  it('the gateway’s own DestinationRule and PeerAuthentication decide behind it (NET-35)', () => {
    const plain = istio('DestinationRule', 'plain', { host: '*.local', trafficPolicy: { tls: { mode: 'DISABLE' } } }, 'istio-system')
    expect(reasonOf(pass({ east: [...backend, plain] }))).toBe('GATEWAY_NO_ENDPOINTS')
    const disable = istio('PeerAuthentication', 'default', { mtls: { mode: 'DISABLE' } })
    expect(reasonOf(pass({ east: [...backend, disable] }))).toBe('GATEWAY_NO_ENDPOINTS')
  })

  it('only endpoints that take mutual TLS are behind it (NET-35)', () => {
    const naked = deployment('naked', {}, { app: 'reviews', 'sidecar.istio.io/inject': 'false' })
    expect(serversOf(pass({ east: [...backend, naked] }))).toEqual(['east/reviews:8080'])
  })

  it('a proxy that asks for its own network hands on to nothing else (NET-36)', () => {
    const both = {
      west: [service('reviews'), deployment('reviews')],
      eastHeader: { remoteSecrets: ['west'] },
      westHeader: { remoteSecrets: ['east'] },
    }
    const behind = (env: readonly Raw[]) => {
      const west = cluster('west', [deployment('web'), ...both.west], { network: 'n1', remoteSecrets: ['east'] })
      const east = cluster('east', [...backend, ...eastWest({ network: 'n2', env })], { network: 'n2', remoteSecrets: ['west'] })
      const walked = walk(topology([west, east]), asked)
      return walked.passed[walked.paths.findIndex(({ passage }) => passage !== undefined)]
    }
    const viewed = behind([{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: 'n2' }])
    expect(viewed).toMatchObject({ passed: true, conditions: [] })
    const everything = behind([{ name: 'ISTIO_META_NETWORK', value: 'n2' }])
    expect(everything?.passed === true ? everything.conditions : []).toMatchObject([{ code: 'BEYOND_GATEWAY_UNROUTED', on: 'endpoint' }])
  })

  it('a live cluster without gateway pods has no gateway (NET-7)', () => {
    const live = { pods: false } as const
    expect(
      reasonOf(pass({ gateway: live, east: [...backend, slice('other', [{ ip: '10.2.0.9' }])], eastHeader: { observed: false } })),
    ).toBe('VIA_GATEWAY')
    const east = [service('reviews'), pod('reviews-1', '10.2.0.1', { app: 'reviews' })]
    expect(reasonOf(pass({ gateway: live, east }))).toBe('GATEWAY_NOT_FOUND')
  })

  it('pods that a declared cluster leaves out are assumed (NET-30)', () => {
    const outcome = pass({ gateway: { pods: false } })
    expect(serversOf(outcome)).toEqual(['east/reviews:8080'])
    expect(outcome.assumptions.map(({ code }) => code)).toContain('GATEWAY_WORKLOAD_ASSUMED')
  })

  it('a load balancer without status gets an address in a declared cluster, as an assumption (NET-7)', () => {
    expect(pass({ gateway: { status: null } }).assumptions.map(({ code }) => code)).toContain('GATEWAY_ADDRESS_ASSUMED')
  })

  it('a stated gateway may be out of reach from the client’s network (NET-37)', () => {
    const stated = (reachableFrom: readonly string[]) => ({
      gateways: [{ cluster: 'east', network: 'n2', service: 'istio-system/eastwest', addresses: ['34.0.0.2'], port: 15443, reachableFrom }],
    })
    expect(reasonOf(pass({ rest: stated(['n3']) }))).toBe('GATEWAY_UNREACHABLE')
    expect(reasonOf(pass({ rest: stated(['n1']) }))).toBe('VIA_GATEWAY')
  })

  it('a stated gateway in a cluster whose objects are unknown leaves the answer open (NET-37)', () => {
    const west = cluster('west', [deployment('web'), service('reviews')], { network: 'n1', remoteSecrets: ['east'] })
    const east = cluster('east', backend, { network: 'n2' })
    const far = { name: 'far', network: 'n2' }
    const gateways = [{ cluster: 'far', network: 'n2', addresses: ['34.0.0.7'], port: 15443 }]
    const networks = `networks: { n2: { endpoints: [{ fromRegistry: east }], gateways: [{ address: 34.0.0.7, port: 15443 }] } }`
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: 'istio-system' },
      data: { meshNetworks: networks },
    }
    const withNetworks = { ...west, resources: [...(west['resources'] as Raw[]), config] }
    const [first] = walk(topology([withNetworks, east, far], { gateways }), asked).passed
    expect(first).toMatchObject({ passed: false, because: 'UNDETERMINED' })
    expect(first?.step.message).toContain('`far`')
  })
})

describe('a gateway of the Gateway API', () => {
  const gatewayObject = (options: Raw): Raw => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'eastwest', namespace: 'istio-system', labels: { 'topology.istio.io/network': 'n2' } },
    spec: {
      gatewayClassName: 'istio',
      listeners: [{ name: 'cross', port: 15443, protocol: 'TLS', tls: { mode: 'Passthrough', options } }],
    },
  })
  const pods = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'eastwest', namespace: 'istio-system' },
    spec: {
      template: {
        metadata: {
          labels: {
            istio: 'eastwestgateway',
            'gateway.networking.k8s.io/gateway-name': 'eastwest',
            'gateway.istio.io/managed': 'istio.io-gateway-controller',
            'topology.istio.io/network': 'n2',
          },
        },
        spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] },
      },
    },
  }
  it('hands TLS on when its listener says so, or stands on the port for it (NET-6, NET-30)', () => {
    const outcome = pass({
      gateway: { gateway: null, pods: false },
      east: [...backend, pods, gatewayObject({ 'gateway.istio.io/listener-protocol': 'auto-passthrough' })],
    })
    expect(serversOf(outcome)).toEqual(['east/reviews:8080'])
    expect(serversOf(pass({ gateway: { gateway: null, pods: false }, east: [...backend, pods, gatewayObject({})] }))).toEqual([
      'east/reviews:8080',
    ])
  })
})

describe('by the endpoint’s own address', () => {
  const direct = (rest: Raw, eastHeader: Raw = { network: 'n2' }, westHeader: Raw = { network: 'n1' }) => {
    const west = cluster('west', [deployment('web')], { remoteSecrets: ['east'], ...westHeader })
    const [first] = walk(topology([west, cluster('east', backend, eastHeader)], rest), asked).passed
    if (first === undefined) throw new Error('no path')
    return first
  }

  it('pods of a network that packets are not routed to are out of reach (NET-10, NET-37)', () => {
    const outcome = direct({})
    expect(outcome).toMatchObject({ passed: false, because: 'STOPPED', step: { reason: 'CROSS_NETWORK_WITHOUT_GATEWAY' } })
    expect(outcome.step.message).toContain('topology.istio.io/network: n2')
  })

  it('and a gateway Service whose load balancer is still pending is named (NET-7, NET-10)', () => {
    // A Pod makes the cluster an observed one, whose statuses are facts.
    const resources = [...eastWest({ network: 'n2', status: { loadBalancer: {} } }), pod('reviews-1', '10.2.0.1', { app: 'reviews' })]
    const slices = slice('reviews', [{ ip: '10.2.0.1', pod: 'reviews-1' }])
    const west = cluster('west', [deployment('web')], { remoteSecrets: ['east'], network: 'n1' })
    const east = cluster('east', [service('reviews'), slices, ...resources], { network: 'n2' })
    const [outcome] = walk(topology([west, east]), asked).passed
    expect(outcome?.step.reason).toBe('CROSS_NETWORK_WITHOUT_GATEWAY')
    expect(outcome?.step.message).toContain('Service `istio-system/eastwest` of `east` is labelled')
    expect(outcome?.step.because.map(({ kind, name }) => `${kind} ${name}`)).toContain('Service eastwest')
  })

  it('unless the document says that they are routed (NET-37)', () => {
    expect(reasonOf(direct({ networks: [{ name: 'n1', routableTo: ['n2'] }] }))).toBe('DIRECT')
    expect(reasonOf(direct({ networks: [{ name: 'n2', routableTo: ['n1'] }] }))).toBe('CROSS_NETWORK_WITHOUT_GATEWAY')
  })

  it('clusters without network share a flat one (NET-4)', () => {
    expect(direct({}, {}, {})).toMatchObject({ passed: true, assumptions: [] })
  })

  it('one network that is stated and one that is not are taken to be routed, as an assumption (NET-4)', () => {
    expect(direct({}, { network: 'n2' }, {}).assumptions.map(({ code }) => code)).toEqual(['NETWORK_ASSUMED_ROUTABLE'])
  })
})
