import { describe, expect, it } from 'vitest'
import { endpointsOf } from '#engine/istiod/endpoints/endpoints-of'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { type Address, cluster, deployment, istio, pod, type Raw, service, slice, topology } from '../../analysis/objects.js'

const host = 'reviews.shop.svc.cluster.local'

function endpoints(snapshot: Snapshot, hostname = host, controlPlane = 'west', portName = 'http') {
  const view = snapshot.view(controlPlane)
  const found = view.servicesByHost(hostname)[0]
  if (found === undefined) throw new Error(`no ${hostname}`)
  return endpointsOf(view, found, found.ports.find(({ name }) => name === portName) ?? { number: 0, name: portName, protocol: 'HTTP' })
}

const shown = (list: ReturnType<typeof endpoints>): string[] => list.map(({ address, port }) => `${address}:${port}`)
const labels = { app: 'reviews' }
const live = (name: string, addresses: readonly Address[], resources: readonly Raw[] = [], header: Raw = {}): Raw =>
  cluster(name, [service('reviews'), slice('reviews', addresses), ...resources], header)

describe('the clusters that a control plane reads', () => {
  const east = live('east', [{ ip: '10.2.0.1' }])
  it('endpoints are those of its own cluster and of its remote secrets (EDS-1)', () => {
    const snapshot = topology([live('west', [{ ip: '10.1.0.1' }], [], { remoteSecrets: ['east'] }), east])
    expect(shown(endpoints(snapshot))).toEqual(['10.1.0.1:8080', '10.2.0.1:8080'])
  })

  it('a control plane without the secret does not learn them, whatever the other one reads (EDS-2, MODEL-22)', () => {
    const snapshot = topology([live('west', [{ ip: '10.1.0.1' }]), live('east', [{ ip: '10.2.0.1' }], [], { remoteSecrets: ['west'] })])
    expect(shown(endpoints(snapshot))).toEqual(['10.1.0.1:8080'])
    expect(shown(endpoints(snapshot, host, 'east'))).toEqual(['10.2.0.1:8080', '10.1.0.1:8080'])
  })

  it('a service that stands only in a remote cluster has endpoints all the same (EDS-3)', () => {
    expect(shown(endpoints(topology([cluster('west', [], { remoteSecrets: ['east'] }), east])))).toEqual(['10.2.0.1:8080'])
  })

  it('pods in a cluster without the Service give no endpoints, a hand-written slice there does (EDS-4)', () => {
    const west = cluster('west', [service('reviews')], { remoteSecrets: ['east'] })
    const pods = cluster('east', [pod('reviews-1', '10.2.0.1', labels), slice('other', [{ ip: '10.2.0.9' }])])
    expect(shown(endpoints(topology([west, pods])))).toEqual([])
    const handWritten = cluster('east', [slice('reviews', [{ ip: '10.2.0.1' }])])
    expect(shown(endpoints(topology([west, handWritten])))).toEqual(['10.2.0.1:8080'])
  })

  it('one IP in two clusters is two endpoints (EDS-30)', () => {
    const snapshot = topology([live('west', [{ ip: '10.0.0.1' }], [], { remoteSecrets: ['east'] }), live('east', [{ ip: '10.0.0.1' }])])
    expect(endpoints(snapshot).map((endpoint) => endpoint.cluster)).toEqual(['west', 'east'])
  })

  it('the port is matched by the name of the definition that won, each cluster with its own number (VIS-8, EDS-7)', () => {
    const west = live('west', [{ ip: '10.1.0.1' }], [], { remoteSecrets: ['east'] })
    const other = cluster('east', [
      service('reviews', { ports: [{ name: 'http', port: 81, targetPort: 9090 }] }),
      slice('reviews', [{ ip: '10.2.0.1' }], { port: { name: 'http', port: 9090 } }),
    ])
    expect(shown(endpoints(topology([west, other])))).toEqual(['10.1.0.1:8080', '10.2.0.1:9090'])
    const renamed = cluster('east', [
      service('reviews', { ports: [{ name: 'http-web', port: 80 }] }),
      slice('reviews', [{ ip: '10.2.0.1' }], { port: { name: 'http-web', port: 8080 } }),
    ])
    expect(shown(endpoints(topology([west, renamed])))).toEqual(['10.1.0.1:8080'])
  })
})

