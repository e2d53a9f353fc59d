import { describe, expect, it } from 'vitest'
import { readOne, unreadPaths } from '../read-one.js'

const service = (yaml: string) => readOne('', 'Service', yaml).services.get('n')?.[0]
const spec = (text: string) => service(`spec: ${text}`)

describe('a Service', () => {
  it('of which nothing is said has no address, no port and no selector, and is not headless', () => {
    expect(service('{}')).toEqual({
      meta: expect.anything(),
      type: 'ClusterIP',
      clusterIps: [],
      headless: false,
      ports: [],
      externalIps: [],
      ingressAddresses: [],
      hasStatus: false,
      publishNotReadyAddresses: false,
      internalTrafficPolicyLocal: false,
      serviceAccounts: [],
    })
  })

  it.each([
    ['{ clusterIP: None }', [], true],
    ['{ clusterIP: None, clusterIPs: [None] }', [], true],
    ['{ clusterIP: 10.0.0.1 }', ['10.0.0.1'], false],
    ['{ clusterIP: 10.0.0.1, clusterIPs: [10.0.0.1, "fd00::1"] }', ['10.0.0.1', 'fd00::1'], false],
    ['{ clusterIP: "" }', [], false],
  ])('%s has the addresses %o, headless: %s', (text, clusterIps, headless) => expect(spec(text)).toMatchObject({ clusterIps, headless }))

  it.each([
    ['{ port: 80 }', 80],
    ['{ port: 80, targetPort: 8080 }', 8080],
    ['{ port: 80, targetPort: "8080" }', 8080],
    ['{ port: 80, targetPort: web }', 'web'],
    ['{ port: 80, targetPort: "" }', 80],
    ['{ port: 80, targetPort: null }', 80],
  ])('port %s leads to %s', (port, target) => expect(spec(`{ ports: [${port}] }`)?.ports[0]?.targetPort).toBe(target))

  it('selects nothing with an empty selector, as without one', () => {
    expect(spec('{ selector: {} }')?.selector).toBeUndefined()
    expect(spec('{ selector: { app: a } }')?.selector).toEqual({ app: 'a' })
  })

  it('of a gateway is reached at what its status names, addresses before names (NET-7)', () => {
    const read = service(
      '{ spec: { type: LoadBalancer }, status: { loadBalancer: { ingress: [{ ip: 1.2.3.4, hostname: x }, { hostname: lb.a }, {}] } } }',
    )
    expect(read).toMatchObject({ ingressAddresses: ['1.2.3.4', 'lb.a'], hasStatus: true })
  })

  it('offers itself to nobody by an exportTo of blanks, which is not the same as none (VIS-1)', () => {
    const exported = (text: string) => service(`metadata: { annotations: { networking.istio.io/exportTo: "${text}" } }`)?.exportTo
    expect(exported(' , ')).toEqual([])
    expect(exported('~')).toEqual(['~'])
  })

  it('lets the client wait only where plain TCP is spoken and the server greets', () => {
    const first = (port: string) => spec(`{ ports: [${port}] }`)?.ports[0]?.serverFirst
    expect(first('{ name: mysql, port: 9000 }')).toBe(true)
    expect(first('{ name: tcp-mail, port: 9000, targetPort: 25 }')).toBe(true)
    expect(first('{ name: http, port: 25 }')).toBeUndefined()
    expect(first('{ name: tcp, port: 9000 }')).toBeUndefined()
  })

  it.each([
    ['{ type: Balancer }', ['spec.type']],
    ['{ clusterIPs: 10.0.0.1 }', ['spec.clusterIPs']],
    ['{ ports: [{ port: 80, targetPort: [] }] }', ['spec.ports[0].targetPort']],
    ['{ publishNotReadyAddresses: "yes" }', ['spec.publishNotReadyAddresses']],
    ['{ selector: { app: 1 } }', ['spec.selector']],
  ])('that says %s is noted at %o', (text, paths) => expect(unreadPaths(readOne('', 'Service', `spec: ${text}`))).toEqual(paths))
})

