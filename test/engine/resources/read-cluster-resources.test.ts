import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { readClusterResources } from '#engine/resources/read-cluster-resources'

const read = (yaml: string) => readClusterResources('digest', new TextEncoder().encode(JSON.stringify(load(yaml))))

describe('kinds', () => {
  it('Gateways of Istio and of Kubernetes are different kinds, all versions of one kind are the same', () => {
    const resources = read(`
- { apiVersion: networking.istio.io/v1alpha3, kind: Gateway, metadata: { name: a, namespace: n } }
- { apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: b, namespace: n } }
- { apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: c, namespace: n } }
`)
    expect(resources.gateways.get('n')?.map(({ meta }) => meta.name)).toEqual(['a', 'b'])
    expect(resources.kubernetesGateways.get('n')?.map(({ meta }) => meta.name)).toEqual(['c'])
    expect(resources.counts).toEqual({ Gateway: 3 })
  })

  it('kinds that nothing reads are counted and named, those without any effect are only counted', () => {
    const resources = read(`
- { apiVersion: example.com/v1, kind: Thing, metadata: { name: a, namespace: n } }
- { apiVersion: v1, kind: ServiceAccount, metadata: { name: b, namespace: n } }
`)
    expect(resources.unknownKinds).toEqual(['example.com/v1/Thing'])
    expect(resources.counts).toEqual({ Thing: 1, ServiceAccount: 1 })
  })

  it('UDPRoutes, which istiod never reads (GWAPI-2), and federations of OpenShift are named too, as nothing follows them', () => {
    const resources = read(`
- { apiVersion: gateway.networking.k8s.io/v1, kind: UDPRoute, metadata: { name: a, namespace: n } }
- { apiVersion: federation.maistra.io/v1, kind: ServiceMeshPeer, metadata: { name: b, namespace: n } }
- { apiVersion: federation.maistra.io/v1, kind: ExportedServiceSet, metadata: { name: c, namespace: n } }
- { apiVersion: federation.maistra.io/v1, kind: ImportedServiceSet, metadata: { name: d, namespace: n } }
`)
    expect(resources.unknownKinds).toEqual([
      'federation.maistra.io/v1/ExportedServiceSet',
      'federation.maistra.io/v1/ImportedServiceSet',
      'federation.maistra.io/v1/ServiceMeshPeer',
      'gateway.networking.k8s.io/v1/UDPRoute',
    ])
  })
})