describe('EndpointSlices', () => {
  it('an address that points to an unknown pod is withheld (EDS-6)', () => {
    const snapshot = topology([
      live(
        'west',
        [
          { ip: '10.1.0.1', pod: 'gone' },
          { ip: '10.1.0.2', pod: 'reviews-2' },
        ],
        [pod('reviews-2', '10.1.0.2', labels)],
      ),
    ])
    expect(shown(endpoints(snapshot))).toEqual(['10.1.0.2:8080'])
  })

  it('an address without pod reference is looked up by IP, else it is naked (EDS-6)', () => {
    const snapshot = topology([live('west', [{ ip: '10.1.0.1' }, { ip: '10.1.0.2' }], [pod('reviews-2', '10.1.0.2', labels)])])
    expect(endpoints(snapshot).map(({ tlsMode, serviceAccount }) => [tlsMode, serviceAccount])).toEqual([
      ['disabled', ''],
      ['istio', 'default'],
    ])
  })

  it.each([
    ['slices of names', { addressType: 'FQDN' }],
    ['imports of Multi-Cluster Services', { labels: { 'multicluster.kubernetes.io/service-name': 'reviews' } }],
  ])('%s are ignored (EDS-5)', (_title, rest) => {
    expect(endpoints(topology([cluster('west', [service('reviews'), slice('reviews', [{ ip: '10.1.0.1' }], rest)])]))).toEqual([])
  })

  it('the same address in two slices of the service counts once (EDS-30)', () => {
    const snapshot = topology([live('west', [{ ip: '10.1.0.1' }], [slice('reviews', [{ ip: '10.1.0.1' }], { name: 'reviews-2' })])])
    expect(shown(endpoints(snapshot))).toEqual(['10.1.0.1:8080'])
  })

  it('health is told by the conditions (EDS-8)', () => {
    const snapshot = topology([
      live('west', [
        { ip: '10.1.0.1' },
        { ip: '10.1.0.2', conditions: { ready: false, terminating: false, serving: false } },
        { ip: '10.1.0.3', conditions: { ready: false } },
      ]),
    ])
    expect(endpoints(snapshot).map(({ health }) => health)).toEqual(['HEALTHY', 'UNHEALTHY', 'TERMINATING'])
  })

  it('a live cluster without a slice for the service has no endpoint there (EDS-12)', () => {
    const snapshot = topology([
      cluster('west', [service('reviews'), pod('reviews-1', '10.1.0.1', labels), slice('other', [{ ip: '10.1.0.9' }])]),
    ])
    expect(endpoints(snapshot)).toEqual([])
  })
})

describe('endpoints that Kubernetes would write', () => {
  it('a declared cluster gets them from selectors and templates (EDS-11)', () => {
    const [only, ...others] = endpoints(topology([cluster('west', [service('reviews'), deployment('reviews'), deployment('ratings')])]))
    expect(others).toEqual([])
    expect(only).toMatchObject({
      address: 'pod:west/shop/reviews',
      port: 8080,
      origin: 'SYNTHESISED',
      health: 'HEALTHY',
      tlsMode: 'istio',
      serviceAccount: 'reviews',
    })
  })

  it('a named target port is the container port of that name, and a pod without it is left out (EDS-7)', () => {
    const ports = [{ name: 'http', port: 80, targetPort: 'web' }]
    const declares = { containers: [{ name: 'app', image: 'app', ports: [{ name: 'web', containerPort: 9080 }] }] }
    const snapshot = topology([
      cluster('west', [
        service('reviews', { ports, selector: { tier: 'x' } }),
        deployment('a', declares, { tier: 'x' }),
        deployment('b', {}, { tier: 'x' }),
      ]),
    ])
    expect(shown(endpoints(snapshot))).toEqual(['pod:west/shop/a:9080'])
  })

  it('a pod that is not ready is unhealthy, unless unready addresses are published (EDS-10, EDS-11)', () => {
    const unready = pod('reviews-1', '10.1.0.1', labels, { ready: false })
    const health = (spec: Raw) =>
      endpoints(topology([cluster('west', [service('reviews', spec), unready])])).map((endpoint) => endpoint.health)
    expect(health({})).toEqual(['UNHEALTHY'])
    expect(health({ publishNotReadyAddresses: true })).toEqual(['HEALTHY'])
  })

  it('a Service without selector has only slices (EDS-12)', () => {
    const bare = { ...service('reviews'), spec: { ports: [{ name: 'http', port: 80 }] } }
    expect(endpoints(topology([cluster('west', [bare, deployment('reviews')])]))).toEqual([])
  })
})