describe('a Pod', () => {
  const pod = (yaml: string) => readOne('', 'Pod', yaml).pods.get('n')?.[0]

  it('of which nothing is said runs as `default`, has no address and is meant to run', () => {
    expect(pod('{}')).toMatchObject({ serviceAccount: 'default', hostNetwork: false, ips: [], phase: '', ready: true, deleting: false })
  })

  it.each([
    ['{ phase: Running }', true],
    ['{ phase: Pending }', false],
    ['{ phase: Running, conditions: [{ type: Ready, status: "False" }] }', false],
    ['{ phase: Running, conditions: [{ type: Initialized, status: "False" }, { type: Ready, status: "True" }] }', true],
    ['{ phase: Running, conditions: [{ type: Ready, status: Unknown }] }', false],
  ])('with status %s is ready: %s (EDS-11)', (status, ready) => expect(pod(`status: ${status}`)?.ready).toBe(ready))

  it('has every address of its status, and only without a list the single one', () => {
    expect(pod('status: { podIP: 10.0.0.1, podIPs: [{ ip: 10.0.0.1 }, { ip: "fd00::1" }] }')?.ips).toEqual(['10.0.0.1', 'fd00::1'])
    expect(pod('status: { podIP: 10.0.0.1, podIPs: [] }')?.ips).toEqual(['10.0.0.1'])
  })

  it('belongs to its controlling owner, else to the first', () => {
    const owner = (list: string) => pod(`metadata: { ownerReferences: [${list}] }`)?.owner
    expect(owner('{ kind: A, name: a }, { kind: B, name: b, controller: true }')).toEqual({ kind: 'B', name: 'b' })
    expect(owner('{ kind: A, name: a }, { kind: B, name: b }')).toEqual({ kind: 'A', name: 'a' })
    expect(owner('')).toBeUndefined()
  })

  it('with a native sidecar has its containers, and only literal variables are known (NET-3)', () => {
    const proxy = '{ name: istio-proxy, env: [{ name: A, value: a }, { name: B, valueFrom: { fieldRef: {} } }] }'
    const read = pod(`spec: { containers: [{ name: app }], initContainers: [${proxy}], serviceAccount: old }`)
    expect(read).toMatchObject({ serviceAccount: 'old', proxyEnv: { A: 'a' } })
    expect(read?.containerNames.toSorted()).toEqual(['app', 'istio-proxy'])
  })

  it('that runs `discovery` is an istiod', () => {
    const container = '{ name: discovery, image: istio/pilot:1.24.1, env: [{ name: REVISION, value: r }] }'
    expect(pod(`spec: { containers: [${container}] }`)?.istiod).toEqual({ image: 'istio/pilot:1.24.1', env: { REVISION: 'r' } })
    expect(pod('spec: { containers: [{ name: pilot }] }')?.istiod).toBeUndefined()
  })

  it('whose deletion has begun is leaving', () => {
    expect(pod('metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" }')?.deleting).toBe(true)
    expect(pod('metadata: { deletionTimestamp: null }')?.deleting).toBe(false)
  })
})

describe('what makes pods', () => {
  const controller = (kind: string, yaml: string, group = 'apps') => readOne(group, kind, yaml).podControllers.get('n')?.[0]

  it('makes one unless it says how many, none included', () => {
    expect(controller('Deployment', '{}')?.replicas).toBe(1)
    expect(controller('Deployment', 'spec: { replicas: 0 }')?.replicas).toBe(0)
  })

  it('counts a StatefulSet’s pods from its first ordinal (DNS-12)', () => {
    expect(controller('StatefulSet', 'spec: { ordinals: { start: 5 } }')?.firstOrdinal).toBe(5)
    expect(controller('StatefulSet', '{}')?.firstOrdinal).toBeUndefined()
  })

  it('has a CronJob’s template inside its job’s, and notes what is wrong there by that path', () => {
    const job = (template: string) => `spec: { jobTemplate: { spec: { template: ${template} } } }`
    expect(
      controller('CronJob', job('{ metadata: { labels: { app: a } }, spec: { serviceAccountName: sa } }'), 'batch')?.template,
    ).toMatchObject({
      labels: { app: 'a' },
      serviceAccount: 'sa',
    })
    expect(unreadPaths(readOne('batch', 'CronJob', job('{ spec: { hostNetwork: "no" } }')))).toEqual([
      'spec.jobTemplate.spec.template.spec.hostNetwork',
    ])
  })
})

