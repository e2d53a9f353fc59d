import { describe, expect, it } from 'vitest'
import { cluster, deployment, eastWest, istio, type Raw, service, topology } from '../objects.js'
import { type Asked, reasonOf, serversOf, walk } from '../walk.js'

const host = 'reviews.shop.svc.cluster.local'
const asked: Asked = { from: 'west/shop/web', host, port: 80 }
const backend = [service('reviews'), deployment('reviews')]

describe('by a ServiceEntry’s address', () => {
  const entry = (address: string, rest: Raw = {}, port = 15443): Raw =>
    istio('ServiceEntry', 'reviews', {
      hosts: [host],
      location: 'MESH_INTERNAL',
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'STATIC',
      endpoints: [{ address, ports: { http: port }, serviceAccount: 'reviews' }],
      ...rest,
    })
  const call = (west: readonly Raw[], east: readonly Raw[]) => {
    const [first] = walk(
      topology([cluster('west', [deployment('web'), ...west], { network: 'n1' }), cluster('east', east, { network: 'n2' })]),
      asked,
    ).passed
    if (first === undefined) throw new Error('no path')
    return first
  }

  it('a load balancer’s address leads through the gateway behind it, in a mesh without shared secrets (EDS-2, NET-32)', () => {
    const outcome = call([entry('34.0.0.2')], [...backend, ...eastWest({ network: 'n2' })])
    expect(serversOf(outcome)).toEqual(['east/reviews:8080'])
    expect(outcome.passed ? outcome.value[0]?.passage?.entry.address : '').toBe('34.0.0.2')
  })

  it('and the far side must know the very same host (DNS-32, NET-32)', () => {
    const other = entry('34.0.0.2', { hosts: ['reviews.shop.global'] })
    const walked = walk(
      topology([cluster('west', [deployment('web'), other]), cluster('east', [...backend, ...eastWest({ network: 'n2', hosts: ['*'] })])]),
      { ...asked, host: 'reviews.shop.global' },
    )
    expect(walked.passed.map(({ step }) => step.reason)).toEqual(['GATEWAY_UNKNOWN_SNI'])
  })

  it('without an identity the client sends plaintext, and the path leads to the gateway only (EDS-20, NET-44)', () => {
    const outcome = call(
      [entry('34.0.0.2', { endpoints: [{ address: '34.0.0.2', ports: { http: 15443 } }] })],
      [...backend, ...eastWest({ network: 'n2' })],
    )
    expect(outcome.passed ? outcome.value.map(({ server, passage }) => [server, passage?.gateway.address]) : []).toEqual([
      [undefined, '34.0.0.2'],
    ])
  })

  it('TLS of its own under a server name that the gateway knows leads to the gateway as well, which resets it (NET-32)', () => {
    const other = { hosts: ['reviews.corp.example'] }
    const rule = (mode: string, sni: string) =>
      istio('DestinationRule', 'reviews', { host: 'reviews.corp.example', trafficPolicy: { tls: { mode, sni } } })
    const east = cluster('east', [...backend, ...eastWest({ network: 'n2' })], { network: 'n2' })
    const west = (more: Raw) =>
      cluster('west', [deployment('web'), entry('34.0.0.2', other), more], { network: 'n1', dns: { capture: true } })
    const sent = (mode: string, sni: string) =>
      walk(topology([west(rule(mode, sni)), east]), { ...asked, host: 'reviews.corp.example' }).passed.map(({ step }) => step.reason)
    expect(sent('SIMPLE', `outbound_.80_._.${host}`)).toEqual(['VIA_GATEWAY'])
    expect(sent('SIMPLE', 'reviews.corp.example')).toEqual(['GATEWAY_HOST_NOT_EXPOSED'])
  })

  it('a ClusterIP of another cluster leads nowhere (NET-37)', () => {
    expect(reasonOf(call([entry('10.255.0.9', {}, 80)], [service('reviews', { clusterIP: '10.255.0.9' }), deployment('reviews')]))).toBe(
      'GATEWAY_UNREACHABLE',
    )
  })

  it('a ClusterIP of the own cluster leads to its pods (NET-37)', () => {
    const local = [service('backend', { clusterIP: '10.255.0.9' }), deployment('backend')]
    expect(serversOf(call([entry('10.255.0.9', {}, 80), ...local], []))).toEqual(['west/backend:8080'])
  })

  it('an external address that nothing here holds is outside, and not checked (EDS-16, FLOW-5)', () => {
    const outcome = call([entry('198.51.100.7', { location: 'MESH_EXTERNAL' })], [])
    expect(reasonOf(outcome)).toBe('OUTSIDE')
    expect(outcome.assumptions.map(({ code }) => code)).toEqual(['EXTERNAL_HOST_NOT_CHECKED'])
  })

  it('mutual TLS to an address that nothing here holds leaves the answer open, and says what to state (FLOW-5)', () => {
    const outcome = call([entry('198.51.100.7')], [])
    expect(outcome).toMatchObject({ passed: false, because: 'UNDETERMINED' })
    expect(outcome.step.message).toContain('`gateways`')
  })

  it('a gateway that ends TLS is itself the server, from which the call goes on (ROUTE-13)', () => {
    const servers = [{ port: { number: 15443, name: 'tls', protocol: 'HTTPS' }, tls: { mode: 'ISTIO_MUTUAL' }, hosts: ['*'] }]
    const outcome = call(
      [entry('34.0.0.2')],
      [...backend, ...eastWest({ network: 'n2', gateway: { selector: { istio: 'eastwestgateway' }, servers } })],
    )
    const [path] = outcome.passed ? outcome.value : []
    expect(path?.server).toMatchObject({ name: 'eastwest', dataPlane: 'GATEWAY' })
    expect(path?.passage).toBeUndefined()
  })

  it('the address that a declared load balancer asks for leads to its Service, as an assumption (NET-7)', () => {
    const asking = { type: 'LoadBalancer', loadBalancerIP: '34.0.0.9', ports: [{ name: 'tls', port: 15443, targetPort: 15443 }] }
    const outcome = call([entry('34.0.0.9')], [...backend, ...eastWest({ network: 'n2', service: asking, status: null })])
    expect(serversOf(outcome)).toEqual(['east/reviews:8080'])
    expect(outcome.assumptions.map(({ code }) => code)).toContain('GATEWAY_ADDRESS_ASSUMED')
  })

  it('in a live cluster whose status does not give it, that is said, and the answer is open (NET-7)', () => {
    const asking = { type: 'LoadBalancer', loadBalancerIP: '34.0.0.9', ports: [{ name: 'tls', port: 15443, targetPort: 15443 }] }
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'other', namespace: 'shop' }, status: { podIP: '10.9.0.1' } }
    const east = [...backend, pod, ...eastWest({ network: 'n2', service: asking, status: { loadBalancer: {} } })]
    const outcome = call([entry('34.0.0.9')], east)
    expect(outcome).toMatchObject({ passed: false, because: 'UNDETERMINED' })
    expect(outcome.step.because.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Service eastwest'])
  })

  it('and where nobody stands behind that Service it is named (NET-7, EDS-26)', () => {
    const asking = { type: 'LoadBalancer', loadBalancerIP: '34.0.0.9', ports: [{ name: 'tls', port: 15443 }] }
    const outcome = call(
      [entry('34.0.0.9')],
      [...backend, ...eastWest({ network: 'n2', service: asking, status: null, pods: false, gateway: null })],
    )
    expect(outcome).toMatchObject({ passed: false, because: 'STOPPED' })
    expect(outcome.step.because.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Service eastwest'])
  })

  it('a node’s address and node port lead to the Service behind them (NET-7)', () => {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n' },
      status: { addresses: [{ type: 'ExternalIP', address: '198.51.100.1' }] },
    }
    const nodePort = { type: 'NodePort', ports: [{ name: 'tls', port: 15443, targetPort: 15443, nodePort: 31443 }] }
    const outcome = call(
      [entry('198.51.100.1', {}, 31443)],
      [...backend, node, ...eastWest({ network: 'n2', service: nodePort, status: null })],
    )
    expect(serversOf(outcome)).toEqual(['east/reviews:8080'])
  })
})

