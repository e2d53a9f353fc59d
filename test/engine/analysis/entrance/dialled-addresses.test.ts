import { describe, expect, it } from 'vitest'
import type { Reachability } from '#engine/model/reachability'
import { answerTo } from '../asking.js'
import { gateway, type Manifest, service, virtualService, world } from '../calling.js'
import { ask, edgePods, edgeService, gate, http, ports, route, said, shop } from './edge.js'

const host = [{ name: 'Host', value: 'shop.example' }]
const dial = (objects: readonly Manifest[], address: string, port: number | null = 80, header: Manifest = {}): Reachability =>
  ask(objects, address, { port, headers: host }, header)

const behind = [edgePods, gate(http(['shop.example'])), route(['shop.example'])]
const node = (...addresses: readonly Manifest[]): Manifest => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1' },
  status: { addresses },
})

/** What the step that decided names. */
const blamed = ({ steps }: Reachability): readonly string[] =>
  steps.at(-1)?.because.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`) ?? []

describe('an address that no gateway has', () => {
  it('is called by nobody through a gateway: those that there are are named (GW-2, NET-37)', () => {
    for (const port of [80, null]) {
      const answer = dial([edgeService(), ...behind], '6.6.6.6', port)
      expect(said(answer)).toBe('UNREACHABLE GATEWAY_NOT_FOUND')
      expect(answer.summary).toContain('nothing in the document has the address `6.6.6.6`; gateways are met at `203.0.113.7`')
    }
  })

  it('is told beside the one that is written most alike (GW-2)', () => {
    const status = { loadBalancer: { ingress: [{ ip: '198.51.100.1' }, { ip: '203.0.113.7' }] } }
    const answer = dial([edgeService({}, status), ...behind], '203.0.113.77')
    expect(answer.summary).toContain('gateways are met at `203.0.113.7` and `198.51.100.1`')
  })

  it('where there is no gateway is nobody’s, with what is met without one (GW-2)', () => {
    const direct = {
      ...service('shop/direct', { type: 'LoadBalancer', selector: { app: 'web' } }),
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } },
    }
    const answer = dial([direct], '6.6.6.6')
    expect(said(answer)).toBe('UNREACHABLE GATEWAY_NOT_FOUND')
    expect(answer.summary).toContain('`shop/direct` at `203.0.113.9`')
    expect(blamed(answer)).toEqual(['Service shop/direct'])
  })

  it('may be that of a load balancer without status (NET-7, GW-2)', () => {
    const answer = dial([edgeService({}, null), ...behind], '6.6.6.6')
    expect(said(answer)).toBe('UNDETERMINED INPUT_MISSING')
    expect(answer.summary).toContain(
      'whether `6.6.6.6` is an address of gateway `west/edge/gate` is not known without the status of Service `edge/gate`',
    )
  })

  it('is none of a load balancer that a live cluster gave no address (NET-7)', () => {
    const pod: Manifest = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'edge', name: 'gate-1', labels: { istio: 'edge' } },
      spec: { containers: [{ name: 'istio-proxy', image: 'proxyv2' }] },
      status: { phase: 'Running', podIP: '10.1.0.9' },
    }
    const [, ...objects] = behind
    expect(said(dial([edgeService({}, { loadBalancer: {} }), pod, ...objects], '6.6.6.6', 80, { observed: true }))).toBe(
      'UNREACHABLE GATEWAY_NOT_FOUND',
    )
  })

  it('may be one to which the name of a load balancer leads (NET-7)', () => {
    const answer = dial([edgeService({}, { loadBalancer: { ingress: [{ hostname: 'lb.cloud.example' }] } }), ...behind], '6.6.6.6')
    expect(said(answer)).toBe('UNDETERMINED INPUT_MISSING')
    expect(answer.summary).toContain('without the addresses behind `lb.cloud.example`')
  })

  it('may be that of a gateway without a Service, or that no object shows at all (GW-3)', () => {
    const unlisted = gateway('edge/gate', { selector: { istio: 'ingressgateway' }, servers: [http(['shop.example'])] })
    for (const objects of [behind, [unlisted, route(['shop.example'])]]) {
      const answer = dial(objects, '6.6.6.6')
      expect(said(answer)).toBe('UNDETERMINED INPUT_MISSING')
      expect(answer.summary).toContain('without the Service that leads to it')
    }
  })

  it('may be a node’s where the port is a node port and no addresses of nodes are given (GW-2)', () => {
    const nodePort = edgeService({ type: 'NodePort', ports: [{ name: 'http2', port: 80, targetPort: 8080, nodePort: 31380 }] }, null)
    const answer = dial([nodePort, ...behind], '6.6.6.6', 31380)
    expect(said(answer)).toBe('UNDETERMINED INPUT_MISSING')
    expect(answer.summary).toContain('without the addresses of the Nodes of `west`')
    expect(said(dial([nodePort, ...behind], '6.6.6.6', 80))).toBe('UNREACHABLE GATEWAY_NOT_FOUND')
    const told = node({ type: 'ExternalIP', address: '203.0.113.21' })
    expect(said(dial([nodePort, told, ...behind], '6.6.6.6', 31380))).toBe('UNREACHABLE GATEWAY_NOT_FOUND')
    expect(said(dial([nodePort, told, ...behind], '203.0.113.21', 31380))).toBe('REACHABLE DELIVERED')
    const closed = dial([nodePort, told, ...behind], '203.0.113.21', 80)
    expect(said(closed)).toBe('UNREACHABLE NOT_LISTENING')
    expect(closed.summary).toContain('port 31380')
    expect(dial([edgeService(), told, ...behind], '203.0.113.21').summary).toContain(
      'an address of node `n1` of `west`, which has no node port 80',
    )
  })

  it('may be one inside of a node’s network, of which nobody knows who gets there (GW-2)', () => {
    const nodePort = edgeService({ type: 'NodePort', ports: [{ name: 'http2', port: 80, targetPort: 8080, nodePort: 31380 }] }, null)
    const inner = node({ type: 'InternalIP', address: '192.168.49.2' })
    const answer = dial([nodePort, inner, ...behind], '192.168.49.2', 31380)
    expect(said(answer)).toBe('UNDETERMINED INPUT_MISSING')
    expect(answer.summary).toContain('an internal address of node `n1`')
    expect(said(dial([nodePort, inner, ...behind], '192.168.49.2', 80))).toBe('UNREACHABLE NOT_LISTENING')
  })

  it('makes no difference where no gateway would take the call (ROUTE-11)', () => {
    const other = virtualService('shop/web', {
      hosts: ['other.example'],
      gateways: ['edge/gate'],
      http: [{ route: [{ destination: { host: 'web' } }] }],
    })
    const answer = dial([edgeService({}, null), edgePods, gate(http(['other.example'])), other], '6.6.6.6')
    expect(said(answer)).toBe('UNREACHABLE GATEWAY_NOT_FOUND')
    expect(answer.summary).toContain('gateway `west/edge/gate`, whose address is not given, would not take the call')
    expect(blamed(answer)).toContain('Service edge/gate')
  })

  it('may be that of a Service that is met without a gateway, if it has the port (NET-7)', () => {
    const direct = service('shop/other', { type: 'LoadBalancer', selector: { app: 'web' }, ports })
    expect(said(dial([edgeService(), direct, ...behind], '6.6.6.6'))).toBe('UNDETERMINED INPUT_MISSING')
    expect(said(dial([edgeService(), direct, ...behind], '6.6.6.6', 9999))).toBe('UNREACHABLE GATEWAY_NOT_FOUND')
  })
})

describe('a name that external-dns publishes for a Service without status', () => {
  it('leads to that Service, with or without a gateway (GW-1)', () => {
    const name = { 'external-dns.alpha.kubernetes.io/hostname': 'direct.example' }
    const direct = service('shop/other', { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] }, name)
    const answer = ask([direct], 'direct.example', { port: 80 })
    expect(answer.endpoints.map(({ workload }) => workload)).toEqual(['shop/web'])
    expect(answer.assumptions.map(({ code }) => code)).toContain('GATEWAY_ADDRESS_ASSUMED')
  })
})

describe('a gateway in the network of its node', () => {
  const deployed: Manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'edge', name: 'gate' },
    spec: {
      template: {
        metadata: { labels: { istio: 'edge' } },
        spec: { hostNetwork: true, containers: [{ name: 'istio-proxy', image: 'auto' }] },
      },
    },
  }
  const inner = edgeService({ type: 'ClusterIP' }, null)
  const open = [gate(http(['shop.example'])), route(['shop.example'])]

  it('is met there at the ports at which it listens, whatever its Service is (GW-2, NET-30)', () => {
    const answer = ask([inner, deployed, ...open], 'shop.example', { port: 8080 })
    expect(said(answer)).toBe('REACHABLE DELIVERED')
    expect(answer.assumptions.map(({ code }) => code)).toContain('GATEWAY_ADDRESS_ASSUMED')
    expect(said(ask([inner, deployed, ...open], 'shop.example', { port: 80 }))).not.toContain('REACHABLE DELIVERED')
    expect(said(dial([inner, deployed, ...open], '6.6.6.6', 8080))).toBe('UNDETERMINED INPUT_MISSING')
  })

  it('may only ask for ports of the node, which lead to its own (GW-2)', () => {
    const containers = [{ name: 'istio-proxy', image: 'auto', ports: [{ containerPort: 8080, hostPort: 80 }] }]
    const template = { metadata: { labels: { istio: 'edge' } }, spec: { containers } }
    const asking: Manifest = { ...deployed, spec: { template } }
    expect(said(ask([inner, asking, ...open], 'shop.example', { port: 80 }))).toBe('REACHABLE DELIVERED')
    expect(said(ask([inner, asking, ...open], 'shop.example', { port: 8080 }))).not.toBe('REACHABLE DELIVERED')
  })

  it('has the addresses of its pod and of the node (GW-2)', () => {
    const pod: Manifest = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'edge', name: 'gate-1', labels: { istio: 'edge' } },
      spec: { hostNetwork: true, nodeName: 'n1', containers: [{ name: 'istio-proxy', image: 'proxyv2' }] },
      status: { phase: 'Running', podIP: '192.168.49.2', conditions: [{ type: 'Ready', status: 'True' }] },
    }
    const told = node({ type: 'InternalIP', address: '192.168.49.2' }, { type: 'ExternalIP', address: '203.0.113.21' })
    for (const address of ['192.168.49.2', '203.0.113.21'])
      expect(dial([inner, pod, told, ...open], address, 8080, { observed: false }).endpoints.map(({ via }) => via?.port)).toEqual([8080])
  })
})

describe('a host that no server has at the port', () => {
  it('is told beside the hosts that servers have there, though another port takes every connection (ROUTE-11)', () => {
    const bytes = { port: { number: 31400, protocol: 'TCP', name: 'bytes' }, hosts: ['*'] }
    const service = edgeService({ ports: [...ports, { name: 'bytes', port: 31400, targetPort: 31400 }] })
    const answer = ask([service, edgePods, gate(http(['shop.example']), bytes), route(['shop.example'])], 'shp.example', { port: 80 })
    expect(said(answer)).toBe('UNREACHABLE GATEWAY_HOST_NOT_EXPOSED')
    expect(answer.summary).toContain('did you mean `shop.example`')
    expect(ask([service, edgePods, gate(http(['shop.example']), bytes)], 'any.example', { port: 9999 }).summary).toContain('port 31400')
  })
})

describe('a Gateway of the Gateway API', () => {
  it('is a gateway by its own name as well as by that of what runs for it (GWAPI-8)', () => {
    const api: Manifest = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { namespace: 'edge', name: 'api' },
      spec: {
        gatewayClassName: 'istio',
        listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
      },
    }
    const attached: Manifest = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { namespace: 'shop', name: 'web' },
      spec: {
        parentRefs: [{ name: 'api', namespace: 'edge' }],
        hostnames: ['shop.example'],
        rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
      },
    }
    const snapshot = world({ clusters: { west: [...shop, api, attached] } })
    for (const name of ['west/edge/api', 'west/edge/api-istio'])
      expect(said(answerTo(snapshot, { from: { gateway: name }, to: { host: 'shop.example', port: 80 } }))).toBe('REACHABLE DELIVERED')
  })
})