describe('parts of a wrong shape', () => {
  it('are noted with their path and read as absent; the object stays', () => {
    const resources = read(`
- apiVersion: v1
  kind: Service
  metadata: { name: a, namespace: n }
  spec: { selector: [], ports: [{ port: eighty, name: http }, nonsense] }
`)
    expect(resources.services.get('n')?.[0]).toMatchObject({ ports: [{ name: 'http', number: 0 }] })
    expect(resources.unreadable.map(({ name, path }) => [name, path])).toEqual([
      ['a', 'spec.selector'],
      ['a', 'spec.ports[0].port'],
      ['a', 'spec.ports[1]'],
    ])
  })

  it('never throw, whatever stands there', () => {
    const kinds = ['VirtualService', 'DestinationRule', 'ServiceEntry', 'Sidecar', 'Gateway', 'WorkloadEntry', 'EnvoyFilter', 'ProxyConfig']
    for (const spec of [
      null,
      1,
      'text',
      [],
      { hosts: 1, http: [null], ports: {}, trafficPolicy: [], servers: 'x', egress: [1], subsets: [{ labels: 3 }] },
    ]) {
      const objects = kinds.map((kind) => ({ apiVersion: 'networking.istio.io/v1', kind, metadata: { name: 'x', namespace: 'n' }, spec }))
      expect(() => readClusterResources('d', new TextEncoder().encode(JSON.stringify(objects)))).not.toThrow()
    }
    expect(read('[1, null, text]').unreadable).toHaveLength(3)
  })

  it('labels called like parts of every JavaScript object are labels', () => {
    const body = '[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"n","labels":{"__proto__":"x","constructor":"y"}}}]'
    const [pod] = readClusterResources('d', new TextEncoder().encode(body)).pods.get('n') ?? []
    expect(Object.entries(pod?.meta.labels ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})

describe('defaults of single kinds', () => {
  it('a ServiceEntry is MESH_EXTERNAL with resolution NONE until it says otherwise (EDS-15)', () => {
    const resources = read(`
- { apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: a, namespace: n }, spec: { hosts: [API.example.com], endpoints: [{ address: 1.2.3.4 }] } }
`)
    expect(resources.serviceEntries.get('n')?.[0]).toMatchObject({
      hosts: ['api.example.com'],
      location: 'MESH_EXTERNAL',
      resolution: 'NONE',
      endpoints: [{ address: '1.2.3.4', weight: 1, serviceAccount: '' }],
    })
  })

  it('words that are none of an enumeration are noted (AUTHZ-5, MODEL-2)', () => {
    const resources = read(`
- { apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: a, namespace: n }, spec: { action: BLOCK } }
- { apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: b, namespace: n }, spec: {} }
- { apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: { name: c, namespace: n }, spec: { outboundTrafficPolicy: { mode: ALLOWANY } } }
`)
    expect(resources.authorizationPolicies.get('n')?.map(({ action }) => action)).toEqual(['UNKNOWN', 'ALLOW'])
    expect(resources.sidecars.get('n')?.[0]).not.toHaveProperty('outboundTrafficPolicy')
    expect(resources.unreadable.map(({ name, path }) => [name, path])).toEqual([
      ['a', 'spec.action'],
      ['c', 'spec.outboundTrafficPolicy.mode'],
    ])
  })

  it('an empty outboundTrafficPolicy of a Sidecar is REGISTRY_ONLY, an absent one the mesh’s (MODEL-2)', () => {
    const resources = read(`
- { apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: { name: a, namespace: n }, spec: { outboundTrafficPolicy: {} } }
- { apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: { name: b, namespace: n }, spec: {} }
`)
    expect(resources.sidecars.get('n')?.map(({ outboundTrafficPolicy }) => outboundTrafficPolicy)).toEqual(['REGISTRY_ONLY', undefined])
  })

  it('a null rule of an AuthorizationPolicy is skipped, though the policy is there (AUTHZ-7)', () => {
    const resources = read(`
- { apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: a, namespace: n }, spec: { rules: [null, {}] } }
- { apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: b, namespace: n }, spec: {} }
`)
    expect(resources.authorizationPolicies.get('n')?.map(({ action, rules }) => [action, rules.length])).toEqual([
      ['ALLOW', 1],
      ['ALLOW', 0],
    ])
  })

  it('a selector without labels selects every workload (TLS-1, AUTHZ-3)', () => {
    const resources = read(`
- { apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: { name: a, namespace: n }, spec: { selector: { matchLabels: {} }, portLevelMtls: { 8080: { mode: DISABLE } } } }
`)
    expect(resources.peerAuthentications.get('n')?.[0]).toEqual(expect.objectContaining({ mode: 'UNSET', portModes: { 8080: 'DISABLE' } }))
    expect(resources.peerAuthentications.get('n')?.[0]?.selector).toBeUndefined()
  })

  it('the exportTo annotation of a Service is a list whose items are trimmed (VIS-1)', () => {
    const resources = read(`
- { apiVersion: v1, kind: Service, metadata: { name: a, namespace: n, annotations: { networking.istio.io/exportTo: 'b , .' } } }
- { apiVersion: v1, kind: Service, metadata: { name: b, namespace: n } }
`)
    expect(resources.services.get('n')?.map(({ exportTo }) => exportTo)).toEqual([['b', '.'], undefined])
  })
})

describe('endpoints and secrets', () => {
  it('legacy Endpoints count only where a service has no slices (EDS-5)', () => {
    const resources = read(`
- { apiVersion: v1, kind: Endpoints, metadata: { name: a, namespace: n }, subsets: [{ addresses: [{ ip: 10.0.0.1, targetRef: { kind: Pod, name: p } }], notReadyAddresses: [{ ip: 10.0.0.2 }], ports: [{ name: http, port: 80 }] }] }
- { apiVersion: v1, kind: Endpoints, metadata: { name: b, namespace: n }, subsets: [{ addresses: [{ ip: 10.0.0.9 }] }] }
- { apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: { name: b-1, namespace: n, labels: { kubernetes.io/service-name: b } }, addressType: IPv4, endpoints: [] }
`)
    expect(resources.endpointSlices.get('n/a')?.[0]?.endpoints).toEqual([
      { addresses: ['10.0.0.1'], ready: true, serving: true, terminating: false, pod: 'p' },
      { addresses: ['10.0.0.2'], ready: false, serving: false, terminating: false },
    ])
    expect(resources.endpointSlices.get('n/b')?.map(({ meta }) => meta.kind)).toEqual(['EndpointSlice'])
  })

  it('nor do those that ask for no slices (EDS-5)', () => {
    const resources = read(`
- { apiVersion: v1, kind: Endpoints, metadata: { name: a, namespace: n, labels: { endpointslice.kubernetes.io/skip-mirror: 'true' } }, subsets: [{ addresses: [{ ip: 10.0.0.1 }] }] }
- { apiVersion: v1, kind: Endpoints, metadata: { name: b, namespace: n, labels: { endpointslice.kubernetes.io/skip-mirror: 'false' } }, subsets: [{ addresses: [{ ip: 10.0.0.1 }] }] }
`)
    expect([...resources.endpointSlices.keys()]).toEqual(['n/b'])
  })

  it('every key of a remote secret is a cluster ID (MODEL-20)', () => {
    const resources = read(`
- { apiVersion: v1, kind: Secret, metadata: { name: s, namespace: istio-system, labels: { istio/multiCluster: 'true' } }, data: { east: '', north: '' }, remoteClusters: { east: 'https://east:6443' } }
`)
    expect(resources.secrets.get('istio-system')?.[0]?.remoteClusters).toEqual([
      { cluster: 'east', server: 'https://east:6443' },
      { cluster: 'north', server: '' },
    ])
  })
})

describe('gateways of an IstioOperator', () => {
  const operator = `
- apiVersion: install.istio.io/v1alpha1
  kind: IstioOperator
  metadata: { name: east-west, namespace: istio-system }
  spec:
    profile: empty
    components:
      ingressGateways:
        - name: istio-eastwestgateway
          label: { istio: eastwestgateway, app: istio-eastwestgateway, topology.istio.io/network: n2 }
          k8s:
            env: [{ name: ISTIO_META_REQUESTED_NETWORK_VIEW, value: n2 }]
            service: { ports: [{ name: tls, port: 15443, targetPort: 15443 }] }
`

  it('stand in for the Service and the Deployment that it would make', () => {
    const resources = read(operator)
    const [service] = resources.services.get('istio-system') ?? []
    expect(service).toMatchObject({
      type: 'LoadBalancer',
      selector: { istio: 'eastwestgateway', app: 'istio-eastwestgateway' },
      ports: [{ name: 'tls', number: 15443 }],
    })
    expect(service?.meta.labels['topology.istio.io/network']).toBe('n2')
    expect(resources.podControllers.get('istio-system')?.[0]?.template.proxyEnv).toEqual({ ISTIO_META_REQUESTED_NETWORK_VIEW: 'n2' })
  })

  it('give way to objects of the same name', () => {
    const resources = read(`${operator}
- { apiVersion: v1, kind: Service, metadata: { name: istio-eastwestgateway, namespace: istio-system }, spec: { type: ClusterIP } }
`)
    expect(resources.services.get('istio-system')?.map(({ type }) => type)).toEqual(['ClusterIP'])
  })
})
