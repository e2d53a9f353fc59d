import { describe, expect, it } from 'vitest'
import { cluster, deployment, type EastWest, eastWest, istio, pod, type Raw, service, topology } from '../objects.js'
import { droppedOf, walk } from '../walk.js'

const host = 'reviews.shop.svc.cluster.local'
const asked = { from: 'west/shop/web', host, port: 80 }
const backend = [service('reviews'), deployment('reviews')]
const viaN2 = { network: 'n2' } as const

interface Options {
  readonly gateway?: Partial<EastWest> | null
  readonly west?: Raw
  readonly client?: Raw
  readonly east?: readonly Raw[]
  readonly westObjects?: readonly Raw[]
  readonly version?: string
  readonly rest?: Raw
}

/** West on n1 calls reviews, which stands in east on n2. */
function cross(options: Options = {}) {
  const { gateway = {}, version = '1.30.0' } = options
  const west = cluster('west', [options.client ?? deployment('web'), ...(options.westObjects ?? [])], {
    network: 'n1',
    remoteSecrets: ['east'],
    ...options.west,
  })
  const east = cluster('east', [...(options.east ?? backend), ...(gateway === null ? [] : eastWest({ ...viaN2, ...gateway }))], {
    network: 'n2',
  })
  const snapshot = topology([west, east], { controlPlanes: [{ name: 'west', cluster: 'west', version }], ...options.rest })
  const walked = walk(snapshot, asked)
  return { ...walked, dialled: walked.paths.map(({ dialled }) => `${dialled.address}:${dialled.port}`) }
}

