import { describe, expect, it } from 'vitest'
import { judgeTrust } from '#engine/analysis/trust/judge-trust'
import { listVisible } from '#engine/analysis/visibility/list-visible'
import type { IdentityTrust } from '#engine/model/identity-trust'
import { isProblem } from '#engine/model/app-error'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { snapshotOf } from '../../from-yaml.js'
import { ambientMesh, ask, object, pod, sidecar, verdictOf } from './ambient-mesh.js'
import { call, crossing, twoNetworks } from './two-networks.js'

const way = [
  '      - { apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: way, namespace: deep }, spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }, status: { addresses: [{ type: IPAddress, value: 10.0.0.90 }] } }',
  pod('deep/way', {
    ip: '10.1.0.90',
    labels: 'gateway.networking.k8s.io/gateway-name: way, gateway.istio.io/managed: istio.io-mesh-controller',
  }),
]

describe('whether identities trust each other, where ztunnels and waypoints present them', () => {
  /** Two control planes of one root: `west` of trust domain one.example, `east` of two.example; each knows the other’s as an alias. */
  const mesh = (aliases = true): Snapshot => {
    const plane = (name: string, own: string, other: string) =>
      `{ name: ${name}, cluster: ${name}, version: 1.31.2, flags: { ${crossing} }, meshConfig: { trustDomain: ${own}, trustDomainAliases: [${aliases ? other : ''}] } }`
    const cluster = (name: string, ip: string) => `  - name: ${name}
    mesh: m
    controlPlane: { role: PRIMARY }
    remoteSecrets: [${name === 'west' ? 'east' : 'west'}]
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: istio-system } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: calm, labels: { istio.io/dataplane-mode: ambient } } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: deep } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
${pod('calm/pond', { ip: `${ip}.1` })}
${way.join('\n').replaceAll('10.1.0', ip)}
${sidecar('shop/cart', `${ip}.3`)}`
    return snapshotOf(`
meshes: [{ name: m, commonRoot: true }]
controlPlanes: [${plane('west', 'one.example', 'two.example')}, ${plane('east', 'two.example', 'one.example')}]
clusters:
${cluster('west', '10.1.0')}
${cluster('east', '10.2.0')}
`)
  }
  const identity = (place: string) => {
    const [cluster = '', namespace = '', serviceAccount = ''] = place.split('/')
    return { cluster, namespace, serviceAccount }
  }
  const between = (client: string, server: string, snapshot = mesh()): IdentityTrust => {
    const answer = judgeTrust(snapshot, { client: identity(client), server: identity(server) }, 0)
    if (isProblem(answer)) throw new Error(answer.problem.message)
    return answer
  }
  const sides = ({ clientAcceptsServer, serverAcceptsClient }: IdentityTrust) => [clientAcceptsServer.verdict, serverAcceptsClient.verdict]

  it('a ztunnel takes its own trust domain alone, and no alias, where a sidecar takes them (AMB-25, TLS-22)', () => {
    expect(between('west/shop/cart', 'east/shop/cart').serverAcceptsClient.trustDomain.reason).toBe('TRUST_DOMAIN_ACCEPTED')
    const atZtunnel = between('west/shop/cart', 'east/calm/pond')
    expect(atZtunnel.serverAcceptsClient.trustDomain.reason).toBe('TRUST_DOMAIN_NOT_ACCEPTED')
    expect(atZtunnel.verdict).toBe('NOT_TRUSTED')
    expect(between('west/shop/cart', 'west/calm/pond').verdict).toBe('TRUSTED')
  })

  it('a ztunnel expects the very identity, in the trust domain of its own control plane (AMB-6, AMB-25)', () => {
    const answer = between('west/calm/pond', 'east/shop/cart')
    expect(answer.clientAcceptsServer.name.reason).toBe('NAME_MISMATCH')
    expect(answer.serverAcceptsClient.trustDomain.reason).toBe('TRUST_DOMAIN_ACCEPTED')
    expect(between('west/calm/pond', 'west/calm/pond').clientAcceptsServer.name.reason).toBe('NAME_ACCEPTED')
  })

  it('proxies that open a tunnel look at roots and trust domains, and at no name (AMB-26)', () => {
    for (const client of ['west/deep/way', 'west/shop/cart']) {
      const { clientAcceptsServer } = between(client, 'east/calm/pond')
      expect(clientAcceptsServer.name).toMatchObject({ reason: 'NAME_NOT_CHECKED', outcome: 'NOT_APPLICABLE' })
      expect(clientAcceptsServer.trustDomain.reason).toBe('TRUST_DOMAIN_ACCEPTED')
    }
    expect(between('west/deep/way', 'east/calm/pond', mesh(false)).clientAcceptsServer.trustDomain.reason).toBe('TRUST_DOMAIN_NOT_ACCEPTED')
    expect(between('west/deep/way', 'east/shop/cart').clientAcceptsServer.name.reason).not.toBe('NAME_NOT_CHECKED')
  })

  it('a waypoint takes aliases of whoever opens a tunnel to it (AMB-26, AMB-47)', () => {
    expect(sides(between('west/shop/cart', 'east/deep/way'))).toEqual(['TRUSTED', 'TRUSTED'])
    expect(between('west/shop/cart', 'east/deep/way', mesh(false)).serverAcceptsClient.verdict).toBe('NOT_TRUSTED')
  })

  it('an account that runs both ways is judged both ways (AMB-25)', () => {
    const second = pod('shop/pond', {
      ip: '10.1.0.60',
      account: 'cart',
      own: 'second',
      labels: 'istio.io/dataplane-mode: ambient, sidecar.istio.io/inject: "false"',
    })
    const both = ambientMesh({ objects: second })
    const answer = judgeTrust(both, { client: identity('west/calm/pond'), server: identity('west/shop/cart') }, 0)
    expect('problem' in answer ? answer.problem.code : answer.verdict).toBe('TRUSTED')
  })
})

