import { describe, expect, it } from 'vitest'
import { readOne, unreadPaths } from '../read-one.js'

const read = (kind: string, body: string) => readOne('networking.istio.io', kind, body)
const of = (kind: string, spec: string) => read(kind, `spec: ${spec}`)

describe('a Gateway', () => {
  const server = (text: string) => of('Gateway', `{ servers: [${text}] }`).gateways.get('n')?.[0]?.servers[0]

  it('without a selector is every gateway’s, and without servers opens nothing', () => {
    expect(of('Gateway', '{}').gateways.get('n')?.[0]).toMatchObject({ selector: {}, servers: [] })
  })

  it('tells a server without tls from one whose tls block is empty, which passes through', () => {
    const port = 'port: { number: 443, protocol: tls, name: tls }'
    expect(server(`{ ${port} }`)).toEqual({
      port: { number: 443, protocol: 'TLS', name: 'tls' },
      hosts: [],
      subjectAltNames: [],
      httpsRedirect: false,
    })
    expect(server(`{ ${port}, tls: {} }`)?.tlsMode).toBe('PASSTHROUGH')
    expect(server(`{ ${port}, tls: { mode: AUTO_PASSTHROUGH } }`)?.tlsMode).toBe('AUTO_PASSTHROUGH')
  })

  it.each([
    ['{ port: 80 }', 'spec.servers[0].port'],
    ['{ hosts: "*" }', 'spec.servers[0].hosts'],
    ['{ tls: { mode: TERMINATE } }', 'spec.servers[0].tls.mode'],
    ['{ tls: { httpsRedirect: yes please } }', 'spec.servers[0].tls.httpsRedirect'],
  ])('whose server says %s is noted at %s', (text, path) => expect(unreadPaths(of('Gateway', `{ servers: [${text}] }`))).toEqual([path]))
})

describe('a ServiceEntry', () => {
  const entry = (spec: string, status = '{}') => read('ServiceEntry', `{ spec: ${spec}, status: ${status} }`).serviceEntries.get('n')?.[0]

  it('counts a weight that is absent or nothing as one (NET-19), and a target port of nothing as none (EDS-18)', () => {
    const read = entry(
      '{ ports: [{ number: 80, targetPort: 0 }, { number: 81, targetPort: 8081 }], endpoints: [{ weight: 0 }, {}, { weight: 3 }] }',
    )
    expect(read?.endpoints.map(({ weight }) => weight)).toEqual([1, 1, 3])
    expect(read?.ports.map(({ targetPort }) => targetPort)).toEqual([undefined, 8081])
  })

  it('has the addresses that the control plane allocated, by host (DNS-15)', () => {
    expect(entry('{}', '{ addresses: [{ value: 240.240.0.1, host: a.b }, { value: 240.240.0.2 }] }')?.allocatedAddresses).toEqual([
      { host: 'a.b', value: '240.240.0.1' },
      { host: '', value: '240.240.0.2' },
    ])
  })

  it('selects workloads by `labels`, and without any selects none by labels', () => {
    expect(entry('{ workloadSelector: { labels: { app: vm } } }')?.workloadSelector).toEqual({ app: 'vm' })
    expect(entry('{ workloadSelector: { matchLabels: { app: vm } } }')?.workloadSelector).toBeUndefined()
  })

  it.each([
    ['{ resolution: dns }', 'spec.resolution'],
    ['{ location: INTERNAL }', 'spec.location'],
    ['{ endpoints: [{ ports: { http: web } }] }', 'spec.endpoints[0].ports.http'],
    ['{ endpoints: [10.0.0.1] }', 'spec.endpoints[0]'],
    ['{ ports: [{ number: 80.5.1 }] }', 'spec.ports[0].number'],
  ])('that says %s is noted at %s', (spec, path) => expect(unreadPaths(of('ServiceEntry', spec))).toEqual([path]))
})

describe('a WorkloadEntry', () => {
  const entry = (body: string) => read('WorkloadEntry', body).workloadEntries.get('n')?.[0]

  it.each([
    ['no condition', '[]', undefined],
    ['another condition', '[{ type: Connected, status: "True" }]', undefined],
    ['Healthy', '[{ type: Healthy, status: "True" }]', true],
    ['not Healthy', '[{ type: Healthy, status: "False" }]', false],
    ['an unknown health', '[{ type: Healthy, status: Unknown }]', false],
  ])('with %s is known to be as healthy as that (EDS-19)', (_, conditions, healthy) => {
    expect(entry(`{ spec: { address: 1.2.3.4 }, status: { conditions: ${conditions} } }`)?.healthy).toBe(healthy)
  })

  it('without a spec is kept, and that is noted', () => {
    expect(entry('{}')?.endpoint.address).toBe('')
    expect(unreadPaths(read('WorkloadEntry', '{}'))).toEqual(['spec'])
  })
})

describe('a WorkloadGroup', () => {
  it('gives its entries labels from its metadata and the rest from its template', () => {
    const group = of(
      'WorkloadGroup',
      '{ metadata: { labels: { app: vm } }, template: { serviceAccount: sa, network: vms, ports: { http: 80 } } }',
    )
    expect(group.workloadGroups.get('n')?.[0]).toMatchObject({
      labels: { app: 'vm' },
      annotations: {},
      template: { address: '', serviceAccount: 'sa', network: 'vms', ports: { http: 80 }, labels: {} },
    })
    expect(unreadPaths(of('WorkloadGroup', '{ template: [], metadata: 3 }')).toSorted()).toEqual(['spec.metadata', 'spec.template'])
  })
})