describe('the decision for each endpoint', () => {
  it('an endpoint on another network is dialled through the gateway of its network (NET-10, NET-15)', () => {
    expect(cross().dialled).toEqual(['34.0.0.2:15443'])
  })

  it('without any known gateway multi-network is off and pods are dialled directly (NET-9)', () => {
    expect(cross({ gateway: null }).dialled).toEqual(['pod:east/shop/reviews:8080'])
  })

  it('a network without gateway is dialled directly although another network has one (NET-10)', () => {
    expect(cross({ gateway: null, westObjects: eastWest({ network: 'n1' }) }).dialled).toEqual(['pod:east/shop/reviews:8080'])
  })

  it('endpoints of the own network are dialled directly (NET-12, NET-4)', () => {
    const walked = cross({ westObjects: backend })
    expect(walked.dialled).toEqual(['pod:west/shop/reviews:8080', '34.0.0.2:15443'])
  })

  it('an endpoint without network is always dialled directly (NET-12)', () => {
    const entry = istio('ServiceEntry', 'api', {
      hosts: ['api.example'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'STATIC',
      endpoints: [{ address: '10.9.0.1' }],
    })
    const west = cluster('west', [deployment('web'), entry], { network: 'n1', remoteSecrets: ['east'] })
    const snapshot = topology([west, cluster('east', eastWest(viaN2), { network: 'n2' })])
    const { paths } = walk(snapshot, { ...asked, host: 'api.example' })
    expect(paths.map(({ dialled }) => dialled.address)).toEqual(['10.9.0.1'])
  })

  it.each([
    ['1.29.0', 'pod:east/shop/reviews:8080'],
    ['1.30.0', '34.0.0.2:15443'],
  ])('a proxy without network in release %s dials `%s` (NET-11)', (version, address) => {
    const client = pod(
      'web',
      '10.1.0.1',
      { app: 'web' },
      {
        spec: {
          containers: [
            { name: 'app', image: 'a' },
            { name: 'istio-proxy', image: 'p', env: [{ name: 'ISTIO_META_CLUSTER_ID', value: 'west' }] },
          ],
        },
      },
    )
    expect(cross({ client, version }).dialled).toEqual([address])
  })

  it('a naked endpoint on another network is dropped (NET-14, NET-16)', () => {
    const naked = deployment('reviews', {}, { 'sidecar.istio.io/inject': 'false' })
    const { translated, dialled } = cross({ east: [service('reviews'), naked] })
    expect(dialled).toEqual([])
    expect(droppedOf(translated?.dropped ?? [])).toEqual(['pod:east/shop/reviews NOT_MTLS'])
    expect(translated?.outcome).toMatchObject({ passed: false, because: 'STOPPED', step: { reason: 'NOT_MTLS', stage: 'NETWORK' } })
  })

  it('a DestinationRule of another TLS mode drops endpoints on other networks (NET-16, NET-33)', () => {
    const rule = istio('DestinationRule', 'reviews', { host, trafficPolicy: { tls: { mode: 'DISABLE' } } })
    expect(droppedOf(cross({ westObjects: [rule] }).translated?.dropped ?? [])).toEqual(['pod:east/shop/reviews NOT_MTLS'])
  })

  it('PeerAuthentication DISABLE in the client’s control plane does so too (NET-16)', () => {
    const disable = istio('PeerAuthentication', 'default', { mtls: { mode: 'DISABLE' } })
    expect(cross({ westObjects: [disable] }).dialled).toEqual([])
    expect(cross({ east: [...backend, disable] }).dialled).toEqual(['34.0.0.2:15443'])
  })

  it('a gateway without an address of the proxy’s IP family drops the endpoint (NET-13)', () => {
    const client = pod(
      'web',
      '10.1.0.1',
      { app: 'web' },
      {
        spec: {
          containers: [
            { name: 'app', image: 'a' },
            { name: 'istio-proxy', image: 'p', env: [{ name: 'ISTIO_META_NETWORK', value: 'n1' }] },
          ],
        },
      },
    )
    const status = { loadBalancer: { ingress: [{ ip: '2001:db8::2' }] } }
    expect(droppedOf(cross({ client, gateway: { status } }).translated?.dropped ?? [])).toEqual([
      'pod:east/shop/reviews NETWORK_GATEWAY_FAMILY',
    ])
    expect(cross({ client, gateway: { status }, version: '1.29.0' }).dialled).toEqual(['2001:db8::2:15443'])
  })

  it('a gateway that is known by name counts (NET-8)', () => {
    const { passed } = cross({ gateway: { status: { loadBalancer: { ingress: [{ hostname: 'gw.example' }] } } } })
    expect(passed[0]?.assumptions.map(({ code }) => code)).toContain('GATEWAY_ADDRESS_BY_NAME')
  })

  it('gateways without a port for mutual TLS are none (NET-6, NET-10)', () => {
    const hbone = { ports: [{ name: 'hbone', port: 15008, targetPort: 15008 }] }
    expect(cross({ gateway: { service: hbone } }).dialled).toEqual(['pod:east/shop/reviews:8080'])
  })

  it('a cluster whose own gateways take no mutual TLS hides its neighbour’s in the same network (NET-10)', () => {
    const hbone = { ports: [{ name: 'hbone', port: 15008, targetPort: 15008 }] }
    const west = cluster('west', [deployment('web')], { network: 'n1', remoteSecrets: ['east', 'near'] })
    const east = cluster('east', [...backend, ...eastWest({ network: 'n2', service: hbone })], { network: 'n2' })
    const near = cluster('near', eastWest({ network: 'n2', status: { loadBalancer: { ingress: [{ ip: '34.0.0.3' }] } } }), {
      network: 'n2',
    })
    expect(walk(topology([west, east, near]), asked).paths.map(({ dialled }) => dialled.address)).toEqual(['pod:east/shop/reviews'])
    const withoutOwn = cluster('east', backend, { network: 'n2' })
    expect(walk(topology([west, withoutOwn, near]), asked).paths.map(({ dialled }) => dialled.address)).toEqual(['34.0.0.3'])
  })

  it('services that keep the dialled address are not translated (EDS-14)', () => {
    const headless = [service('reviews', { clusterIP: 'None' }), deployment('reviews')]
    const snapshot = topology([
      cluster('west', [deployment('web')], { network: 'n1', remoteSecrets: ['east'] }),
      cluster('east', [...headless, ...eastWest(viaN2)], { network: 'n2' }),
    ])
    const { paths } = walk(snapshot, { ...asked, resolvedBy: 'LITERAL', addresses: ['pod:east/shop/reviews'] })
    expect(paths.map(({ passage }) => passage)).toEqual([undefined])
  })

  it('where ambient multi-network is on, a network without gateway is dropped (NET-42)', () => {
    const flags = { PILOT_ENABLE_AMBIENT: 'true', AMBIENT_ENABLE_MULTI_NETWORK: 'true' }
    const rest = { controlPlanes: [{ name: 'west', cluster: 'west', version: '1.30.0', flags }] }
    const { translated } = cross({ gateway: null, westObjects: eastWest({ network: 'n1' }), rest })
    expect(droppedOf(translated?.dropped ?? [])).toEqual(['pod:east/shop/reviews NETWORK_WITHOUT_GATEWAY'])
  })
})

describe('more of the decision', () => {
  const entry = (spec: Raw): Raw =>
    istio('ServiceEntry', 'api', {
      hosts: ['api.example'],
      location: 'MESH_INTERNAL',
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      ...spec,
    })
  const networked = pod(
    'web',
    '10.1.0.1',
    { app: 'web' },
    {
      spec: {
        containers: [
          { name: 'app', image: 'a' },
          { name: 'istio-proxy', image: 'p', env: [{ name: 'ISTIO_META_NETWORK', value: 'n1' }] },
        ],
      },
    },
  )
  const api = (spec: Raw, gateway: Partial<EastWest> = {}) => {
    const west = cluster('west', [networked, entry(spec)], { network: 'n1', remoteSecrets: ['east'] })
    const east = cluster('east', eastWest({ ...viaN2, ...gateway }), { network: 'n2' })
    return walk(topology([west, east], { controlPlanes: [{ name: 'west', cluster: 'west', version: '1.30.0' }] }), {
      ...asked,
      host: 'api.example',
    })
  }

  it('an endpoint that the proxy resolves by name loses gateways that are names (EDS-24)', () => {
    const spec = { resolution: 'DNS', endpoints: [{ address: 'api.internal', network: 'n2', serviceAccount: 'api' }] }
    const named = { status: { loadBalancer: { ingress: [{ hostname: 'gw.example' }] } } }
    expect(droppedOf(api(spec, named).translated?.dropped ?? [])).toEqual(['api.internal NETWORK_GATEWAY_FAMILY'])
    expect(api(spec).paths.map(({ dialled }) => dialled.address)).toEqual(['34.0.0.2'])
  })

  it('an endpoint without address stands for the gateways of its network (EDS-23)', () => {
    const spec = { resolution: 'STATIC', endpoints: [{ network: 'n2', serviceAccount: 'api' }] }
    expect(api(spec).paths.map(({ dialled }) => dialled.address)).toEqual(['34.0.0.2'])
  })

  it('UNIX sockets are lost once a gateway is known (EDS-32)', () => {
    const spec = { resolution: 'STATIC', endpoints: [{ address: 'unix:///var/run/api.sock' }] }
    expect(droppedOf(api(spec).translated?.dropped ?? [])).toEqual(['unix:///var/run/api.sock ENDPOINT_WITHOUT_ADDRESS'])
  })

  it('each control plane places endpoints by its own meshNetworks (NET-2)', () => {
    const networks = 'networks: { n2: { endpoints: [{ fromRegistry: east }], gateways: [{ address: 34.0.0.8, port: 15443 }] } }'
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: 'istio-system' },
      data: { meshNetworks: networks },
    }
    const resources = [networked, service('reviews')]
    const clusters = (west: readonly Raw[]) => [cluster('west', west, { remoteSecrets: ['east'] }), cluster('east', backend)]
    const dialled = (west: readonly Raw[]) => walk(topology(clusters(west)), asked).paths.map((path) => path.dialled.address)
    expect(dialled([...resources, config])).toEqual(['34.0.0.8'])
    expect(dialled(resources)).toEqual(['pod:east/shop/reviews'])
  })

  it('an ambient endpoint on another network is not mutual-TLS capable for a sidecar (NET-17)', () => {
    const ambient = pod('reviews-1', '10.2.0.1', { app: 'reviews', 'istio.io/dataplane-mode': 'ambient' }, { naked: true })
    expect(droppedOf(cross({ east: [service('reviews'), ambient] }).translated?.dropped ?? [])).toEqual(['10.2.0.1 NOT_MTLS'])
  })

  it('a third network is entered by its own gateway, never by way of another (NET-38)', () => {
    const west = cluster('west', [deployment('web')], { network: 'n1', remoteSecrets: ['east', 'north'] })
    const east = cluster('east', eastWest(viaN2), { network: 'n2' })
    const north = cluster('north', backend, { network: 'n3' })
    const { paths, passed } = walk(topology([west, east, north]), asked)
    expect(paths.map(({ passage }) => passage)).toEqual([undefined])
    expect(passed.map(({ step }) => step.reason)).toEqual(['CROSS_NETWORK_WITHOUT_GATEWAY'])
  })
})

