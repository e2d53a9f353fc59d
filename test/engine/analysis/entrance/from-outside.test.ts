import { describe, expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { gateway, type Manifest, service, virtualService, world } from '../calling.js'
import { ask, codes, edgePods, edgeService, gate, http, route, said, shop, tls, ports } from './edge.js'

describe('a client outside of every cluster', () => {
  const edge = [edgeService(), edgePods, gate(http(['*'])), route(['*'])]

  it('comes in by the gateway that takes the host, and by any that takes all of them (GW-1, GW-4)', () => {
    const answer = ask(edge, 'shop.example')
    expect(said(answer)).toBe('REACHABLE DELIVERED')
    expect(answer.endpoints.map(({ workload, via }) => [workload, via?.address, via?.port])).toEqual([['shop/web', '203.0.113.7', 80]])
    expect(codes(answer)).toContain('GATEWAY_NAME_ASSUMED')
  })

  it('is told of both legs, the first of them from outside (GW-7)', () => {
    const [path] = ask(edge, 'shop.example').endpoints
    const legs = new Set(path?.steps.map(({ hop }) => `${hop?.index} ${hop?.from} → ${hop?.to}`))
    expect([...legs]).toEqual(['0 outside → west/edge/gate', '1 west/edge/gate → west/shop/web'])
  })

  it.each([
    ['shop.example', ['shop.example'], 'REACHABLE DELIVERED'],
    ['a.shop.example', ['*.shop.example'], 'REACHABLE DELIVERED'],
    ['shop.example', ['*.shop.example'], 'UNREACHABLE GATEWAY_HOST_NOT_EXPOSED'],
    ['shop.example', ['shop/shop.example'], 'REACHABLE DELIVERED'],
    ['shop.example', ['other/shop.example'], 'UNREACHABLE NO_ROUTE'],
    ['shop.example', ['./shop.example'], 'UNREACHABLE NO_ROUTE'],
    ['SHOP.example.', ['Shop.Example'], 'REACHABLE DELIVERED'],
  ])('%s at a server with hosts %j: %s (ROUTE-11, GW-4)', (host, hosts, expected) => {
    expect(said(ask([edgeService(), edgePods, gate(http(hosts)), route(['*'])], host))).toBe(expected)
  })

  it.each([['web.shop.svc.cluster.local'], ['web.shop.svc'], ['web.shop'], ['web']])(
    'has no address for %s, a name of the cluster, whatever a Gateway takes (DNS-6, GW-1)',
    (host) => {
      const answer = ask([edgeService(), edgePods, gate(http(['*', '*.local'])), route(['shop.example'])], host)
      expect(said(answer)).toBe('UNREACHABLE NAME_NOT_RESOLVED')
      expect(answer.summary).toContain('`shop.example`')
    },
  )

  it('gets where external-dns leads a name, and nowhere else (GW-1)', () => {
    const name = { 'external-dns.alpha.kubernetes.io/hostname': 'shop.example.' }
    const other = {
      ...service('shop/other', { type: 'LoadBalancer', selector: { app: 'web' }, ports }, name),
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } },
    }
    expect(codes(ask([...edge, other], 'shop.example'))).not.toContain('GATEWAY_NAME_ASSUMED')
    expect(ask([...edge, other], 'shop.example').endpoints.map(({ via }) => via)).toEqual([null])
    expect(ask([...edge, other], 'else.example').endpoints.map(({ via }) => via?.address)).toEqual(['203.0.113.7'])
  })

  it('that calls the address is routed by the host that it writes (GW-1, ROUTE-11)', () => {
    const named = [edgeService(), edgePods, gate(http(['shop.example'])), route(['shop.example'])]
    expect(said(ask(named, '203.0.113.7', { port: 80, headers: [{ name: 'Host', value: 'shop.example' }] }))).toBe('REACHABLE DELIVERED')
    expect(said(ask(named, '203.0.113.7'))).toBe('UNREACHABLE GATEWAY_HOST_NOT_EXPOSED')
    expect(said(ask([edgeService(), edgePods], '203.0.113.7'))).toBe('UNREACHABLE GATEWAY_NOT_LISTENING')
  })

  it('does not reach addresses of pods and of Services inside (NET-37)', () => {
    expect(said(ask(edge, '10.0.0.9'))).toBe('UNREACHABLE GATEWAY_UNREACHABLE')
  })

  it('is asked about every port that is open, and told of ports that are not (GW-4)', () => {
    const answer = ask([edgeService(), edgePods, gate(http(['*']), tls(['*'], 'SIMPLE')), route(['*'])], 'shop.example', {})
    expect(answer.endpoints.map(({ via }) => via?.port)).toEqual([80, 443])
    const closed = ask(edge, 'shop.example', { port: 443 })
    expect(said(closed)).toBe('UNREACHABLE NOT_LISTENING')
    expect(closed.summary).toContain('port 80')
    expect(closed.summary).not.toContain('did you mean')
  })

  it('is told the host that is nearly meant where another port takes any host (GW-4)', () => {
    const both = [edgeService(), edgePods, gate(http(['*']), tls(['shop.example'], 'SIMPLE')), route(['shop.example'])]
    expect(ask(both, 'shop.exmple', { port: 443 }).summary).toContain(
      'gateways take `shop.exmple` at port 80, and not at port 443; did you mean `shop.example`',
    )
  })
})