describe('what a client sees', () => {
  const hosts = (snapshot: Snapshot, from: string) => {
    const [namespace = '', workload = ''] = from.split('/')
    const answer = listVisible(snapshot, { from: { cluster: 'west', namespace, workload } })
    if (isProblem(answer)) throw new Error(answer.problem.message)
    return {
      seen: answer.services.map(({ host }) => host.split('.')[0]),
      hidden: answer.hidden.map(({ host, reason }) => `${host.split('.')[0]} ${reason}`),
    }
  }
  const hiding = [
    '      - { apiVersion: v1, kind: Service, metadata: { name: own, namespace: deep, annotations: { networking.istio.io/exportTo: "." } }, spec: { clusterIP: 10.0.0.40, ports: [{ name: http, port: 80 }] } }',
    '      - { apiVersion: v1, kind: Service, metadata: { name: alias, namespace: deep }, spec: { type: ExternalName, externalName: out.example } }',
    object('Sidecar', 'calm/narrow', '{ egress: [{ hosts: ["./*"] }] }'),
  ]

  it('of a ztunnel’s is every service, whatever exportTo and Sidecars say, and no ExternalName (AMB-4, AMB-14)', () => {
    const { seen, hidden } = hosts(ambientMesh({ objects: hiding.join('\n') }), 'calm/client')
    expect(seen.toSorted()).toEqual(['cart', 'lake', 'own', 'pond', 'rock'])
    expect(hidden).toEqual(['alias UNKNOWN_TO_ZTUNNEL'])
  })

  it('of a waypoint goes by exportTo, as of any proxy of its namespace (AMB-48, AMB-50)', () => {
    const elsewhere = hiding.map((line) => line.replace('namespace: deep, annotations', 'namespace: calm, annotations'))
    expect(hosts(ambientMesh({ objects: [...hiding, ...way].join('\n') }), 'deep/way').seen).toContain('own')
    const far = hosts(ambientMesh({ objects: [...elsewhere, ...way].join('\n') }), 'deep/way')
    expect(far.seen).not.toContain('own')
    expect(far.hidden).toContain('own NOT_EXPORTED')
  })

  it('of a ztunnel’s is what is `GLOBAL` elsewhere, and nothing else of other clusters (AMB-63)', () => {
    const remote = (labels: string) =>
      twoNetworks(
        {},
        {
          objects: [
            `      - { apiVersion: v1, kind: Service, metadata: { name: far, namespace: calm, labels: { ${labels} } }, spec: { clusterIP: 10.2.0.77, ports: [{ name: http, port: 80 }] } }`,
          ],
        },
      )
    expect(hosts(remote('istio.io/global: "true"'), 'calm/client').seen).toContain('far')
    expect(hosts(remote(''), 'calm/client').hidden).toContain('far UNKNOWN_TO_ZTUNNEL')
  })
})

describe('Multi-Cluster Services', () => {
  const flags = `${crossing}, ENABLE_MCS_SERVICE_DISCOVERY: "true", ENABLE_MCS_HOST: "true"`
  const mcs = (kind: string, spec: string) =>
    `      - { apiVersion: multicluster.x-k8s.io/v1alpha1, kind: ${kind}, metadata: { name: pond, namespace: calm }, spec: ${spec} }`

  it('are nothing to ztunnel: exports change no endpoint, and it knows no clusterset name (MCS-10)', () => {
    const exported = twoNetworks({ flags }, { flags, objects: [mcs('ServiceExport', '{}')] })
    expect(verdictOf(call(exported))).toBe('REACHABLE DELIVERED')
    expect(verdictOf(call(twoNetworks({ flags }, { flags })))).toBe('REACHABLE DELIVERED')
    const local = twoNetworks({ flags, pond: '' }, { flags, objects: [mcs('ServiceExport', '{}')] })
    expect(verdictOf(call(local))).toBe('UNREACHABLE NO_ENDPOINTS')
    const imported = twoNetworks(
      { flags, objects: [mcs('ServiceImport', '{ type: ClusterSetIP, ips: [10.0.0.99], ports: [{ port: 80 }] }')] },
      { flags },
    )
    const answer = call(imported, undefined, { host: 'pond.calm.svc.clusterset.local', port: 80 })
    expect(answer.steps.find(({ stage }) => stage === 'SCOPE')?.reason ?? answer.reason).not.toBe('IN_SCOPE')
  })
})

