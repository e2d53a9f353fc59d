import { describe, expect, it } from 'vitest'
import { cluster, deployment, istio, namespace, pod, type Raw, service, slice, topology } from '../objects.js'
import { addressesOf, droppedOf, walk } from '../walk.js'

const host = 'reviews.shop.svc.cluster.local'
const asked = { from: 'west/shop/web', host, port: 80 }
const web = pod('web', '10.1.0.99', { app: 'web' }, { spec: { nodeName: 'node-1' } })
const labels = { app: 'reviews' }

const discover = (
  resources: readonly Raw[],
  others: readonly Raw[] = [],
  header: Raw = {},
  question: Partial<typeof asked & { subset: string }> = {},
) =>
  walk(topology([cluster('west', [web, ...resources], { remoteSecrets: others.map(({ name }) => name), ...header }), ...others]), {
    ...asked,
    ...question,
  }).found

const rule = (spec: Raw): Raw => istio('DestinationRule', 'reviews', { host, ...spec })

describe('the chain of filters', () => {
  it('reports endpoints of a cluster that names the port otherwise (EDS-26, VIS-9)', () => {
    const renamed = cluster('east', [
      service('reviews', { ports: [{ name: 'web', port: 80 }] }),
      slice('reviews', [{ ip: '10.2.0.1' }], { port: { name: 'web', port: 8080 } }),
    ])
    const found = discover([service('reviews'), slice('reviews', [{ ip: '10.1.0.1' }])], [renamed])
    expect(addressesOf(found)).toEqual(['10.1.0.1'])
    expect(droppedOf(found.dropped)).toEqual(['10.2.0.1 PORT_MISMATCH'])
  })

  it('takes only IP addresses unless the proxy resolves names (EDS-26)', () => {
    const entry = (resolution: string) =>
      istio('ServiceEntry', 'api', {
        hosts: ['api.example'],
        ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
        resolution,
        endpoints: [{ address: 'a.example' }, { address: '10.9.0.1' }],
      })
    const question = { host: 'api.example' }
    expect(droppedOf(discover([entry('STATIC')], [], {}, question).dropped)).toEqual(['a.example INVALID_ADDRESS'])
    expect(addressesOf(discover([entry('DNS')], [], {}, question))).toEqual(['a.example', '10.9.0.1'])
  })

  it('keeps the endpoints that carry the labels of the subset (EDS-26, EDS-28)', () => {
    const pods = [pod('v1', '10.1.0.1', { ...labels, version: 'v1' }), pod('v2', '10.1.0.2', { ...labels, version: 'v2' })]
    const resources = [service('reviews'), ...pods, rule({ subsets: [{ name: 'old', labels: { version: 'v1' } }, { name: 'all' }] })]
    const found = discover(resources, [], {}, { subset: 'old' })
    expect(addressesOf(found)).toEqual(['10.1.0.1'])
    expect(droppedOf(found.dropped)).toEqual(['10.1.0.2 SUBSET_MISMATCH'])
    expect(addressesOf(discover(resources, [], {}, { subset: 'all' }))).toHaveLength(2)
  })

  it('a subset may name a cluster by its label (MODEL-34)', () => {
    const subsets = [{ name: 'east', labels: { 'topology.istio.io/cluster': 'east' } }]
    const resources = [service('reviews'), slice('reviews', [{ ip: '10.1.0.1' }]), rule({ subsets })]
    const east = cluster('east', [service('reviews'), slice('reviews', [{ ip: '10.2.0.1' }])])
    expect(addressesOf(discover(resources, [east], {}, { subset: 'east' }))).toEqual(['10.2.0.1'])
  })

  it('a known subset without endpoints stops the call (EDS-27)', () => {
    const found = discover(
      [service('reviews'), slice('reviews', [{ ip: '10.1.0.1' }]), rule({ subsets: [{ name: 'v9', labels: { version: 'v9' } }] })],
      [],
      {},
      { subset: 'v9' },
    )
    expect(found).toMatchObject({ passed: false, because: 'STOPPED', step: { reason: 'NO_ENDPOINTS' } })
    expect(found.step.because.map(({ kind }) => kind)).toContain('DestinationRule')
  })

  it('a service of names with nothing left has no upstream cluster at all (EDS-27)', () => {
    const entry = istio('ServiceEntry', 'api', {
      hosts: ['api.example'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'DNS',
      workloadSelector: { labels: { app: 'api' } },
    })
    expect(discover([entry], [], {}, { host: 'api.example' }).step.reason).toBe('UNKNOWN_CLUSTER')
  })

  it('`internalTrafficPolicy: Local` keeps to the node of the client (VIS-36)', () => {
    const here = { ip: '10.1.0.1', pod: 'here' }
    const there = { ip: '10.1.0.2', pod: 'there' }
    const pods = [
      pod('here', '10.1.0.1', labels, { spec: { nodeName: 'node-1' } }),
      pod('there', '10.1.0.2', labels, { spec: { nodeName: 'node-2' } }),
    ]
    const found = discover([service('reviews', { internalTrafficPolicy: 'Local' }), slice('reviews', [here, there]), ...pods])
    expect(addressesOf(found)).toEqual(['10.1.0.1'])
    expect(droppedOf(found.dropped)).toEqual(['10.1.0.2 NODE_LOCAL'])
  })

  it('and nodes that are not given leave the answer open (VIS-36)', () => {
    const west = cluster('west', [deployment('web'), deployment('reviews'), service('reviews', { internalTrafficPolicy: 'Local' })])
    expect(walk(topology([west]), asked).found).toMatchObject({ passed: false, because: 'UNDETERMINED', step: { reason: 'INPUT_MISSING' } })
  })

  it('a cluster-local service gives only endpoints of the client’s cluster (VIS-34)', () => {
    const mesh = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: 'istio-system' },
      data: { mesh: `serviceSettings:\n- settings: { clusterLocal: true }\n  hosts: ["*.shop.svc.cluster.local"]\n` },
    }
    const east = cluster('east', [service('reviews'), slice('reviews', [{ ip: '10.2.0.1' }])])
    const found = discover([service('reviews'), slice('reviews', [{ ip: '10.1.0.1' }]), mesh], [east])
    expect(addressesOf(found)).toEqual(['10.1.0.1'])
    expect(droppedOf(found.dropped)).toEqual(['10.2.0.1 CLUSTER_LOCAL'])
    const alone = discover([service('reviews'), slice('other', [{ ip: '10.1.0.9' }]), mesh], [east])
    expect(alone).toMatchObject({ passed: false, step: { reason: 'NO_ENDPOINTS' } })
  })

  it('a cluster-local ServiceEntry serves only proxies of the config cluster (EDS-33, VIS-34)', () => {
    const mesh = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: 'istio-system' },
      data: { mesh: 'serviceSettings:\n- settings: { clusterLocal: true }\n  hosts: ["api.example"]\n' },
    }
    const ports = [{ number: 80, name: 'http', protocol: 'HTTP' }]
    const entry = istio('ServiceEntry', 'api', {
      hosts: ['api.example'],
      ports,
      resolution: 'STATIC',
      workloadSelector: { labels: { app: 'api' } },
    })
    const api = pod('api', '10.2.0.1', { app: 'api' })
    const remote = { controlPlane: { role: 'REMOTE', managedBy: 'west' } }
    const snapshot = topology([
      cluster('west', [web, entry, mesh, pod('api', '10.1.0.1', { app: 'api' })], { remoteSecrets: ['east'] }),
      cluster('east', [pod('web', '10.2.0.99', { app: 'web' }), api], remote),
    ])
    expect(addressesOf(walk(snapshot, { ...asked, host: 'api.example' }).found)).toEqual(['10.1.0.1'])
    expect(walk(snapshot, { from: 'east/shop/web', host: 'api.example', port: 80 }).found.passed).toBe(false)
  })

  it('an endpoint without address is dropped in its own network, and where that has no gateway (EDS-23)', () => {
    const entry = istio('ServiceEntry', 'api', {
      hosts: ['api.example'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'STATIC',
      endpoints: [{ address: '', network: 'n2' }],
    })
    expect(droppedOf(discover([entry], [], {}, { host: 'api.example' }).dropped)).toEqual([' ENDPOINT_WITHOUT_ADDRESS'])
  })

  it('what is not ready, terminating or draining takes no traffic (EDS-8, EDS-9)', () => {
    const addresses = [
      { ip: '10.1.0.1', conditions: { ready: false, terminating: false, serving: false } },
      { ip: '10.1.0.2', conditions: { ready: false } },
      { ip: '10.1.0.3', pod: 'drains' },
      { ip: '10.1.0.4' },
    ]
    const found = discover([
      service('reviews'),
      slice('reviews', addresses),
      pod('drains', '10.1.0.3', { ...labels, 'istio.io/draining': 'true' }),
    ])
    expect(addressesOf(found)).toEqual(['10.1.0.4'])
    expect(droppedOf(found.dropped)).toEqual(['10.1.0.2 TERMINATING', '10.1.0.3 DRAINING'])
    // Given, but nobody is sent there.
    expect(found.passed ? found.value.unready.map(({ address }) => address) : []).toEqual(['10.1.0.1'])
  })
})

