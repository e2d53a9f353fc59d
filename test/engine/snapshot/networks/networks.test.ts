import { describe, expect, it } from 'vitest'
import { parseCidr } from '#engine/snapshot/networks/cidr'
import { snapshotOf } from '../../from-yaml.js'

const labelledNamespace = (network: string) =>
  `      - { apiVersion: v1, kind: Namespace, metadata: { name: istio-system, labels: { topology.istio.io/network: ${network} } } }\n`

const topology = (east: string, meshNetworks = '{}', header = '', observed = '') =>
  snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    remoteSecrets: [east]
  - name: east
    controlPlane: { role: REMOTE, managedBy: west }
    ${observed}
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop } }
${east}
controlPlanes: [{ name: west, cluster: west, meshNetworks: ${meshNetworks} }]
${header}`)

describe('network of an endpoint (NET-1)', () => {
  const registry = '{ n3: { endpoints: [{ fromRegistry: east }] } }'
  const cidrs = '{ n4: { endpoints: [{ fromCidr: 10.0.0.0/8 }] }, n5: { endpoints: [{ fromCidr: 10.1.0.0/16 }] } }'

  it.each([
    ['the pod’s label first', labelledNamespace('n2'), registry, 'n1', '10.1.0.1', 'n1'],
    ['then the label of the system namespace', labelledNamespace('n2'), registry, '', '10.1.0.1', 'n2'],
    ['then the registry’s network', '', registry, '', '10.1.0.1', 'n3'],
    ['then the widest range with the address', '', cidrs, '', '10.1.0.1', 'n4'],
    ['else none', '', cidrs, '', '192.168.0.1', ''],
    ['nor without an address', '', cidrs, '', undefined, ''],
  ] as const)('%s', (_, east, networks, label, address, expected) => {
    expect(topology(east, networks).view('west').networkOf('east', address, label)).toBe(expected)
  })

  it('is looked at by each control plane with its own meshNetworks (NET-2)', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: west, controlPlane: { role: PRIMARY }, remoteSecrets: [east] }
  - { name: east, controlPlane: { role: PRIMARY }, remoteSecrets: [west] }
controlPlanes:
  - { name: west, cluster: west, meshNetworks: { a: { endpoints: [{ fromRegistry: east }] } } }
  - { name: east, cluster: east, meshNetworks: { b: { endpoints: [{ fromRegistry: east }] } } }
`)
    expect(['west', 'east'].map((plane) => snapshot.view(plane).networkOf('east', undefined, ''))).toEqual(['a', 'b'])
  })
})

describe('before networks had labels', () => {
  it('a stated network is only where packets go: neither endpoints nor proxies of release 1.2 have it (DNS-30, DNS-31)', () => {
    const snapshot = snapshotOf(`
clusters:
  - name: west
    network: n1
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop }, spec: { template: { spec: { containers: [{ name: app }] } } } }
controlPlanes: [{ name: west, cluster: west, version: 1.2.0 }]
`)
    expect(snapshot.clusters.get('west')?.network.value).toBe('n1')
    expect(snapshot.clusters.get('west')?.workloads('shop')).toMatchObject([{ dataPlane: 'SIDECAR', proxyNetwork: '', networkLabel: '' }])
    expect(snapshot.view('west').networkOf('west', '10.0.0.1', '')).toBe('')
  })
})

describe('CIDRs', () => {
  it.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', '10.0.0.1', false],
  ] as const)('%s contains %s: %s', (cidr, address, expected) => expect(parseCidr(cidr)?.contains(address)).toBe(expected))

  it.each(['', '10.0.0/8', '10.0.0.0/33', 'fd00::1::2', 'text'])('`%s` is none', (text) => expect(parseCidr(text)).toBeUndefined())
})

const gateway = (spec: string, status = '{}', labels = 'topology.istio.io/network: n2') =>
  `      - { apiVersion: v1, kind: Service, metadata: { name: gw, namespace: istio-system, labels: { ${labels} } }, spec: ${spec}, status: ${status} }\n`