describe('release 1.2', () => {
  const entry = istio('ServiceEntry', 'httpbin-bar', {
    hosts: ['httpbin.bar.global'],
    location: 'MESH_INTERNAL',
    ports: [{ name: 'http1', number: 8000, protocol: 'http' }],
    resolution: 'DNS',
    addresses: ['127.255.0.2'],
    endpoints: [{ address: '34.0.0.2', ports: { http1: 15443 } }],
  })
  const shipped = istio(
    'DestinationRule',
    'default-for-global',
    { host: '*.global', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
    'istio-system',
  )
  const httpbin = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'httpbin', namespace: 'bar' },
    spec: { selector: { app: 'httpbin' }, ports: [{ name: 'http', port: 8000, targetPort: 80 }] },
  }
  const pods = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'httpbin', namespace: 'bar' },
    spec: { template: { metadata: { labels: { app: 'httpbin' } }, spec: { containers: [{ name: 'app', image: 'a' }] } } },
  }
  const ingress = [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'istio-ingressgateway', namespace: 'istio-system' },
      spec: { type: 'LoadBalancer', selector: { istio: 'ingressgateway' }, ports: [{ name: 'tls', port: 15443, targetPort: 15443 }] },
      status: { loadBalancer: { ingress: [{ ip: '34.0.0.2' }] } },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'istio-ingressgateway', namespace: 'istio-system' },
      spec: {
        template: { metadata: { labels: { istio: 'ingressgateway' } }, spec: { containers: [{ name: 'istio-proxy', image: 'p' }] } },
      },
    },
  ]
  const call = (version: string, more: readonly Raw[] = [], ofClient: readonly Raw[] = []) => {
    const controlPlanes = ['one', 'two'].map((name) => ({ name, cluster: name, version }))
    const bar = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bar', labels: { 'istio-injection': 'enabled' } } }
    const snapshot = topology(
      [cluster('one', [deployment('sleep'), entry, ...ofClient]), cluster('two', [bar, httpbin, pods, ...ingress, ...more])],
      {
        controlPlanes,
      },
    )
    const [first] = walk(snapshot, { from: 'one/shop/sleep', host: 'httpbin.bar.global', port: 8000 }).passed
    if (first === undefined) throw new Error('no path')
    return first
  }

  it('`name.ns.global` arrives at the service by the Gateway and the rewrite that were shipped (DNS-30)', () => {
    const outcome = call('1.2.0')
    expect(serversOf(outcome)).toEqual(['two/httpbin:80'])
    expect(outcome.assumptions.map(({ code }) => code)).toContain('SHIPPED_GATEWAY_ASSUMED')
  })

  it('the ingress gateway is taken to stand where only its address is stated (DNS-30)', () => {
    const controlPlanes = ['one', 'two'].map((name) => ({ name, cluster: name, version: '1.4.3' }))
    const bar = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bar', labels: { 'istio-injection': 'enabled' } } }
    const gateways = [{ cluster: 'two', addresses: ['34.0.0.2'], port: 15443 }]
    const clusters = [cluster('one', [deployment('sleep'), entry]), cluster('two', [bar, httpbin, pods])]
    const walked = walk(topology(clusters, { controlPlanes, gateways }), { from: 'one/shop/sleep', host: 'httpbin.bar.global', port: 8000 })
    expect(walked.passed.map(serversOf)).toEqual([['two/httpbin:80']])
    expect(walked.passed.flatMap(({ assumptions }) => assumptions.map(({ code }) => code))).toEqual(
      expect.arrayContaining(['GATEWAY_WORKLOAD_ASSUMED', 'SHIPPED_GATEWAY_ASSUMED']),
    )
  })

  it('an egress gateway on the way sees the far endpoint that sidecars do not, and hands the call on (DNS-31)', () => {
    const egressLabels = { istio: 'egressgateway' }
    const env = [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: 'external' }]
    const container = { name: 'istio-proxy', image: 'p', env }
    const egress = [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'istio-egressgateway', namespace: 'istio-system' },
        spec: { clusterIP: '10.255.0.7', selector: egressLabels, ports: [{ name: 'tls', port: 15443, targetPort: 15443 }] },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'istio-egressgateway', namespace: 'istio-system' },
        spec: { template: { metadata: { labels: egressLabels }, spec: { containers: [container] } } },
      },
    ]
    const viaEgress = istio('ServiceEntry', 'httpbin-bar', {
      hosts: ['httpbin.bar.global'],
      location: 'MESH_INTERNAL',
      ports: [{ name: 'http1', number: 8000, protocol: 'http' }],
      resolution: 'STATIC',
      addresses: ['127.255.0.2'],
      endpoints: [
        { address: '34.0.0.2', network: 'external', ports: { http1: 15443 } },
        { address: '10.255.0.7', ports: { http1: 15443 } },
      ],
    })
    const controlPlanes = ['one', 'two'].map((name) => ({ name, cluster: name, version: '1.2.0' }))
    const bar = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'bar', labels: { 'istio-injection': 'enabled' } } }
    const clusters = [cluster('one', [deployment('sleep'), viaEgress, ...egress]), cluster('two', [bar, httpbin, pods, ...ingress])]
    const walked = walk(topology(clusters, { controlPlanes }), { from: 'one/shop/sleep', host: 'httpbin.bar.global', port: 8000 })
    expect(walked.paths.map(({ dialled }) => dialled.address)).toEqual(['10.255.0.7'])
    expect(walked.passed.map(serversOf)).toEqual([['two/httpbin:80']])
  })

  it('today nothing is shipped and nothing is rewritten (DNS-32)', () => {
    const open = istio(
      'Gateway',
      'cross',
      {
        selector: { istio: 'ingressgateway' },
        servers: [{ port: { number: 15443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts: ['*.global'] }],
      },
      'istio-system',
    )
    expect(reasonOf(call('1.30.0', [open], [shipped]))).toBe('GATEWAY_UNKNOWN_SNI')
  })
})