describe('an EndpointSlice', () => {
  const slice = (yaml: string, labels = '{ kubernetes.io/service-name: s }') =>
    readOne('discovery.k8s.io', 'EndpointSlice', `{ metadata: { labels: ${labels} }, ${yaml} }`).endpointSlices

  it('says nothing of readiness where it has no conditions, which is not the same as unready', () => {
    const endpoints = slice('endpoints: [{ addresses: [10.0.0.1] }, { conditions: { ready: false, serving: true } }]').get('n/s')?.[0]
      ?.endpoints
    expect(endpoints).toEqual([{ addresses: ['10.0.0.1'] }, { addresses: [], ready: false, serving: true }])
  })

  it('names a pod only by a reference to one', () => {
    const of = (target: string) => slice(`endpoints: [{ targetRef: ${target} }]`).get('n/s')?.[0]?.endpoints[0]?.pod
    expect(of('{ kind: Pod, name: p }')).toBe('p')
    expect(of('{ kind: Node, name: p }')).toBeUndefined()
  })

  it('is an import of several clusters’ services by its label or its maker (EDS-5, MCS-9)', () => {
    const imported = (labels: string) => [...slice('endpoints: []', labels).values()][0]?.[0]?.imported
    expect(imported('{ kubernetes.io/service-name: s }')).toBe(false)
    expect(imported('{ multicluster.kubernetes.io/service-name: s }')).toBe(true)
  })
})