describe('a Sidecar', () => {
  const sidecar = (spec: string) => of('Sidecar', spec).sidecars.get('n')?.[0]

  it('tells a listener for every port from one of its own', () => {
    expect(
      sidecar('{ egress: [{ hosts: ["./*"] }, { port: { number: 80, protocol: HTTP, name: http }, bind: 127.0.0.1, hosts: [] }] }')?.egress,
    ).toEqual([{ hosts: ['./*'] }, { port: { number: 80, protocol: 'HTTP', name: 'http' }, bind: '127.0.0.1', hosts: [] }])
    expect(sidecar('{ ingress: [{ port: { number: 8080, protocol: GRPC } }, { port: { number: 9090 } }] }')?.ingress).toEqual([
      { port: 8080, protocol: 'HTTP' },
      { port: 9090, protocol: 'AUTO' },
    ])
  })

  it.each([
    ['{ egress: { hosts: [] } }', 'spec.egress'],
    ['{ egress: [{ hosts: [1] }] }', 'spec.egress[0].hosts'],
    ['{ ingress: [{ port: http }] }', 'spec.ingress[0].port'],
    ['{ outboundTrafficPolicy: ALLOW_ANY }', 'spec.outboundTrafficPolicy'],
  ])('that says %s is noted at %s', (spec, path) => expect(unreadPaths(of('Sidecar', spec))).toEqual([path]))
})

describe('an EnvoyFilter', () => {
  const patch = (text: string) => of('EnvoyFilter', `{ configPatches: [${text}] }`).envoyFilters.get('n')?.[0]?.patches[0]

  it('without a match touches everything (EXT-2)', () => {
    expect(patch('{ applyTo: CLUSTER, patch: { operation: REMOVE } }')).toMatchObject({
      applyTo: 'CLUSTER',
      operation: 'REMOVE',
      match: { context: 'ANY', cluster: {}, route: {} },
      fields: [],
    })
  })

  it('looks for the inner filter where there are two', () => {
    const listener = (filter: string) => patch(`{ match: { listener: { portNumber: 80, filterChain: { filter: ${filter} } } } }`)?.match
    expect(listener('{ name: outer, subFilter: { name: inner } }')).toMatchObject({ listener: { port: 80 }, filter: 'inner' })
    expect(listener('{ name: outer }')?.filter).toBe('outer')
  })

  it('says what kind of filter it brings, in a `TypedStruct` too, and either spelling of a field is the same', () => {
    const type = 'type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault'
    const plain = `{ name: fault, typedConfig: { "@type": ${type}, maxActiveFaults: 3 } }`
    const struct = `{ name: fault, typed_config: { "@type": type.googleapis.com/udpa.type.v1.TypedStruct, type_url: ${type}, value: { max_active_faults: 3 } } }`
    for (const value of [plain, struct])
      expect(patch(`{ patch: { value: ${value} } }`)).toMatchObject({ name: 'fault', type, fields: ['max_active_faults'] })
  })

  it.each([
    ['{ match: { cluster: { portNumber: web } } }', 'spec.configPatches[0].match.cluster.portNumber'],
    ['{ match: { proxy: { proxyVersion: 1.2 } } }', 'spec.configPatches[0].match.proxy.proxyVersion'],
    ['{ patch: { value: [] } }', 'spec.configPatches[0].patch.value'],
    ['{ match: { listener: { filterChain: { filter: { name: 1 } } } } }', 'spec.configPatches[0].match.listener.filterChain.filter.name'],
    [
      '{ match: { listener: { filterChain: { filter: { subFilter: { name: 1 } } } } } }',
      'spec.configPatches[0].match.listener.filterChain.filter.subFilter.name',
    ],
  ])('whose patch says %s is noted at %s', (text, path) => {
    expect(unreadPaths(of('EnvoyFilter', `{ configPatches: [${text}] }`))).toEqual([path])
  })
})

describe('an extension', () => {
  const wasm = (spec: string) => readOne('extensions.istio.io', 'WasmPlugin', `spec: ${spec}`)
  const extension = (spec: string) => wasm(spec).extensions.get('n')?.[0]

  it.each([
    ['{}', [], 'HTTP', false],
    ['{ url: "" }', [], 'HTTP', false],
    ['{ url: oci://a, type: NETWORK }', [], 'NETWORK', true],
    ['{ url: oci://a, match: [{}] }', [{ mode: 'CLIENT_AND_SERVER', ports: [] }], 'HTTP', true],
    ['{ url: oci://a, match: [{ mode: SERVER, ports: [{ number: 80 }] }] }', [{ mode: 'SERVER', ports: [80] }], 'HTTP', true],
  ] as const)('of %s acts where and on what it says (EXT-9)', (spec, matches, level, hasCode) => {
    expect(extension(spec)).toMatchObject({ matches, level, hasCode })
  })

  it('whose mode nobody knows may act on either side, and that is noted', () => {
    const spec = '{ url: oci://a, match: [{ mode: SIDEWAYS }, { mode: UNDEFINED }, { mode: CLIENT_AND_SERVER }] }'
    expect(extension(spec)?.matches.map(({ mode }) => mode)).toEqual(['CLIENT_AND_SERVER', 'CLIENT_AND_SERVER', 'CLIENT_AND_SERVER'])
    expect(unreadPaths(wasm(spec))).toEqual(['spec.match[0].mode'])
  })
})