describe('nobody to send the call to', () => {
  const east = cluster('east', [service('reviews'), slice('reviews', [{ ip: '10.2.0.1' }, { ip: '10.2.0.2' }])])
  const emptyHere = [service('reviews'), slice('other', [{ ip: '10.1.0.9' }])]

  it('says that the control plane does not read the cluster where endpoints stand (EDS-2, FLOW-5)', () => {
    const found = walk(topology([cluster('west', [web, ...emptyHere]), east]), asked).found
    expect(found).toMatchObject({ passed: false, because: 'STOPPED', step: { reason: 'NO_ENDPOINTS' } })
    expect(found.step.message).toContain('control plane `west` has no remote secret for `east`, where 2 endpoints stand')
    expect(found.step.because).toContainEqual(expect.objectContaining({ cluster: 'east', kind: 'Service', name: 'reviews' }))
  })

  it('is undetermined while the remote secrets are unknown (MODEL-20, EDS-2)', () => {
    const { remoteSecrets: _, ...west } = cluster('west', [web, ...emptyHere])
    const found = walk(topology([west, east]), asked).found
    expect(found).toMatchObject({ passed: false, because: 'UNDETERMINED', step: { reason: 'INPUT_MISSING' } })
  })

  it('and endpoints that may be unseen are an assumption where others are left (MODEL-20)', () => {
    const { remoteSecrets: _, ...west } = cluster('west', [web, service('reviews'), slice('reviews', [{ ip: '10.1.0.1' }])])
    const found = walk(topology([west, east]), asked).found
    expect(addressesOf(found)).toEqual(['10.1.0.1'])
    expect(found.assumptions.map(({ code }) => code)).toEqual(['REMOTE_SECRETS_UNKNOWN'])
  })

  it('says what stood in the way of those there are (FLOW-4)', () => {
    const found = discover([service('reviews'), slice('reviews', [{ ip: '10.1.0.1', conditions: { ready: false, terminating: false } }])])
    expect(found.step).toMatchObject({ outcome: 'STOPPED', reason: 'NO_ENDPOINTS' })
    expect(found.step.message).toContain('not ready')
  })
})

