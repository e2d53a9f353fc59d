import { describe, expect, it } from 'vitest'
import { object, pod, service, sidecar, stepAt, verdictOf } from './ambient-mesh.js'
import { call, eastWest, global, policy, type Side, twoNetworks } from './two-networks.js'

const answer = (west: Side = {}, east: Side = {}) => call(twoNetworks(west, east))
const said = (west: Side = {}, east: Side = {}) => verdictOf(answer(west, east))
const principal = (name: string) => `rules: [{ from: [{ source: { principals: [${name}] } }] }]`

describe('a ztunnel calls a service of another network', () => {
  it('by a tunnel within a tunnel, through the gateway between the networks (case 21, AMB-63, AMB-64, AMB-65)', () => {
    const found = answer()
    expect(verdictOf(found)).toBe('REACHABLE DELIVERED')
    expect(stepAt(found, 'NETWORK')).toMatchObject({ reason: 'VIA_GATEWAY', hop: { kind: 'GATEWAY', to: 'east/istio-system/eastwest' } })
    expect(stepAt(found, 'TRANSPORT').message).toContain('once more for the gateway between the networks')
    expect(found.endpoints.map(({ address, via }) => [address, via?.address, via?.port])).toEqual([['10.3.0.2', '34.0.0.2', 15008]])
  })

  it('only where it is `GLOBAL` for the client’s own control plane (case 21, AMB-63, NET-40)', () => {
    const found = answer({ pond: '' })
    expect(verdictOf(found)).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(found.summary).toContain('only where the service is `GLOBAL` in `west`')
    expect(said({}, { pond: '' })).toBe('UNREACHABLE NO_ENDPOINTS')
  })

  it('by no name where only the other network has it: DNS answers with nothing (case 22, AMB-22)', () => {
    const found = answer({ pond: undefined })
    expect(verdictOf(found)).toBe('UNREACHABLE NAME_NOT_RESOLVED')
    expect(stepAt(found, 'NAME').message).toContain('has no address for it on the client')
  })

  it('and is seen there as itself, from the address of the gateway (AMB-24, AMB-28, AMB-65)', () => {
    const east = (spec: string): Side => ({ objects: [policy('calm/only', `{ selector: { matchLabels: { app: pond } }, ${spec} }`)] })
    expect(said({}, east(principal('cluster.local/ns/calm/sa/client')))).toBe('REACHABLE DELIVERED')
    expect(said({}, east(principal('cluster.local/ns/calm/sa/other')))).toBe('UNREACHABLE DENIED')
    expect(said({}, east('rules: [{ from: [{ source: { ipBlocks: [10.3.0.70] } }] }]'))).toBe('REACHABLE DELIVERED')
    expect(said({}, east('rules: [{ from: [{ source: { ipBlocks: [10.1.0.1] } }] }]'))).toBe('UNREACHABLE DENIED')
  })

  it('never by a pod’s own address, or one that is headless (AMB-15, AMB-66)', () => {
    const side: Side = { objects: [service('calm/dale', { spec: 'clusterIP: None, ', labels: global })] }
    const mesh = twoNetworks(side, { objects: [...(side.objects ?? []), pod('calm/dale', { ip: '10.3.0.9' })] })
    const to = (host: string) => call(mesh, undefined, { host, port: 8080 })
    expect(verdictOf(to('dale.calm.svc.cluster.local'))).toBe('UNREACHABLE NAME_NOT_RESOLVED')
    expect(verdictOf(to('10.3.0.2'))).not.toContain('DELIVERED')
  })
})

describe('the flag of ambient mode across networks', () => {
  it('is off unless it is stated, and ztunnel knows nothing of other clusters then (AMB-60)', () => {
    const off = 'PILOT_ENABLE_AMBIENT: "true"'
    expect(said({ flags: off })).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(answer({ flags: off }).endpoints.map(({ reason }) => reason)).toEqual(['UNKNOWN_TO_ZTUNNEL'])
  })

  it.each([
    ['1.24.0', 'UNREACHABLE NO_ENDPOINTS'],
    ['1.25.0', 'UNDETERMINED INPUT_MISSING'],
    ['1.26.3', 'UNDETERMINED INPUT_MISSING'],
    ['1.27.0', 'REACHABLE DELIVERED'],
    ['1.32.0', 'REACHABLE DELIVERED'],
  ])('means something since 1.27, and is there since 1.25: %s (AMB-60)', (version, expected) => {
    expect(said({ version }, { version: '1.31.2' })).toBe(expected)
  })

  it('has to be on at the control plane of the gateway too (GWAPI-7, AMB-60)', () => {
    expect(said({}, { flags: 'PILOT_ENABLE_AMBIENT: "true"' })).toBe('UNREACHABLE GATEWAY_SERVER_MISSING')
  })
})