describe('weights', () => {
  it('are split among the gateways, and direct endpoints scaled to match (NET-19)', () => {
    const status = { loadBalancer: { ingress: [{ ip: '34.0.0.2' }, { ip: '34.0.0.3' }] } }
    const { paths, spread } = cross({ westObjects: backend, gateway: { status } })
    expect(paths.map(({ weight }) => weight)).toEqual([2, 1, 1])
    expect(spread.shares).toEqual([0.5, 0.25, 0.25])
  })

  it('a gateway stands once for all endpoints of a locality, with that locality (NET-19, NET-20)', () => {
    const node = (name: string, zone: string): Raw => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'topology.kubernetes.io/region': 'us-east1', 'topology.kubernetes.io/zone': zone } },
    })
    const on = (name: string, ip: string, nodeName: string): Raw => pod(name, ip, { app: 'reviews' }, { spec: { nodeName } })
    const east = [
      service('reviews'),
      node('a', 'us-east1-a'),
      node('b', 'us-east1-b'),
      on('r1', '10.2.0.1', 'a'),
      on('r2', '10.2.0.2', 'a'),
      on('r3', '10.2.0.3', 'b'),
    ]
    const { paths } = cross({ east: east })
    expect(paths.map(({ dialled, locality, weight }) => [dialled.address, locality, weight])).toEqual([
      ['34.0.0.2', 'us-east1/us-east1-a', 2],
      ['34.0.0.2', 'us-east1/us-east1-b', 1],
    ])
  })
})