describe('ServiceEntries', () => {
  const entry = (spec: Raw, name = 'ext'): Raw => istio('ServiceEntry', name, spec)
  const ports = [{ number: 80, name: 'http', protocol: 'HTTP' }]
  const of = (spec: Raw, resources: readonly Raw[] = [], header: Raw = {}) =>
    endpoints(topology([cluster('west', [entry({ hosts: ['api.example'], ports, ...spec }), ...resources], header)]), 'api.example')

  it.each([
    [
      "the endpoint's own port of that name",
      { ports: [{ ...ports[0], targetPort: 8081 }], endpoints: [{ address: '10.9.0.1', ports: { http: 8443 } }] },
      8443,
    ],
    ["else the entry's target port", { ports: [{ ...ports[0], targetPort: 8081 }], endpoints: [{ address: '10.9.0.1' }] }, 8081],
    ['else the number of the port', { endpoints: [{ address: '10.9.0.1' }] }, 80],
  ])('listens at %s (EDS-18)', (_title, spec, port) => {
    expect(of({ resolution: 'STATIC', ...spec }).map((endpoint) => endpoint.port)).toEqual([port])
  })

  it('with resolution DNS and no endpoints the host itself is one (EDS-17)', () => {
    expect(shown(of({ resolution: 'DNS' }))).toEqual(['api.example:80'])
  })

  it.each([
    ['the label, if there is one', { labels: { 'security.istio.io/tlsMode': 'disabled' }, serviceAccount: 'api' }, 'disabled'],
    ['else `istio` with a service account', { serviceAccount: 'api' }, 'istio'],
    ['else disabled', {}, 'disabled'],
  ])('advertises mutual TLS by %s (EDS-20)', (_title, endpoint, mode) => {
    expect(of({ resolution: 'STATIC', endpoints: [{ address: '10.9.0.1', ...endpoint }] })[0]?.tlsMode).toBe(mode)
  })

  it('its network is the field and nothing else, its cluster the config cluster (EDS-21, VIS-34)', () => {
    const [labelled, stated] = of(
      {
        resolution: 'STATIC',
        endpoints: [
          { address: '10.9.0.1', labels: { 'topology.istio.io/network': 'n9' } },
          { address: '10.9.0.2', network: 'n2' },
        ],
      },
      [],
      { network: 'n1' },
    )
    expect([labelled?.network, stated?.network, labelled?.cluster]).toEqual(['', 'n2', 'west'])
  })

  it('a selector picks ready pods and WorkloadEntries and voids the listed endpoints (EDS-19)', () => {
    const machine = istio('WorkloadEntry', 'vm', { address: '10.8.0.1', labels: { app: 'api' }, ports: { http: 7000 } })
    const sick = {
      ...istio('WorkloadEntry', 'sick', { address: '10.8.0.2', labels: { app: 'api' } }),
      status: { conditions: [{ type: 'Healthy', status: 'False' }] },
    }
    const declares = { containers: [{ name: 'app', image: 'a', ports: [{ name: 'http', containerPort: 8088 }] }] }
    const found = of({ resolution: 'STATIC', workloadSelector: { labels: { app: 'api' } }, endpoints: [{ address: '10.9.0.1' }] }, [
      pod('api-1', '10.1.0.1', { app: 'api' }, { spec: declares }),
      pod('api-2', '10.1.0.2', { app: 'api' }, { ready: false }),
      machine,
      sick,
    ])
    expect(shown(found)).toEqual(['10.1.0.1:8088', '10.8.0.1:7000'])
  })

  it('a WorkloadEntry by name serves only entries that the proxy resolves (EDS-19)', () => {
    const named = istio('WorkloadEntry', 'vm', { address: 'vm.example', labels: { app: 'api' } })
    const selector = { workloadSelector: { labels: { app: 'api' } } }
    expect(shown(of({ resolution: 'STATIC', ...selector }, [named]))).toEqual([])
    expect(shown(of({ resolution: 'DNS', ...selector }, [named]))).toEqual(['vm.example:80'])
  })

  it('an entry of the same host and namespace adds its endpoints to a Service under an equal port name (EDS-22)', () => {
    const decorates = (name: string) =>
      entry({
        hosts: [host],
        ports: [{ number: 80, name, protocol: 'HTTP' }],
        resolution: 'STATIC',
        endpoints: [{ address: '10.9.0.1', ports: { [name]: 8080 } }],
      })
    const resources = [service('reviews'), slice('reviews', [{ ip: '10.1.0.1' }])]
    expect(shown(endpoints(topology([cluster('west', [...resources, decorates('http')])])))).toEqual(['10.1.0.1:8080', '10.9.0.1:8080'])
    expect(shown(endpoints(topology([cluster('west', [...resources, decorates('other')])])))).toEqual(['10.1.0.1:8080'])
  })
})

