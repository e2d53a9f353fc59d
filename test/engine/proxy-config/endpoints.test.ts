import { describe, expect, it } from 'vitest'
import { answerTo } from '../analysis/asking.js'
import { cluster, eastWest, istio, pod, type Raw, service, slice, topology } from '../analysis/objects.js'
import { endpointsOf, givenTo, targetOf } from './given.js'

const port = { port: { name: 'http', port: 8080 } }
const host = 'cart.shop.svc.cluster.local'
const cart = service('cart', { clusterIP: '10.255.0.1' })
const unready = { ready: false, serving: false, terminating: false }
const near = (label: string): Raw => ({ 'istio-locality': label })
const outliers = (more: Raw = {}): Raw => ({ outlierDetection: { consecutive5xxErrors: 3, ...more } })
const rule = (trafficPolicy: Raw, more: Raw = {}): Raw => istio('DestinationRule', 'cart', { host, trafficPolicy, ...more })

describe('endpoints that are not ready', () => {
  const remote = [
    cart,
    pod('far', '10.2.0.1', { app: 'cart' }, { ready: false }),
    slice('cart', [{ ip: '10.2.0.1', pod: 'far', conditions: unready }], port),
  ]
  const local = [
    pod('web', '10.1.0.1', { app: 'web' }),
    cart,
    pod('one', '10.1.0.2', { app: 'cart' }),
    pod('two', '10.1.0.3', { app: 'cart' }, { ready: false }),
    slice(
      'cart',
      [
        { ip: '10.1.0.2', pod: 'one' },
        { ip: '10.1.0.3', pod: 'two', conditions: unready },
      ],
      port,
    ),
  ]
  const status = { loadBalancer: { ingress: [{ ip: '34.0.0.1' }] } }
  const clusters = (...objects: readonly Raw[]) => [
    cluster('west', [...local, ...objects], { network: 'n1', remoteSecrets: ['east'] }),
    cluster('east', [...remote, ...eastWest({ network: 'n2', status })], {
      network: 'n2',
      controlPlane: { role: 'REMOTE', managedBy: 'west' },
    }),
  ]
  const cartOf = (...objects: readonly Raw[]) => targetOf(givenTo(clusters(...objects)), `${host}:80`)

  it('are given and take no traffic; behind a gateway they count for it like any other (EDS-9)', () => {
    expect(endpointsOf(cartOf())).toEqual(['10.1.0.2:8080 1 0 50 %', '34.0.0.1:15443 1 0 50 %'])
    expect(cartOf()?.unready).toEqual(['10.1.0.3:8080'])
  })

  it('fail the part of the calls that their gateway is given (EDS-9)', () => {
    const from = { cluster: 'west', namespace: 'shop', workload: 'web' }
    const answer = answerTo(topology(clusters()), { from, to: { host, port: 80 } })
    expect([answer.verdict, answer.endpoints.filter(({ share }) => share > 0).map(({ share }) => share)]).toEqual(['AMBIGUOUS', [0.5, 0.5]])
  })

  it('are withheld where a panic could send them traffic, and before 1.31 (EDS-9)', () => {
    expect(endpointsOf(cartOf(rule(outliers({ minHealthPercent: 10 }))))).toEqual(['10.1.0.2:8080 1 0 100 %'])
    const old = givenTo(clusters(), 'west/shop/web', { controlPlanes: [{ name: 'west', cluster: 'west', version: '1.30.2' }] })
    expect(targetOf(old, `${host}:80`)).toMatchObject({ unready: [], endpoints: [{ address: '10.1.0.2', share: 1 }] })
  })

  it('are handed out in any release where a traffic distribution has to know how many are well (EDS-9, LB-7)', () => {
    const close = { ...cart, spec: { ...(cart['spec'] as Raw), trafficDistribution: 'PreferClose' } }
    const [west = {}, ...others] = clusters()
    const resources = (west['resources'] as Raw[]).map((one) => (one === cart ? close : one))
    const rest = { controlPlanes: [{ name: 'west', cluster: 'west', version: '1.30.2' }] }
    expect(targetOf(givenTo([{ ...west, resources }, ...others], 'west/shop/web', rest), `${host}:80`)?.unready).toEqual(['10.1.0.3:8080'])
  })
})