describe('other kinds', () => {
  it('a Node has its region by the new label before the old one (MODEL-33), and its addresses are those of its status', () => {
    const labels =
      '{ topology.kubernetes.io/region: r, failure-domain.beta.kubernetes.io/region: old, failure-domain.beta.kubernetes.io/zone: z }'
    const status =
      '{ addresses: [{ type: Hostname, address: h }, { type: InternalIP, address: 10.0.0.1 }, { type: ExternalIP, address: 1.2.3.4 }] }'
    expect(readOne('', 'Node', `{ metadata: { labels: ${labels} }, status: ${status} }`).nodes.get('a')).toMatchObject({
      region: 'r',
      zone: 'z',
      subzone: '',
      addresses: ['10.0.0.1', '1.2.3.4'],
      externalIps: ['1.2.3.4'],
    })
  })

  it('a ConfigMap keeps its data only where they say something of the mesh or of DNS', () => {
    const data = (name: string, key: string) =>
      readOne('', 'ConfigMap', `{ metadata: { name: ${name} }, data: { ${key}: x } }`).configMaps.get('n')?.[0]?.data
    expect(data('settings', 'a')).toEqual({})
    expect(data('settings', 'mesh')).toEqual({ mesh: 'x' })
    expect(data('coredns', 'Corefile')).toEqual({ Corefile: 'x' })
  })

  it('a Gateway of Kubernetes has listeners, and tls without a mode is still tls', () => {
    const gateway =
      'spec: { gatewayClassName: istio, listeners: [{ name: l, port: 15443, protocol: TLS, tls: {} }, { name: m, port: 80, protocol: HTTP }] }'
    expect(readOne('gateway.networking.k8s.io', 'Gateway', gateway).kubernetesGateways.get('n')?.[0]).toMatchObject({
      className: 'istio',
      addresses: [],
      listeners: [
        { name: 'l', port: 15443, protocol: 'TLS', tls: { options: {} } },
        { name: 'm', port: 80, protocol: 'HTTP' },
      ],
    })
  })

  it('a Gateway says which namespaces it admits, and its status where it is met (AMB-41)', () => {
    const read = (yaml: string) => readOne('gateway.networking.k8s.io', 'Gateway', yaml).kubernetesGateways.get('n')?.[0]
    const from = 'namespaces: { from: Selector, selector: { matchLabels: { team: a } } }'
    const gateway = read(`
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE, allowedRoutes: { ${from} } }] }
status: { addresses: [{ type: IPAddress, value: 10.0.0.7 }, { value: 10.0.0.8 }] }`)
    expect(gateway?.listeners[0]).toMatchObject({
      namespaces: 'Selector',
      namespaceSelector: { matchLabels: { team: 'a' }, matchExpressions: [] },
    })
    expect(gateway?.statusAddresses).toEqual([{ type: 'IPAddress', value: '10.0.0.7' }, { value: '10.0.0.8' }])
    expect(read('spec: { gatewayClassName: istio-waypoint }')).not.toHaveProperty('statusAddresses')
  })

  const routeOf = (kind: string, spec: string) => readOne('gateway.networking.k8s.io', kind, `spec: ${spec}`).gatewayRoutes.get('n')?.[0]

  it('a route of the Gateway API names its parents by group and kind, a Gateway where it says neither (ROUTE-27, GWAPI-30)', () => {
    const refs =
      '[{ group: "", kind: Service, name: s, port: 80 }, { name: gw, sectionName: tls }, { group: "", kind: Service, namespace: m, name: t }]'
    expect(routeOf('HTTPRoute', `{ parentRefs: ${refs} }`)?.parents).toEqual([
      { kind: '/Service', namespace: 'n', name: 's', section: '', port: 80, position: 0 },
      { kind: 'gateway.networking.k8s.io/Gateway', namespace: 'n', name: 'gw', section: 'tls', port: 0, position: 1 },
      { kind: '/Service', namespace: 'm', name: 't', section: '', port: 0, position: 2 },
    ])
  })

  it.each(['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'])(
    'a %s is read by its hostnames and where its rules send (GWAPI-2)',
    (kind) => {
      const spec = '{ parentRefs: [{ name: gw }], hostnames: [A.b], rules: [{ backendRefs: [{ name: s, port: 80 }] }] }'
      expect(routeOf(kind, spec)).toMatchObject({
        hostnames: ['a.b'],
        rules: [{ backends: [{ kind: '/Service', namespace: 'n', namespaced: false, name: 's', port: 80, weight: 1 }] }],
      })
    },
  )

  it('a rule of an HTTPRoute without matches is one for every path, of a GRPCRoute for everything (GWAPI-37)', () => {
    const spec = '{ rules: [{}] }'
    expect(routeOf('HTTPRoute', spec)?.rules[0]?.matches).toEqual([
      { path: { type: 'PathPrefix', value: '/' }, headers: [], queryParams: [] },
    ])
    expect(routeOf('GRPCRoute', spec)?.rules[0]?.matches).toEqual([])
  })

  it('none of the kinds of the Gateway API throws for an odd object', () => {
    for (const kind of [
      'GatewayClass',
      'Gateway',
      'ListenerSet',
      'HTTPRoute',
      'GRPCRoute',
      'TCPRoute',
      'TLSRoute',
      'BackendTLSPolicy',
      'ReferenceGrant',
    ])
      for (const spec of [
        'spec: 1',
        'spec: { parentRefs: 1, listeners: [1], rules: [{ filters: [{}], matches: [1], backendRefs: 1 }], targetRefs: [1] }',
        'spec: {}',
      ])
        expect(() => readOne('gateway.networking.k8s.io', kind, spec)).not.toThrow()
  })

  it('of a service account only who it is is kept', () => {
    const [account] =
      readOne('', 'ServiceAccount', 'imagePullSecrets: [{ name: p }]\nsecrets: [{ name: t }]').serviceAccounts.get('n') ?? []
    expect(Object.keys(account ?? {})).toEqual(['meta'])
  })

  it('keys of a Secret are cluster IDs only under the label of remote secrets (MODEL-20)', () => {
    const secret = (labels: string) =>
      readOne('', 'Secret', `{ metadata: { labels: ${labels} }, data: { west: "" } }`).secrets.get('n')?.[0]
    expect(secret('{ istio/multiCluster: "true" }')?.remoteClusters).toEqual([{ cluster: 'west', server: '' }])
    expect(secret('{ istio/multiCluster: "false" }')?.remoteClusters).toEqual([])
    expect(secret('{}')).toMatchObject({ keys: ['west'], remoteClusters: [] })
  })
})