const tls = '{ name: tls, port: 15443, targetPort: 15443, nodePort: 31443 }'
const balanced = '{ loadBalancer: { ingress: [{ ip: 34.0.0.2 }, { hostname: gw.example }] } }'
const gatewaysOf = (east: string, networks = '{}', header = '', observed = '') =>
  [...topology(east, networks, header, observed).view('west').gateways].flatMap(([network, list]) =>
    list.map(({ cluster, address, port }) => [network, cluster, address, port]),
  )

describe('ways into a network', () => {
  it('an address of meshNetworks, with its port and no cluster (NET-6)', () => {
    expect(gatewaysOf('', '{ n2: { gateways: [{ address: 34.0.0.1, port: 443 }] } }')).toEqual([['n2', '', '34.0.0.1', 443]])
  })

  it('a Service of meshNetworks by its full name, where the same network claims its cluster (NET-6)', () => {
    const networks = (claim: string) =>
      `{ n2: { endpoints: [${claim}], gateways: [{ registryServiceName: gw.istio-system.svc.cluster.local, port: 15443 }] } }`
    const east = gateway(`{ type: LoadBalancer, ports: [${tls}] }`, balanced, '')
    expect(gatewaysOf(east, networks('{ fromRegistry: east }'))).toEqual([
      ['n2', 'east', '34.0.0.2', 15443],
      ['n2', 'east', 'gw.example', 15443],
    ])
    expect(gatewaysOf(east, networks('{ fromRegistry: west }'))).toEqual([])
  })

  it('a labelled Service with the advertised port, 15443 or the label’s (NET-6)', () => {
    expect(gatewaysOf(gateway(`{ type: LoadBalancer, ports: [${tls}] }`, balanced))).toHaveLength(2)
    expect(gatewaysOf(gateway('{ type: LoadBalancer, ports: [{ port: 443 }] }', balanced))).toEqual([])
    const labels = 'topology.istio.io/network: n2, networking.istio.io/gatewayPort: "443"'
    expect(gatewaysOf(gateway('{ type: LoadBalancer, ports: [{ port: 443 }] }', balanced, labels))[0]?.[3]).toBe(443)
  })

  it('one that has only the tunnel port is known, with mutual TLS port 0 (NET-6)', () => {
    expect(gatewaysOf(gateway('{ type: LoadBalancer, ports: [{ port: 15008 }] }', balanced))[0]?.[3]).toBe(0)
  })

  it('a label beats the name in meshNetworks (NET-6)', () => {
    const networks =
      '{ n9: { endpoints: [{ fromRegistry: east }], gateways: [{ registryServiceName: gw.istio-system.svc.cluster.local, port: 15443 }] } }'
    expect(gatewaysOf(gateway(`{ type: LoadBalancer, ports: [${tls}] }`, balanced), networks).map(([network]) => network)).toEqual([
      'n2',
      'n2',
    ])
  })

  it('a Kubernetes Gateway with addresses of its own (NET-6)', () => {
    const object = `      - apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: { name: g, namespace: istio-system, labels: { topology.istio.io/network: n2 } }
        spec: { gatewayClassName: istio, addresses: [{ type: IPAddress, value: 34.0.0.7 }], listeners: [{ name: tls, port: 15443, protocol: TLS, tls: { mode: Passthrough } }, { name: http, port: 80, protocol: HTTP }] }
`
    expect(gatewaysOf(object)).toEqual([['n2', 'east', '34.0.0.7', 15443]])
  })

  it('no external address is no gateway, which is not a gateway that is down (NET-7)', () => {
    expect(gatewaysOf(gateway(`{ type: ClusterIP, clusterIP: 10.0.0.1, ports: [${tls}] }`))).toEqual([])
    expect(gatewaysOf(gateway(`{ type: LoadBalancer, ports: [${tls}] }`), '{}', '', 'observed: true')).toEqual([])
  })

  it('a declared load balancer is assumed to get an address (NET-7)', () => {
    const [found] =
      topology(gateway(`{ type: LoadBalancer, ports: [${tls}] }`))
        .view('west')
        .gateways.get('n2') ?? []
    expect(found).toMatchObject({
      address: 'assumed:east/istio-system/gw',
      port: 15443,
      assumed: true,
      service: { cluster: 'east', namespace: 'istio-system', name: 'gw' },
    })
  })

  it('a load balancer without status is assumed to get the address that it asks for; what it got stands in its status (NET-7)', () => {
    const asking = `{ type: LoadBalancer, loadBalancerIP: 34.0.0.9, ports: [${tls}] }`
    expect(gatewaysOf(gateway(asking))).toEqual([['n2', 'east', '34.0.0.9', 15443]])
    expect(topology(gateway(asking)).view('west').gateways.get('n2')?.[0]?.assumed).toBe(true)
    expect(gatewaysOf(gateway(asking, '{ loadBalancer: {} }'), '{}', '', 'observed: true')).toEqual([])
    expect(gatewaysOf(gateway(asking), '{}', '', 'observed: true').map(([, , address]) => address)).toEqual(['34.0.0.9'])
    expect(gatewaysOf(gateway(asking, balanced)).map(([, , address]) => address)).toEqual(['34.0.0.2', 'gw.example'])
    expect(gatewaysOf(gateway(`{ type: ClusterIP, loadBalancerIP: 34.0.0.9, ports: [${tls}] }`))).toEqual([])
  })

  it('external IPs serve for any type (NET-7)', () => {
    expect(gatewaysOf(gateway(`{ type: ClusterIP, externalIPs: [34.0.0.5], ports: [${tls}] }`))).toEqual([
      ['n2', 'east', '34.0.0.5', 15443],
    ])
  })

  it('annotated node ports are met at the first external address of each selected node (NET-7)', () => {
    const node = (name: string, ingress: string) =>
      `      - { apiVersion: v1, kind: Node, metadata: { name: ${name}, labels: { ingress: "${ingress}" } }, status: { addresses: [{ type: ExternalIP, address: 35.0.0.${name.length} }, { type: ExternalIP, address: 35.9.9.9 }] } }\n`
    const service = `      - { apiVersion: v1, kind: Service, metadata: { name: gw, namespace: istio-system, labels: { topology.istio.io/network: n2 }, annotations: { traffic.istio.io/nodeSelector: '{"ingress":"yes"}' } }, spec: { type: NodePort, ports: [${tls}] } }\n`
    expect(gatewaysOf(node('a', 'yes') + node('bb', 'no') + service)).toEqual([['n2', 'east', '35.0.0.1', 31443]])
  })

  it('the header supplies the address of a Service, or tells a gateway that no object shows', () => {
    const header = 'gateways: [{ cluster: east, service: istio-system/gw, addresses: [34.0.0.8] }]'
    expect(gatewaysOf(gateway(`{ type: LoadBalancer, ports: [${tls}] }`), '{}', header)).toEqual([['n2', 'east', '34.0.0.8', 15443]])
    expect(gatewaysOf('', '{}', 'gateways: [{ cluster: east, network: n2, addresses: [34.0.0.8], port: 443 }]')).toEqual([
      ['n2', 'east', '34.0.0.8', 443],
    ])
  })

  it('the address of an ordinary gateway is no way into a network', () => {
    const header = 'gateways: [{ cluster: east, service: istio-system/gw, addresses: [34.0.0.8] }]'
    expect(gatewaysOf(labelledNamespace('n2') + gateway(`{ type: LoadBalancer, ports: [${tls}] }`, '{}', ''), '{}', header)).toEqual([])
  })
})

describe('routing between networks', () => {
  it('goes one way where it is stated, and is free where no network is named (TOPO-4)', () => {
    const snapshot = snapshotOf('networks: [{ name: a, routableTo: [b] }, { name: b }]\nclusters: []\n')
    expect([snapshot.routable('a', 'b'), snapshot.routable('b', 'a'), snapshot.routable('a', 'a'), snapshot.routable('', 'b')]).toEqual([
      true,
      false,
      true,
      true,
    ])
  })

  it('clusters that state no network share one flat one, and that is said', () => {
    expect(topology('').assumptions.map(({ code }) => code)).toContain('NETWORK_ASSUMED_FLAT')
  })
})