describe('localities', () => {
  const pods = (web: string) => [
    pod('web', '10.1.0.1', { app: 'web', ...near(web) }),
    cart,
    pod('a', '10.1.0.2', { app: 'cart', ...near('r1.z1') }),
    pod('b', '10.1.0.3', { app: 'cart', ...near('r2.z1') }),
    pod('c', '10.1.0.4', { app: 'cart', ...near('r2.z1') }, { ready: false }),
    slice(
      'cart',
      [
        { ip: '10.1.0.2', pod: 'a' },
        { ip: '10.1.0.3', pod: 'b' },
        { ip: '10.1.0.4', pod: 'c', conditions: unready },
      ],
      port,
    ),
  ]
  const given = (web: string, localityLbSetting: Raw) =>
    endpointsOf(
      targetOf(givenTo([cluster('west', [...pods(web), rule({ ...outliers(), loadBalancer: { localityLbSetting } })])]), `${host}:80`),
    )

  it('`distribute` for other places than the client’s puts nobody in front; unready ones count for their locality (LB-4, EDS-9)', () => {
    expect(given('r3.z1', { distribute: [{ from: 'r1/*', to: { 'r1/*': 100 } }] })).toEqual([
      '10.1.0.2:8080 1 0 33 %',
      '10.1.0.3:8080 1 0 67 %',
    ])
  })

  it('`distribute` splits a pattern’s part by the weights of its localities, in whole numbers (LB-4)', () => {
    expect(given('r1.z1', { distribute: [{ from: 'r1/*', to: { '*': 70 } }] })).toEqual([
      '10.1.0.2:8080 1 0 34 %',
      '10.1.0.3:8080 1 0 66 %',
    ])
  })

  it('`distribute` counts a locality whose endpoints are all lost between networks as one that takes nothing (LB-4, NET-17)', () => {
    const status = { loadBalancer: { ingress: [{ ip: '34.0.0.1' }] } }
    const remote = [
      cart,
      pod('naked', '10.2.0.2', { app: 'cart', ...near('r1.z2') }, { naked: true }),
      pod('far', '10.2.0.3', { app: 'cart', ...near('r2.z1') }),
      slice(
        'cart',
        [
          { ip: '10.2.0.2', pod: 'naked' },
          { ip: '10.2.0.3', pod: 'far' },
        ],
        port,
      ),
      ...eastWest({ network: 'n2', status }),
    ]
    const localityLbSetting = { distribute: [{ from: 'r1/*', to: { 'r1/*': 70, 'r2/*': 30 } }] }
    const local = [
      pod('web', '10.1.0.1', { app: 'web', ...near('r1.z1') }),
      cart,
      pod('a', '10.1.0.2', { app: 'cart', ...near('r1.z1') }),
      slice('cart', [{ ip: '10.1.0.2', pod: 'a' }], port),
      rule({ loadBalancer: { localityLbSetting } }),
    ]
    const clusters = [
      cluster('west', local, { network: 'n1', remoteSecrets: ['east'] }),
      cluster('east', remote, { network: 'n2', controlPlane: { role: 'REMOTE', managedBy: 'west' } }),
    ]
    // 35 of 70 would go to `r1/z2`, where nobody is left: 35 and 30 of 65 remain.
    expect(endpointsOf(targetOf(givenTo(clusters), `${host}:80`))).toEqual(['10.1.0.2:8080 1 0 54 %', '34.0.0.1:15443 1 0 46 %'])
  })

  it('without settings of their own go by priority alone (LB-5)', () => {
    expect(given('r2.z1', {})).toEqual(['10.1.0.2:8080 1 1 0 %', '10.1.0.3:8080 1 0 100 %'])
  })
})

describe('`internalTrafficPolicy: Local`', () => {
  it('leaves out WorkloadEntries, which are on no node (VIS-36)', () => {
    const machine = istio('WorkloadEntry', 'vm', { address: '60.0.0.1', labels: { app: 'cart' }, serviceAccount: 'vm' })
    const local = (policy: Raw) => [
      pod('web', '10.1.0.1', { app: 'web' }, { spec: { nodeName: 'n1' } }),
      service('cart', { clusterIP: '10.255.0.1', ...policy }),
      pod('one', '10.1.0.2', { app: 'cart' }, { spec: { nodeName: 'n1' } }),
      slice('cart', [{ ip: '10.1.0.2', pod: 'one', nodeName: 'n1' }], port),
      machine,
    ]
    const addresses = (policy: Raw) =>
      targetOf(givenTo([cluster('west', local(policy))]), `${host}:80`)?.endpoints.map(({ address }) => address)
    expect([addresses({}), addresses({ internalTrafficPolicy: 'Local' })]).toEqual([['10.1.0.2', '60.0.0.1'], ['10.1.0.2']])
  })
})

describe('a Service exported to nobody', () => {
  it('has a cluster where its own namespace routes to it, and no endpoints (VIS-2, VIS-3)', () => {
    const hidden = service('cart', { clusterIP: '10.255.0.1' }, { annotations: { 'networking.istio.io/exportTo': '~' } })
    const lead = istio('VirtualService', 'lead', { hosts: ['bill'], http: [{ route: [{ destination: { host: 'cart' } }] }] })
    const objects = [
      pod('web', '10.1.0.1'),
      service('bill'),
      hidden,
      pod('one', '10.1.0.2', { app: 'cart' }),
      slice('cart', [{ ip: '10.1.0.2', pod: 'one' }], port),
      lead,
    ]
    expect(targetOf(givenTo([cluster('west', objects)]), `${host}:80`)).toMatchObject({ type: 'EDS', endpoints: [] })
  })
})