describe('a stated federation', () => {
  const federation = {
    importer: 'mesh1',
    exporter: 'mesh2',
    trustBundle: true,
    services: [{ namespace: 'shop', name: 'reviews', as: 'reviews.shop.svc.mesh2.example' }],
    gateways: [{ address: '34.0.0.9', port: 15443 }],
  }
  const federated = (east: readonly Raw[]) => {
    const clusters = [cluster('west', [deployment('web')], { network: 'n1' }), cluster('east', east, { network: 'n2', mesh: 'mesh2' })]
    const question = { from: 'west/shop/web', host: 'reviews.shop.svc.mesh2.example', port: 80 }
    const [first] = walk(topology(clusters, { federations: [federation] }), question).passed
    if (first === undefined) throw new Error('no path')
    return first
  }

  it('leads to the service of the exporter that it names, by assumption (TRUST-13)', () => {
    const outcome = federated(backend)
    expect(serversOf(outcome)).toEqual(['east/reviews:8080'])
    expect(outcome.assumptions.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['FEDERATION_EXPORT_ASSUMED', 'GATEWAY_WORKLOAD_ASSUMED']),
    )
  })

  it('through the exporter’s own gateway where its Service has the address (TRUST-13)', () => {
    const outcome = federated([...backend, ...eastWest({ network: 'n2', status: { loadBalancer: { ingress: [{ ip: '34.0.0.9' }] } } })])
    expect(serversOf(outcome)).toEqual(['east/reviews:8080'])
    expect(outcome.passed ? outcome.value[0]?.passage?.proxy?.name : '').toBe('eastwest')
  })
})