describe('the gateway between the networks', () => {
  it('is a Gateway of its own class with the network’s label, a listener for tunnels and an address (AMB-62, NET-41)', () => {
    expect(said({}, { gateway: [] })).toBe('UNREACHABLE NETWORK_WITHOUT_GATEWAY')
    const labelled = `      - { apiVersion: v1, kind: Service, metadata: { name: eastwest, namespace: istio-system, labels: { topology.istio.io/network: n2 } }, spec: { type: LoadBalancer, selector: { app: eastwest }, ports: [{ name: tls, port: 15443 }, { name: mesh, port: 15008 }] }, status: { loadBalancer: { ingress: [{ ip: 34.0.0.2 }] } } }`
    expect(said({}, { gateway: [labelled] })).toBe('UNREACHABLE NETWORK_WITHOUT_GATEWAY')
    const without = eastWest('n2', '34.0.0.2').map((line) => line.replace('type: IPAddress, ', ''))
    expect(said({}, { gateway: without })).toBe('UNREACHABLE NETWORK_WITHOUT_GATEWAY')
    const plain = eastWest('n2', '34.0.0.2').map((line) => line.replace('mode: Terminate', 'mode: Passthrough'))
    expect(said({}, { gateway: plain })).toBe('UNREACHABLE NETWORK_WITHOUT_GATEWAY')
  })

  it('may be one that a Gateway of the client’s own cluster refers to, at the port of its listener (AMB-62)', () => {
    const remote = (account = '') =>
      `      - { apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: to-east, namespace: istio-system, labels: { topology.istio.io/network: n2 }, annotations: { ${account} } }, spec: { gatewayClassName: istio-remote, addresses: [{ type: IPAddress, value: 34.0.0.2 }], listeners: [{ name: mesh, port: 15008, protocol: HBONE, tls: { mode: Passthrough } }] } }`
    const unlabelled = eastWest('n2', '34.0.0.2').map((line) => line.replace('topology.istio.io/network: n2', ''))
    const named = 'gateway.istio.io/service-account: eastwest'
    expect(said({ objects: [remote(named)] }, { gateway: unlabelled })).toBe('REACHABLE DELIVERED')
    expect(said({ objects: [remote()] }, { gateway: unlabelled })).toBe('UNREACHABLE UNTRUSTED')
    const elsewhere = remote(named).replace('34.0.0.2', '34.0.0.9')
    expect(said({ objects: [elsewhere] }, { gateway: unlabelled })).toBe('UNDETERMINED INPUT_MISSING')
  })

  it('is one of several that nobody can tell apart (AMB-62)', () => {
    const second = eastWest('n2', '34.0.0.3', { name: 'second' })
    expect(said({}, { objects: second })).toBe('UNDETERMINED INPUT_MISSING')
  })

  it('has to run, under the account that the Gateway says (AMB-65)', () => {
    const [gateway = ''] = eastWest('n2', '34.0.0.2')
    expect(said({}, { gateway: [gateway] })).toBe('UNREACHABLE GATEWAY_NOT_FOUND')
    expect(said({}, { gateway: eastWest('n2', '34.0.0.2', { account: 'other' }) })).toBe('UNREACHABLE UNTRUSTED')
  })

  it('knows services by their host and port number (AMB-65)', () => {
    const other = service('calm/pond', { ip: '10.2.0.10', labels: global }).replace('port: 80,', 'port: 81,')
    expect(said({}, { pond: undefined, objects: [other] })).toBe('UNREACHABLE PORT_NOT_DECLARED')
  })

  it('takes services that are `GLOBAL` for its own control plane, whatever the client’s thinks (AMB-63, AMB-67)', () => {
    const found = answer({}, { scopes: '[]' })
    expect(verdictOf(found)).toBe('UNREACHABLE GATEWAY_NOT_GLOBAL')
    expect(found.summary).toContain('not `GLOBAL` for control plane `east`')
  })

  it('leads to endpoints of its own network alone (AMB-67)', () => {
    expect(said({}, { pods: [] })).toBe('UNREACHABLE NO_ENDPOINTS')
    const unready = [pod('calm/pond', { ip: '10.3.0.2', ready: false })]
    expect(said({}, { pods: unready })).toBe('UNREACHABLE NO_ENDPOINTS')
  })

  it('enforces policies for the class of waypoints, and for itself, as for connections (case 30, AMB-67)', () => {
    const forClass = 'targetRefs: [{ kind: GatewayClass, group: gateway.networking.k8s.io, name: istio-waypoint }]'
    const forGateway = 'targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: eastwest }]'
    const paths = 'rules: [{ to: [{ operation: { paths: [/ok] } }] }]'
    const east = (spec: string): Side => ({ objects: [policy('istio-system/one', `{ ${spec} }`)] })
    const denied = answer({}, east(`${forClass}, ${paths}`))
    expect(verdictOf(denied)).toBe('UNREACHABLE DENIED')
    expect(stepAt(denied, 'AUTHORIZATION').message).toContain('at gateway `istio-system/eastwest` between the networks')
    expect(said({}, east(`${forGateway}, ${principal('cluster.local/ns/calm/sa/client')}`))).toBe('REACHABLE DELIVERED')
    expect(said({}, east(`${forGateway}, ${principal('cluster.local/ns/calm/sa/other')}`))).toBe('UNREACHABLE DENIED')
    expect(said({}, east(`${forGateway}, rules: [{ from: [{ source: { ipBlocks: [10.1.0.1] } }] }]`))).toBe('REACHABLE DELIVERED')
  })
})