describe('a wildcard of resolution DYNAMIC_DNS', () => {
  it('is a target without endpoints for requests and server names, as the proxy resolves what is asked for (EDS-15)', () => {
    const ports = [
      { name: 'http', number: 80, protocol: 'HTTP' },
      { name: 'tcp', number: 9000, protocol: 'TCP' },
    ]
    const wild = istio('ServiceEntry', 'wild', { hosts: ['*.example.com'], location: 'MESH_EXTERNAL', resolution: 'DYNAMIC_DNS', ports })
    const { targets } = givenTo([cluster('west', [pod('web', '10.1.0.1', { app: 'web' }), wild])])
    expect(targets.map(({ type, port: number, sends, endpoints }) => [type, number, sends, endpoints])).toEqual([
      ['DYNAMIC_DNS', 80, 'PLAINTEXT', []],
    ])
  })
})

describe('load balancer PASSTHROUGH', () => {
  const objects = [
    pod('web', '10.1.0.1', { app: 'web' }),
    cart,
    pod('one', '10.1.0.2', { app: 'cart', version: 'v1' }),
    pod('two', '10.1.0.3', { app: 'cart', version: 'v1' }, { naked: true }),
    slice(
      'cart',
      [
        { ip: '10.1.0.2', pod: 'one' },
        { ip: '10.1.0.3', pod: 'two' },
      ],
      port,
    ),
  ]
  const balanced = (simple: string): Raw => ({ loadBalancer: { simple } })
  const v1 = { name: 'v1', labels: { version: 'v1' } }
  const given = (trafficPolicy: Raw, subset: Raw = {}) => {
    const answer = givenTo([cluster('west', [...objects, rule(trafficPolicy, { subsets: [{ ...v1, ...subset }] })])])
    return ['', '/v1'].map((name) => {
      const target = targetOf(answer, `${host}:80${name}`)
      return `${target?.type} ${target?.sends ?? ''}`.trim()
    })
  }

  it('of the rule asks all endpoints before mutual TLS is sent; a subset that inherits it does not (TLS-6, EDS-31)', () => {
    expect(given(balanced('PASSTHROUGH'))).toEqual(['ORIGINAL_DST PLAINTEXT', 'ORIGINAL_DST ISTIO_MUTUAL'])
  })

  it('of a port alone asks nobody (TLS-6)', () => {
    expect(given({ portLevelSettings: [{ port: { number: 80 }, ...balanced('PASSTHROUGH') }] })[0]).toBe('ORIGINAL_DST ISTIO_MUTUAL')
  })

  it('of the rule holds for subsets with another load balancer too (EDS-31)', () => {
    expect(given(balanced('PASSTHROUGH'), { trafficPolicy: balanced('RANDOM') })[1]).toBe('ORIGINAL_DST ISTIO_MUTUAL')
  })

  it('of a subset is its own, whatever it says of the port (EDS-31, TLS-6)', () => {
    const policy = { ...balanced('PASSTHROUGH'), portLevelSettings: [{ port: { number: 80 }, ...balanced('RANDOM') }] }
    expect(given({}, { trafficPolicy: policy })).toEqual(['EDS', 'ORIGINAL_DST PLAINTEXT'])
  })
})

describe('WorkloadEntries of other clusters', () => {
  it('are in subsets by the network that their cluster has, and dialled as they are written (EDS-21, NET-1)', () => {
    const machine = istio('WorkloadEntry', 'vm', { address: '60.0.0.1', labels: { app: 'cart' }, serviceAccount: 'vm' })
    const near = [{ name: 'near', labels: { 'topology.istio.io/network': 'n2' } }]
    const subsets = istio('DestinationRule', 'cart', { host, subsets: near })
    const given = (west: readonly Raw[], east: readonly Raw[]) =>
      givenTo([
        cluster('west', [pod('web', '10.1.0.1', { app: 'web' }), cart, subsets, ...west], { network: 'n2', remoteSecrets: ['east'] }),
        cluster('east', [cart, ...east], { network: 'n2', controlPlane: { role: 'REMOTE', managedBy: 'west' } }),
      ])
    const all = (answer: ReturnType<typeof given>) => [targetOf(answer, `${host}:80`), targetOf(answer, `${host}:80/near`)].map(endpointsOf)
    const there = ['60.0.0.1:8080 1 0 100 %']
    expect(all(given([], [machine]))).toEqual([there, there])
    expect(all(given([machine], []))).toEqual([there, []])
  })
})