describe('the Service of a gateway', () => {
  const behind = [edgePods, gate(http(['*'])), route(['*'])]
  const open = 'REACHABLE DELIVERED'
  const shut = 'UNREACHABLE GATEWAY_UNREACHABLE'

  it.each([
    ['a load balancer with an address', edgeService(), open, []],
    ['a load balancer without status', edgeService({}, null), open, ['GATEWAY_ADDRESS_ASSUMED']],
    ['a load balancer that asks for an address', edgeService({ loadBalancerIP: '203.0.113.8' }, null), open, ['GATEWAY_ADDRESS_ASSUMED']],
    ['of type ClusterIP', edgeService({ type: 'ClusterIP' }, null), shut, []],
    ['of type ClusterIP with external addresses', edgeService({ type: 'ClusterIP', externalIPs: ['203.0.113.6'] }, null), open, []],
  ])('%s is met from outside or not (NET-7, GW-2)', (_what, edge, expected, assumed) => {
    const answer = ask([edge, ...behind], 'shop.example')
    expect(said(answer)).toBe(expected)
    expect(codes(answer).filter((code) => code === 'GATEWAY_ADDRESS_ASSUMED')).toEqual(assumed)
  })

  it('is met at node ports, by the number of the node (GW-2)', () => {
    const edge = edgeService({ type: 'NodePort', ports: [{ name: 'http2', port: 80, targetPort: 8080, nodePort: 31380 }] }, null)
    expect(said(ask([edge, ...behind], 'shop.example', { port: 31380 }))).toBe(open)
    expect(said(ask([edge, ...behind], 'shop.example', { port: 80 }))).toBe('UNREACHABLE NOT_LISTENING')
  })

  it('maps the port of a server by its own number or by the port of the pod (NET-30)', () => {
    const to = (number: number) => ask([edgeService(), edgePods, gate(http(['*'], number)), route(['*'])], 'shop.example')
    expect(said(to(80))).toBe(open)
    expect(said(to(8080))).toBe(open)
    expect(said(to(9080))).toBe('UNREACHABLE NOT_LISTENING')
  })

  it.each([80, 8080])('is asked about by the port of the Service as well as by the pod’s, of the gateway itself: %i (NET-30)', (port) => {
    const snapshot = world({ clusters: { west: [...shop, edgeService(), edgePods, gate(http(['*'], 8080)), route(['*'])] } })
    expect(said(answerTo(snapshot, { from: { gateway: 'west/edge/gate' }, to: { host: 'shop.example', port } }))).toBe(open)
  })

  it('may be left out where the pods are given: their Gateway objects say the ports (GW-3)', () => {
    const answer = ask(behind, 'shop.example')
    expect(said(answer)).toBe(open)
    expect(codes(answer)).toContain('GATEWAY_ADDRESS_ASSUMED')
  })
})