describe('routes of the Gateway API at a waypoint', () => {
  const parent = (more = '') => `parentRefs: [{ group: "", kind: Service, name: lake, namespace: deep${more} }]`
  const route = (kind: string, place: string, rules: string, more = '') => {
    const [namespace = '', name = ''] = place.split('/')
    const version = kind === 'TCPRoute' ? 'v1alpha2' : 'v1'
    return `      - { apiVersion: gateway.networking.k8s.io/${version}, kind: ${kind}, metadata: { name: ${name}, namespace: ${namespace} }, spec: { ${parent(more)}, rules: [${rules}] } }`
  }
  const to = (name: string, namespace = 'calm') => `backendRefs: [{ name: ${name}, namespace: ${namespace}, port: 80 }]`
  const request = { path: '/', method: 'GET' }
  const through = (objects: readonly string[], more = request) =>
    ask(
      ambientMesh({ labels: { deep: 'istio.io/use-waypoint: way' }, objects: [...way, ...objects].join('\n') }),
      'calm/client',
      'lake.deep:80',
      more,
    )
  const led = (objects: readonly string[], more = request) => {
    const answer = through(objects, more)
    return answer.verdict === 'REACHABLE' ? answer.endpoints.map(({ workload }) => workload?.split('/').at(-1)).join() : answer.reason
  }

  it('count where they stand beside the service or the waypoint, and nowhere else (AMB-48, GWAPI-58)', () => {
    expect(led([])).toBe('lake,lake-2')
    expect(led([route('HTTPRoute', 'deep/r', `{ ${to('pond')} }`)])).toBe('pond')
    expect(led([route('HTTPRoute', 'calm/r', `{ ${to('pond')} }`)])).toBe('lake,lake-2')
    expect(led([route('HTTPRoute', 'bare/r', `{ ${to('pond')} }`)])).toBe('lake,lake-2')
  })

  it('need no grant for backends of other namespaces (GWAPI-46)', () => {
    expect(led([route('HTTPRoute', 'deep/r', `{ ${to('rock', 'bare')} }`)])).toBe('rock')
  })

  it('match requests by path, method and headers, and answer 404 to what none takes (AMB-49, GWAPI-41)', () => {
    const byPath = route('HTTPRoute', 'deep/r', `{ matches: [{ path: { type: PathPrefix, value: /pond } }], ${to('pond')} }`)
    expect(led([byPath], { path: '/pond/1', method: 'GET' })).toBe('pond')
    expect(led([byPath])).toBe('NO_ROUTE')
    const byMethod = route('HTTPRoute', 'deep/r', `{ matches: [{ method: POST }], ${to('pond')} }, { ${to('lake', 'deep')} }`)
    expect(led([byMethod])).toBe('lake,lake-2')
    expect(led([byMethod], { path: '/', method: 'POST' })).toBe('pond')
  })

  it('lead to 500 where no backend takes traffic, or none is known (GWAPI-47, GWAPI-48)', () => {
    expect(led([route('HTTPRoute', 'deep/r', '{ backendRefs: [{ name: lake, port: 80, weight: 0 }] }')])).toBe('DIRECT_RESPONSE')
    expect(led([route('HTTPRoute', 'deep/r', `{ ${to('gone', 'deep')} }`)])).toBe('UNKNOWN_CLUSTER')
  })

  it('of another port leave it to the service (GWAPI-57)', () => {
    expect(led([route('HTTPRoute', 'deep/r', `{ ${to('pond')} }`, ', port: 81')])).toBe('lake,lake-2')
    expect(led([route('HTTPRoute', 'deep/r', `{ ${to('pond')} }`, ', port: 80')])).toBe('pond')
  })

  it('of the other kinds: GRPCRoutes are for requests, TCPRoutes not for ports of HTTP (AMB-48, AMB-53)', () => {
    expect(led([route('GRPCRoute', 'deep/r', `{ ${to('pond')} }`)])).toBe('pond')
    expect(led([route('TCPRoute', 'deep/r', `{ ${to('pond')} }`)])).toBe('lake,lake-2')
  })

  it('are nothing to ztunnel where no waypoint stands in front (GWAPI-68)', () => {
    const mesh = ambientMesh({ objects: route('HTTPRoute', 'deep/r', `{ ${to('pond')} }`) })
    expect(ask(mesh, 'calm/client', 'lake.deep:80', request).endpoints.map(({ address }) => address)).toEqual(['10.1.0.3', '10.1.0.4'])
  })

  it('lead into policies for the service that was called, not for where it goes (AMB-45, AMB-52)', () => {
    const deny = (name: string, namespace: string) =>
      object(
        'AuthorizationPolicy',
        `${namespace}/nobody`,
        `{ targetRefs: [{ kind: Service, group: "", name: ${name} }], action: DENY, rules: [{}] }`,
      )
    const routed = route('HTTPRoute', 'deep/r', `{ ${to('pond')} }`)
    expect(led([routed, deny('lake', 'deep')])).toBe('DENIED')
    expect(led([routed, deny('pond', 'calm')])).toBe('pond')
  })
})