describe('trust across networks', () => {
  it('asks for one trust domain on both sides: aliases do not help (AMB-25, AMB-65)', () => {
    expect(said({}, { trustDomain: 'other.example' })).toBe('UNREACHABLE UNTRUSTED')
    expect(said({ trustDomain: 'one.example' }, { trustDomain: 'one.example' })).toBe('REACHABLE DELIVERED')
  })
})

describe('what network policies see of it', () => {
  const admitting = (from: string, port: number) =>
    `      - { apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: pond, namespace: calm }, spec: { podSelector: { matchLabels: { app: pond } }, policyTypes: [Ingress], ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${from} } } }], ports: [{ port: ${port} }] }] } }`
  const east = (from: string, port: number): Side => ({ objects: [admitting(from, port)] })

  it('is a connection from the gateway’s pod to the port of tunnels (NP case 15, NP-18)', () => {
    expect(said({}, east('istio-system', 15008))).toBe('REACHABLE DELIVERED')
    expect(said({}, east('istio-system', 8080))).toBe('UNREACHABLE INGRESS_NOT_ALLOWED')
    expect(said({}, east('calm', 15008))).toBe('UNREACHABLE INGRESS_NOT_ALLOWED')
  })
})

describe('scopes of services', () => {
  it('go by labels of namespaces too, any of several being enough (NET-40)', () => {
    const scopes = '[{ scope: LOCAL }, { namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: calm } }, scope: GLOBAL }]'
    expect(said({ scopes, pond: '' }, { scopes, pond: '' })).toBe('REACHABLE DELIVERED')
    const other = scopes.replace('name: calm', 'name: deep')
    expect(said({ scopes: other, pond: '' }, { scopes: other, pond: '' })).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(said({ scopes: '[{ scope: GLOBAL }]', pond: '' }, { scopes: '[{ scope: GLOBAL }]', pond: '' })).toBe('REACHABLE DELIVERED')
  })

  it('are those of the ambient profile where nobody speaks of the mesh configuration (NET-40)', () => {
    const found = answer({ scopes: 'null' }, {})
    expect(verdictOf(found)).toBe('REACHABLE DELIVERED')
    expect(found.assumptions.map(({ code }) => code)).toContain('SERVICE_SCOPES_ASSUMED')
    const off = answer({ scopes: 'null', flags: 'PILOT_ENABLE_AMBIENT: "true"', pods: [pod('calm/pond', { ip: '10.1.0.2' })] })
    expect(verdictOf(off)).toBe('REACHABLE DELIVERED')
    expect(off.assumptions.map(({ code }) => code)).not.toContain('SERVICE_SCOPES_ASSUMED')
  })

  it('leave a ServiceEntry with each cluster (AMB-63)', () => {
    const entry = object(
      'ServiceEntry',
      'calm/out',
      '{ hosts: [out.example], addresses: [240.240.0.9], resolution: STATIC, ports: [{ number: 80, name: http, protocol: HTTP }], endpoints: [{ address: 192.0.2.7 }] }',
      `labels: { ${global} }`,
    )
    const to = { host: 'out.example', port: 80 }
    expect(verdictOf(call(twoNetworks({ objects: [entry] }), undefined, to))).toBe('REACHABLE DELIVERED')
    expect(call(twoNetworks({}, { objects: [entry] }), undefined, to).steps.map(({ reason }) => reason)).not.toContain('VIA_GATEWAY')
  })

  it('count a machine of such a service once more for each other network, which leaves the call open (AMB-61)', () => {
    const machine = object('WorkloadEntry', 'calm/pond', '{ address: 192.0.2.9, labels: { app: pond } }')
    expect(said({ objects: [machine] })).toBe('UNDETERMINED INPUT_MISSING')
    const nobodyThere = answer({ objects: [machine] }, { pods: [] })
    expect(verdictOf(nobodyThere)).toBe('UNDETERMINED INPUT_MISSING')
    expect(nobodyThere.summary).toContain('count once more on each other network')
    expect(said({ objects: [machine] }, { pods: [], pond: '' })).toBe('REACHABLE DELIVERED')
  })
})