describe('WorkloadEntries behind a Service', () => {
  const machine = (spec: Raw = {}): Raw => istio('WorkloadEntry', 'vm', { address: '10.8.0.1', labels, ...spec })
  const behind = (spec: Raw, resources: readonly Raw[]) =>
    shown(endpoints(topology([cluster('west', [service('reviews', spec), ...resources])])))

  it.each([
    ['a numeric target port, unless the entry maps the port name', {}, {}, ['10.8.0.1:8080']],
    ['the entry’s own port of that name', {}, { ports: { http: 9000 } }, ['10.8.0.1:9000']],
    [
      'a named target port from the entry',
      { ports: [{ name: 'http', port: 80, targetPort: 'web' }] },
      { ports: { web: 9001 } },
      ['10.8.0.1:9001'],
    ],
    ['nothing when the named target port is missing', { ports: [{ name: 'http', port: 80, targetPort: 'web' }] }, {}, []],
  ])('listen at %s (EDS-29)', (_title, spec, entrySpec, expected) => {
    expect(behind(spec, [machine(entrySpec)])).toEqual(expected)
  })

  it('need an IP address and labels, and a Service that is not headless (EDS-12)', () => {
    expect(behind({}, [machine({ address: 'vm.example' })])).toEqual([])
    expect(behind({ clusterIP: 'None' }, [machine()])).toEqual([])
  })

  it('count only beside the Service of their own cluster (EDS-12)', () => {
    const west = cluster('west', [service('reviews')], { remoteSecrets: ['east'] })
    expect(shown(endpoints(topology([west, cluster('east', [machine()])])))).toEqual([])
    expect(shown(endpoints(topology([west, cluster('east', [service('reviews'), machine()])])))).toEqual(['10.8.0.1:8080'])
  })
})

describe('where an endpoint of an entry stands (MODEL-33)', () => {
  const place = (endpoint: Raw) => {
    const ports = [{ number: 80, name: 'http', protocol: 'HTTP' }]
    const entry = istio('ServiceEntry', 'vms', {
      hosts: ['vms.example'],
      ports,
      resolution: 'STATIC',
      endpoints: [{ address: '10.9.0.1', ...endpoint }],
    })
    return endpoints(topology([cluster('west', [entry])]), 'vms.example')[0]?.locality
  }

  it.each<[string, Raw, string]>([
    ['as it writes', { locality: 'r/z/s', labels: { 'istio-locality': 'a.b' } }, 'r/z/s'],
    ['as its label says', { labels: { 'istio-locality': 'r.z' } }, 'r/z'],
    [
      'nowhere by labels of nodes, which subsets and priorities look at all the same',
      { labels: { 'topology.kubernetes.io/region': 'r' } },
      '',
    ],
    ['nowhere where nothing is said', {}, ''],
  ])('is %s', (_title, endpoint, expected) => expect(place(endpoint)).toBe(expected))
})
