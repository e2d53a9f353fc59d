import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../../from-yaml.js'

const service = (name: string, spec: string, metadata = '') =>
  `      - { apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: shop, ${metadata} }, spec: ${spec} }\n`
const entry = (name: string, spec: string, metadata = '') =>
  `      - { apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: ${name}, namespace: shop, ${metadata} }, spec: ${spec} }\n`
const created = (year: number) => `creationTimestamp: "${year}-01-01T00:00:00Z"`

const view = (west: string, east = '', rest = '') =>
  snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    remoteSecrets: [east]
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop } }
${west}
  - name: east
    controlPlane: { role: REMOTE, managedBy: west }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop } }
${east}
${rest}`).view('west')

const reviews = 'reviews.shop.svc.cluster.local'

describe('Services of several clusters (VIS-8)', () => {
  it('are one; definition from the config cluster, addresses and annotated accounts from all', () => {
    const found = view(
      service(
        'reviews',
        '{ clusterIP: 10.1.0.1, ports: [{ name: http, port: 80 }] }',
        'annotations: { alpha.istio.io/kubernetes-serviceaccounts: a }',
      ),
      service(
        'reviews',
        '{ clusterIP: 10.2.0.1, ports: [{ name: web, port: 81 }] }',
        'annotations: { alpha.istio.io/canonical-serviceaccounts: td/ns/x/sa/b }',
      ),
    ).service(reviews, 'shop')
    expect(found?.ports).toEqual([{ name: 'http', number: 80, protocol: 'HTTP' }])
    expect(found?.addresses).toEqual(
      new Map([
        ['west', ['10.1.0.1']],
        ['east', ['10.2.0.1']],
      ]),
    )
    expect(found?.defaultAddresses).toEqual(['10.1.0.1'])
    expect(found?.subjectAltNames).toEqual(['spiffe://cluster.local/ns/shop/sa/a', 'spiffe://td/ns/x/sa/b'])
    expect(found?.ref).toMatchObject({ cluster: 'west', kind: 'Service', name: 'reviews' })
  })

  it('the remote’s definition serves where the config cluster has none (EDS-3)', () => {
    const found = view('', service('reviews', '{ clusterIP: None, ports: [{ name: http, port: 80 }] }')).service(reviews, 'shop')
    expect(found).toMatchObject({ headless: true, resolution: 'PASSTHROUGH', ref: { cluster: 'east' } })
  })

  it('bear the domain of the control plane, in remote clusters too (VIS-7)', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: west, clusterDomain: mesh.internal, controlPlane: { role: PRIMARY }, remoteSecrets: [east] }
  - name: east
    clusterDomain: other.internal
    controlPlane: { role: PRIMARY }
    resources:
${service('reviews', '{ ports: [] }')}`)
    expect(snapshot.view('west').services.map(({ hostname }) => hostname)).toEqual(['reviews.shop.svc.mesh.internal'])
    expect(snapshot.view('east').services.map(({ hostname }) => hostname)).toEqual(['reviews.shop.svc.other.internal'])
  })

  it('are found by the address they have in a cluster, or by the default one where they have none (DNS-3)', () => {
    const found = view(service('reviews', '{ clusterIP: 10.1.0.1, ports: [] }'))
    expect(found.servicesByAddress('west', '10.1.0.1').map(({ hostname }) => hostname)).toEqual([reviews])
    expect(found.servicesByAddress('east', '10.1.0.1').map(({ hostname }) => hostname)).toEqual([reviews])
    expect(found.servicesByAddress('west', '10.9.9.9')).toEqual([])
  })

  it('are kept to the cluster by the control plane whose MeshConfig says so, and by no other (VIS-35)', () => {
    const settings = 'serviceSettings: [{ settings: { clusterLocal: true }, hosts: [reviews.shop.svc.cluster.local] }]'
    const snapshot = snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
${service('reviews', '{ ports: [] }')}
  - name: east
    controlPlane: { role: PRIMARY }
    resources:
${service('reviews', '{ ports: [] }')}
controlPlanes:
  - { name: west, cluster: west, meshConfig: { ${settings} } }
  - { name: east, cluster: east }`)
    const isLocal = (plane: string) => snapshot.view(plane).service(reviews, 'shop')?.clusterLocal
    expect([isLocal('west'), isLocal('east')]).toEqual([true, false])
  })

  it('an ExternalName is an alias (EDS-13)', () => {
    expect(
      view(service('api', '{ type: ExternalName, externalName: API.Example.com. }')).servicesByHost('api.shop.svc.cluster.local'),
    ).toMatchObject([{ resolution: 'ALIAS', externalName: 'api.example.com' }])
  })

  it('are exported to whom the annotation says, else to whom the mesh’s default says (VIS-1, VIS-2)', () => {
    const annotated = (value: string) =>
      view(service('reviews', '{ ports: [] }', `annotations: { networking.istio.io/exportTo: "${value}" }`)).service(reviews, 'shop')
        ?.exportTo
    expect(annotated('., web')).toEqual(new Set(['shop', 'web']))
    expect(annotated('web, *')).toEqual(new Set(['*']))
    expect(annotated('., ~')).toEqual(new Set(['~']))
    const own = view(
      service('reviews', '{ ports: [] }'),
      '',
      'controlPlanes: [{ name: west, cluster: west, meshConfig: { defaultServiceExportTo: ["."] } }]',
    )
    expect(own.service(reviews, 'shop')?.exportTo).toEqual(new Set(['shop']))
  })
})

describe('ServiceEntries', () => {
  const ports = 'ports: [{ name: http, number: 80, protocol: HTTP }]'

  it('make a record for each host (VIS-12)', () => {
    const found = view(entry('e', `{ hosts: [a.example, b.example], addresses: [240.0.0.1], resolution: DNS, ${ports} }`))
    expect(
      found.services.map(({ hostname, defaultAddresses, resolution, meshExternal }) => [
        hostname,
        defaultAddresses,
        resolution,
        meshExternal,
      ]),
    ).toEqual([
      ['a.example', ['240.0.0.1'], 'DNS', true],
      ['b.example', ['240.0.0.1'], 'DNS', true],
    ])
  })

  it('of one host are a record each, the oldest first, and know of one another (VIS-10)', () => {
    const found = view(
      entry('young', '{ hosts: [a.example], resolution: DNS, ports: [{ name: https, number: 443, protocol: TLS }] }', created(2025)) +
        entry('old', `{ hosts: [a.example], resolution: DNS, ${ports} }`, created(2024)) +
        entry('odd', '{ hosts: [a.example], resolution: STATIC, ports: [{ name: tcp, number: 9, protocol: TCP }] }', created(2026)),
    )
    expect(found.services.map(({ entry: own, ports: [port] }) => [own?.meta.name, port?.number])).toEqual([
      ['old', 80],
      ['young', 443],
      ['odd', 9],
    ])
    for (const { entries } of found.services) expect(entries.map(({ meta }) => meta.name)).toEqual(['old', 'young', 'odd'])
    expect(found.service('a.example', 'shop')?.entry?.meta.name).toBe('old')
  })

  it('of a Kubernetes Service’s host and namespace stand behind it, and their endpoints are held with its own (VIS-10, EDS-22)', () => {
    const found = view(service('reviews', '{ ports: [{ name: http, port: 80 }] }') + entry('e', `{ hosts: [${reviews}], ${ports} }`))
    expect(found.services.map(({ registry }) => registry)).toEqual(['KUBERNETES', 'SERVICE_ENTRY'])
    expect(found.service(reviews, 'shop')).toMatchObject({ registry: 'KUBERNETES', entries: [{ meta: { name: 'e' } }] })
  })

  it.each([
    ['without addresses', `{ hosts: [a.example], resolution: STATIC, ${ports} }`, '', true],
    ['with addresses', `{ hosts: [a.example], addresses: [1.2.3.4], resolution: STATIC, ${ports} }`, '', false],
    ['of resolution NONE', `{ hosts: [a.example], ${ports} }`, '', false],
    ['of a wildcard', `{ hosts: ['*.example'], resolution: STATIC, ${ports} }`, '', false],
    ['of a wildcard with dynamic DNS', `{ hosts: ['*.example'], resolution: DYNAMIC_DNS, ${ports} }`, '', true],
    [
      'that opts out',
      `{ hosts: [a.example], resolution: STATIC, ${ports} }`,
      'labels: { networking.istio.io/enable-autoallocate-ip: "false" }',
      false,
    ],
  ] as const)('%s: an address is allocated or not (DNS-15)', (_, spec, metadata, expected) => {
    expect(view(entry('e', spec, metadata)).services[0]?.autoAllocated).toBe(expected)
  })

  it('are read from the config cluster alone (MODEL-16)', () => {
    expect(view('', entry('e', `{ hosts: [a.example], ${ports} }`)).services).toEqual([])
  })
})

describe('what a control plane reads', () => {
  it('a revision label hides an object from the others, and from an unrevisioned one too (MODEL-18)', () => {
    const labelled = entry('e', '{ hosts: [a.example] }', 'labels: { istio.io/rev: canary }')
    expect(view(labelled).services).toEqual([])
    expect(view(labelled, '', 'controlPlanes: [{ name: west, cluster: west, revision: canary }]').services).toHaveLength(1)
    expect(view(labelled, '', "controlPlanes: [{ name: west, cluster: west, flags: { REVISION: '' } }]").services).toHaveLength(1)
  })

  it('discovery selectors hide a namespace by its own cluster’s labels (MODEL-6)', () => {
    const found = view(
      service('reviews', '{ ports: [] }'),
      `      - { apiVersion: v1, kind: Namespace, metadata: { name: web, labels: { seen: 'yes' } } }
      - { apiVersion: v1, kind: Service, metadata: { name: ui, namespace: web }, spec: { ports: [] } }
`,
      'controlPlanes: [{ name: west, cluster: west, meshConfig: { discoverySelectors: [{ matchLabels: { seen: "yes" } }, { matchExpressions: [{ key: also, operator: Exists }] }] } }]',
    )
    expect(found.services.map(({ hostname }) => hostname)).toEqual(['ui.web.svc.cluster.local'])
    expect([found.selects('west', 'shop'), found.selects('east', 'web')]).toEqual([false, true])
  })
})

describe('cluster-local hosts (VIS-32, VIS-33)', () => {
  const local = (settings: string, host: string) => {
    const [name = '', namespace = ''] = host.split('.')
    const resources = `      - { apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} }, spec: { ports: [] } }\n`
    return view(
      resources,
      '',
      `controlPlanes: [{ name: west, cluster: west, meshConfig: { serviceSettings: ${settings} } }]`,
    ).services.find(({ hostname }) => hostname.startsWith(`${name}.`))?.clusterLocal
  }
  const setting = (clusterLocal: boolean, host: string) => `{ settings: { clusterLocal: ${clusterLocal} }, hosts: ['${host}'] }`

  it.each([
    ['kube-dns.kube-system', '[]', true],
    ['kubernetes.default', '[]', true],
    ['istiod.istio-system', '[]', true],
    ['reviews.shop', '[]', false],
    ['reviews.shop', `[${setting(true, '*.shop.svc.cluster.local')}]`, true],
    ['reviews.shop', `[${setting(true, '*.shop.svc.cluster.local')}, ${setting(false, reviews)}]`, false],
    ['kube-dns.kube-system', `[${setting(false, '*.kube-system.svc.cluster.local')}]`, false],
    ['kube-dns.kube-system', `[${setting(false, 'other.kube-system.svc.cluster.local')}]`, false],
  ] as const)('%s under %s: %s', (host, settings, expected) => expect(local(settings, host)).toBe(expected))
})

describe('a stated federation', () => {
  const federated = snapshotOf(`
meshes: [{ name: near }, { name: far, trustDomain: far.example }]
clusters:
  - { name: west, mesh: near, controlPlane: { role: PRIMARY } }
  - name: east
    mesh: far
    controlPlane: { role: PRIMARY }
    resources:
${service('ratings', '{ ports: [{ name: http, port: 9080 }] }')}
federations:
  - { importer: near, exporter: far, services: [{ namespace: shop, name: ratings }], gateways: [{ address: 34.0.0.9 }] }
`)

  it('acts as MESH_INTERNAL ServiceEntries in the importer’s control planes, and in no others (TRUST-13)', () => {
    const [ratings] = federated.view('west').servicesByHost('ratings.shop.svc.far.example')
    expect(ratings).toMatchObject({
      meshExternal: false,
      resolution: 'EDS',
      ports: [{ name: 'http', number: 9080 }],
      ref: { kind: 'Federation', path: 'federations[0]' },
    })
    expect(ratings?.entries[0]?.endpoints).toMatchObject([{ address: '34.0.0.9', ports: { http: 15443 } }])
    expect(federated.view('east').servicesByHost('ratings.shop.svc.far.example')).toEqual([])
    expect(federated.assumptions.map(({ code }) => code)).toContain('FEDERATION_STATED')
  })
})