describe('clusters on one network', () => {
  it('are called directly where their own Service is `GLOBAL`, whatever the client’s is (AMB-63)', () => {
    const east: Side = { network: 'n1' }
    const found = answer({}, east)
    expect(verdictOf(found)).toBe('REACHABLE DELIVERED')
    expect(stepAt(found, 'NETWORK').reason).toBe('DIRECT')
    expect(said({ pond: '' }, east)).toBe('REACHABLE DELIVERED')
    expect(said({}, { ...east, pond: '' })).toBe('UNREACHABLE NO_ENDPOINTS')
  })

  it('answer DNS with the address of the other cluster’s Service (AMB-22)', () => {
    expect(said({ pond: undefined }, { network: 'n1' })).toBe('REACHABLE DELIVERED')
  })

  it('are one network where no label names any, and go by the system namespace’s alone (AMB-5)', () => {
    expect(said({ network: 'n1', label: '' }, { network: 'n2', label: '' })).toBe('REACHABLE DELIVERED')
    expect(stepAt(answer({ label: '' }, { label: '' }), 'NETWORK').reason).toBe('DIRECT')
  })
})

describe('sidecars of such a control plane', () => {
  const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
  const west = (pond: string): Side => ({
    pond,
    objects: [
      '      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }',
      sidecar('shop/client', '10.1.0.7'),
    ],
  })
  const east: Side = { network: 'n1', pods: [sidecar('calm/pond', '10.3.0.2')] }

  it('are given endpoints of other clusters for `GLOBAL` services alone, even on one network (NET-45)', () => {
    expect(verdictOf(call(twoNetworks(west(global), east), from))).toBe('REACHABLE DELIVERED')
    const local = call(twoNetworks(west(''), east), from)
    expect(verdictOf(local)).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(local.endpoints.map(({ reason }) => reason)).toEqual(['CLUSTER_LOCAL'])
    expect(verdictOf(call(twoNetworks({ ...west(''), version: '1.27.0' }, east), from))).toBe('REACHABLE DELIVERED')
  })

  it('do not reach captured pods of other networks (NET-17, AMB-70)', () => {
    expect(verdictOf(call(twoNetworks(west(global), {}), from))).toMatch(/^UNREACHABLE /)
  })
})