describe('services that keep the dialled address', () => {
  const headless = service('reviews', { clusterIP: 'None' })
  const both = (header: Raw = {}) =>
    topology([
      cluster('west', [web, headless, slice('reviews', [{ ip: '10.1.0.1' }])], { remoteSecrets: ['east'], ...header }),
      cluster('east', [headless, slice('reviews', [{ ip: '10.2.0.1' }])]),
    ])

  it('a headless name leads to pods of the own cluster (EDS-14, DNS-4)', () => {
    const { found } = walk(both(), asked)
    expect(addressesOf(found)).toEqual(['10.1.0.1'])
    expect(droppedOf(found.dropped)).toEqual(['10.2.0.1 NOT_DIALLED'])
  })

  it('with DNS capture to pods of all clusters in the client’s network (EDS-14, DNS-12)', () => {
    expect(addressesOf(walk(both(), { ...asked, resolvedBy: 'DNS_CAPTURE' }).found)).toEqual(['10.1.0.1', '10.2.0.1'])
  })

  it('a literal pod IP is that pod (ROUTE-32)', () => {
    expect(addressesOf(walk(both(), { ...asked, resolvedBy: 'LITERAL', addresses: ['10.2.0.1'] }).found)).toEqual(['10.2.0.1'])
  })

  it('a ServiceEntry without resolution leads wherever its name does (EDS-14, EDS-17)', () => {
    const entry = istio('ServiceEntry', 'api', { hosts: ['api.example'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }] })
    const found = walk(topology([cluster('west', [web, entry])]), {
      from: 'west/shop/web',
      host: 'api.example',
      port: 80,
      addresses: ['198.51.100.7'],
    }).found
    expect(addressesOf(found)).toEqual(['198.51.100.7'])
  })

  it('load balancer PASSTHROUGH means kube-proxy in the own cluster, subset or not (EDS-31)', () => {
    const pass = rule({ trafficPolicy: { loadBalancer: { simple: 'PASSTHROUGH' } }, subsets: [{ name: 'v9', labels: { version: 'v9' } }] })
    const east = cluster('east', [service('reviews'), slice('reviews', [{ ip: '10.2.0.1' }])])
    expect(addressesOf(discover([service('reviews'), slice('reviews', [{ ip: '10.1.0.1' }]), pass], [east], {}, { subset: 'v9' }))).toEqual(
      ['10.1.0.1'],
    )
  })
})