describe('a gateway that no object shows', () => {
  const object = (selector: Manifest, number = 80): Manifest => gateway('shop/gate', { selector, servers: [http(['*'], number)] })
  const routed = virtualService('shop/web', { hosts: ['*'], gateways: ['gate'], http: [{ route: [{ destination: { host: 'web' } }] }] })

  it.each([
    [{ istio: 'ingressgateway' }, 80, 80, 'REACHABLE DELIVERED'],
    [{ istio: 'ingressgateway' }, 8080, 80, 'REACHABLE DELIVERED'],
    [{ istio: 'ingressgateway' }, 8080, 8080, 'REACHABLE DELIVERED'],
    [{ istio: 'ingressgateway' }, 9080, 80, 'UNREACHABLE NOT_LISTENING'],
    [{}, 80, 80, 'REACHABLE DELIVERED'],
    [{ app: 'my-gateway' }, 80, 80, 'REACHABLE DELIVERED'],
    [{ istio: 'egressgateway' }, 80, 80, 'UNREACHABLE GATEWAY_UNREACHABLE'],
  ])('and that %j selects for port %i is asked at port %i: %s (ROUTE-12, GW-3)', (selector, number, port, expected) => {
    const answer = ask([object(selector, number), routed], 'shop.example', { port })
    expect(said(answer)).toBe(expected)
    if (expected.startsWith('REACHABLE')) expect(codes(answer)).toContain('GATEWAY_WORKLOAD_ASSUMED')
  })

  it.each([
    ['/a', 80],
    ['/b', 80],
    ['/a', 8080],
    ['/b', 8080],
  ])('has a port of its usual Service and that of the pod behind it as one listener: %s at port %i (ROUTE-12, NET-30)', (path, port) => {
    const selector = { istio: 'ingressgateway' }
    const objects = [['a', 80] as const, ['b', 8080] as const].flatMap(([name, number]) => [
      gateway(`shop/${name}`, { selector, servers: [http(['*'], number)] }),
      virtualService(`shop/${name}`, {
        hosts: ['*'],
        gateways: [name],
        http: [{ match: [{ uri: { exact: `/${name}` } }], route: [{ destination: { host: 'web' } }] }],
      }),
    ])
    expect(said(ask(objects, 'shop.example', { port, path }))).toBe('REACHABLE DELIVERED')
    expect(said(ask(objects, 'shop.example', { port, path: '/c' }))).toBe('UNREACHABLE NO_ROUTE')
  })

  it('is the one of its Service, where that is given without pods (GW-3)', () => {
    const answer = ask([edgeService(), gate(http(['*'])), route(['*'])], 'shop.example')
    expect(answer.endpoints.map(({ via }) => via?.address)).toEqual(['203.0.113.7'])
    expect(codes(answer)).toContain('GATEWAY_WORKLOAD_ASSUMED')
  })

  it('is missing in a live cluster that shows its system namespace (GW-3)', () => {
    const istiod: Manifest = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'istio-system', name: 'istiod-1' },
      spec: { containers: [{ name: 'discovery', image: 'pilot' }] },
      status: { phase: 'Running', podIP: '10.1.0.1' },
    }
    expect(said(ask([object({ istio: 'ingressgateway' }), routed, istiod], 'shop.example', { port: 80 }, { observed: true }))).toBe(
      'UNREACHABLE GATEWAY_NOT_FOUND',
    )
  })

  it('runs in the namespace of the Gateway object where istiod keeps it there (ROUTE-12, GW-3)', () => {
    const scoped: Manifest = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'istio-system', name: 'istiod', labels: { app: 'istiod' } },
      spec: {
        template: {
          metadata: { labels: { app: 'istiod' } },
          spec: {
            containers: [{ name: 'discovery', image: 'pilot:1.31.0', env: [{ name: 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE', value: 'true' }] }],
          },
        },
      },
    }
    const answer = ask([object({ istio: 'ingressgateway' }), routed, scoped], 'shop.example')
    expect(answer.endpoints.map(({ via }) => via?.address)).toEqual(['assumed:west/shop/istio-ingressgateway'])
  })

  it('is not assumed without any Gateway object, and that is said (GW-3)', () => {
    expect(said(ask([], 'shop.example'))).toBe('UNREACHABLE GATEWAY_NOT_FOUND')
  })

  it('can be asked itself, by the name that it usually has or by its Gateway object (GW-3)', () => {
    for (const name of ['west/istio-system/istio-ingressgateway', 'west/shop/gate']) {
      const snapshot = world({ clusters: { west: [...shop, object({ istio: 'ingressgateway' }), routed] } })
      const answer = answerTo(snapshot, { from: { gateway: name }, to: { host: 'shop.example', port: 80 } })
      expect(said(answer)).toBe('REACHABLE DELIVERED')
      expect(codes(answer)).toContain('GATEWAY_WORKLOAD_ASSUMED')
    }
  })
})
