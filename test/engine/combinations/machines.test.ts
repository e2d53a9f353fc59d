import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, eastWest, istio, type Manifest, namespace, service, told, topology } from './asking.js'

const machine = (spec: Manifest, metadata: Manifest = {}): Manifest =>
  istio('WorkloadEntry', 'shop/vm', { labels: { app: 'cart' }, serviceAccount: 'cart', ...spec }, metadata)

/** Two primaries that do not read each other, of which `west` is told where the gateway of `east` is. */
const apart = (entry: Manifest) => {
  const networks = { networks: { net2: { gateways: [{ address: '192.0.2.2', port: 15443 }] } } }
  const control = (name: string, more: Manifest = {}) => ({ name, cluster: name, version: '1.30.2', ...more })
  const east = [...eastWest('net2', '192.0.2.2'), deployment('shop/cart'), service('shop/cart')]
  return topology(
    [
      cluster('west', [deployment('shop/web'), service('shop/cart'), entry], { network: 'net1' }),
      cluster('east', east, { network: 'net2' }),
    ],
    { controlPlanes: [control('west', { meshNetworks: networks }), control('east')], meshes: [{ name: 'mesh1', commonRoot: true }] },
  )
}

describe('a WorkloadEntry without address, which a Service selects', () => {
  it('stands for what is behind the gateways of its network (EDS-12, EDS-23)', () => {
    const { verdict, endpoints } = ask(apart(machine({ network: 'net2' })), 'west/shop/web', 'cart:80')
    expect([verdict, endpoints.map((one) => [one.cluster, one.workload, one.via?.address])]).toEqual([
      'REACHABLE',
      [['east', 'shop/cart', '192.0.2.2']],
    ])
  })

  it('is known by the account that it states (TLS-18)', () => {
    const { reason } = ask(apart(machine({ network: 'net2', serviceAccount: 'till' })), 'west/shop/web', 'cart:80')
    expect(reason).toBe('UNTRUSTED')
  })

  it.each([
    ['on the caller’s own network', 'net1', 'network `net1` has no gateway'],
    ['on none', '', 'no network whose gateways could stand for it'],
  ])('is nobody %s (EDS-23)', (_title, network, why) => {
    const alone = topology([cluster('west', [deployment('shop/web'), service('shop/cart'), machine({ network })], { network: 'net1' })])
    const answer = ask(alone, 'west/shop/web', 'cart:80')
    expect(told(answer)).toBe('UNREACHABLE NO_ENDPOINTS at DISCOVERY')
    expect(answer.summary).toContain(`the endpoint has no address, and ${why}`)
  })
})

describe('why a machine that a Service selects is no endpoint of it', () => {
  const summary = (...objects: readonly Manifest[]) =>
    ask(topology([cluster('west', [deployment('shop/web'), ...objects])]), 'west/shop/web', 'cart:80').summary
  const named = service('shop/cart', { ports: [{ name: 'http', port: 80, targetPort: 'web' }] })

  it('is its name, where it states one for an address (EDS-12)', () => {
    expect(summary(service('shop/cart'), machine({ address: 'vm.example.com' }))).toContain(
      'has no endpoint, as WorkloadEntry `shop/vm` states `vm.example.com`, and a Service leads to addresses alone, not to names',
    )
  })

  it('is the port that it does not name (EDS-29)', () => {
    expect(summary(named, machine({ address: '10.9.0.1' }))).toContain('has no endpoint, as WorkloadEntry `shop/vm` names no port `web`')
  })

  it('is its health check (EDS-19)', () => {
    const ill = { ...machine({ address: '10.9.0.1' }), status: { conditions: [{ type: 'Healthy', status: 'False' }] } }
    expect(summary(service('shop/cart'), ill)).toContain('WorkloadEntry `shop/vm` is not healthy, as its health check says')
  })

  it('is that none of a WorkloadGroup has come yet', () => {
    const group = istio('WorkloadGroup', 'shop/vms', { metadata: { labels: { app: 'cart' } }, template: { serviceAccount: 'cart' } })
    expect(summary(service('shop/cart'), group)).toContain('no machine of WorkloadGroup `shop/vms` has a WorkloadEntry')
  })
})

describe('endpoints in a namespace that discovery selectors leave out, in their cluster alone', () => {
  const labels = { 'istio-injection': 'enabled', mesh: 'on' }
  const selectors = { discoverySelectors: [{ matchLabels: { mesh: 'on' } }] }
  const planes = (west: Manifest, east: Manifest) => ({
    controlPlanes: [
      { name: 'west', cluster: 'west', version: '1.30.2', meshConfig: west },
      { name: 'east', cluster: 'east', version: '1.30.2', meshConfig: east },
    ],
    meshes: [{ name: 'mesh1', commonRoot: true }],
  })
  const system = namespace('istio-system', { mesh: 'on' })
  const west = [system, namespace('shop', labels), deployment('shop/web'), service('shop/cart')]
  const east = [system, deployment('shop/cart'), service('shop/cart')]
  const why = 'leaves out namespace `shop` of cluster `east`, where 1 endpoint stands, by its discovery selectors'

  it('are named as those that are missing (MODEL-6, MODEL-7)', () => {
    const both = [cluster('west', west, { network: 'net1', remoteSecrets: ['east'] }), cluster('east', east, { network: 'net1' })]
    const answer = ask(topology(both, planes(selectors, {})), 'west/shop/web', 'cart:80')
    expect(told(answer)).toBe('UNREACHABLE NO_ENDPOINTS at DISCOVERY')
    const step = answer.steps.find(({ stage }) => stage === 'DISCOVERY')
    expect(step?.message).toBe(`\`cart.shop.svc.cluster.local:80\` has no endpoint for the proxy, as control plane \`west\` ${why}`)
    expect(step?.because.map(({ kind, cluster: place }) => `${kind} ${place}`)).toContain('Namespace east')
  })

  it('also where a gateway has none to hand on to (NET-31)', () => {
    const both = [
      cluster('west', west, { network: 'net1', remoteSecrets: ['east'] }),
      cluster('east', [...east, ...eastWest('net2', '192.0.2.2')], { network: 'net2', remoteSecrets: ['west'] }),
    ]
    const { reason, steps } = ask(topology(both, planes({}, selectors)), 'west/shop/web', 'cart:80')
    expect(reason).toBe('GATEWAY_NO_ENDPOINTS')
    expect(steps.find(({ outcome }) => outcome === 'STOPPED')?.message).toContain(`as control plane \`east\` ${why}`)
  })
})