it('endpoints that were worked out are said to be (EDS-11)', () => {
  const west = cluster('west', [deployment('web'), deployment('reviews'), service('reviews')])
  expect(walk(topology([west]), asked).found.assumptions.map(({ code }) => code)).toEqual(['ENDPOINTS_SYNTHESISED'])
})

it('a proxy gets only the networks it asks for, and those without name (NET-36)', () => {
  const gateway = deployment(
    'egress',
    { containers: [{ name: 'istio-proxy', image: 'auto', env: [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: 'n1' }] }] },
    { istio: 'egressgateway' },
  )
  const entry = istio('ServiceEntry', 'api', {
    hosts: ['api.example'],
    ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
    resolution: 'STATIC',
    endpoints: [{ address: '10.9.0.1', network: 'n1' }, { address: '10.9.0.2', network: 'n2' }, { address: '10.9.0.3' }],
  })
  const found = walk(topology([cluster('west', [gateway, entry])]), { from: 'west/shop/egress', host: 'api.example', port: 80 }).found
  expect(addressesOf(found)).toEqual(['10.9.0.1', '10.9.0.3'])
  expect(droppedOf(found.dropped)).toEqual(['10.9.0.2 NETWORK_VIEW'])
})

it('release 1.2 gave a proxy without network view only the unnamed network (DNS-31)', () => {
  const entry = istio('ServiceEntry', 'api', {
    hosts: ['httpbin.bar.global'],
    ports: [{ number: 8000, name: 'http', protocol: 'HTTP' }],
    resolution: 'STATIC',
    location: 'MESH_INTERNAL',
    endpoints: [
      { address: '34.0.0.9', network: 'external', ports: { http: 15443 } },
      { address: '10.255.0.7', ports: { http: 15443 } },
    ],
  })
  const question = { from: 'west/shop/web', host: 'httpbin.bar.global', port: 8000 }
  const of = (version: string) =>
    walk(topology([cluster('west', [deployment('web'), entry])], { controlPlanes: [{ name: 'west', cluster: 'west', version }] }), question)
      .found
  expect(addressesOf(of('1.2.0'))).toEqual(['10.255.0.7'])
  expect(addressesOf(of('1.30.0'))).toEqual(['34.0.0.9', '10.255.0.7'])
})

it('a namespace that discovery selectors leave out gives no endpoints (MODEL-6)', () => {
  const mesh = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio', namespace: 'istio-system' },
    data: { mesh: 'discoverySelectors:\n- matchLabels: { mesh: "on" }\n' },
  }
  const west = cluster('west', [namespace('other'), web, service('reviews'), slice('reviews', [{ ip: '10.1.0.1' }]), mesh], {
    remoteSecrets: ['east'],
  })
  const labelledShop = namespace('shop', { 'istio-injection': 'enabled', mesh: 'on' })
  const east = cluster('east', [service('reviews'), slice('reviews', [{ ip: '10.2.0.1' }])])
  const resources = (west['resources'] as Raw[]).map((one) =>
    one['kind'] === 'Namespace' && (one['metadata'] as Raw)['name'] === 'shop' ? labelledShop : one,
  )
  expect(addressesOf(walk(topology([{ ...west, resources }, east]), asked).found)).toEqual(['10.1.0.1'])
})
