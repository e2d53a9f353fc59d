import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../from-yaml.js'
import { answerTo } from './asking.js'

const node = (zone: string) =>
  `{ apiVersion: v1, kind: Node, metadata: { name: node-${zone}, labels: { topology.kubernetes.io/region: r, topology.kubernetes.io/zone: ${zone} } } }`
const pod = (app: string, zone: string, ip: string) =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: ${app}-x1-${zone}, namespace: shop, labels: { app: ${app}, pod-template-hash: x1, security.istio.io/tlsMode: istio }, ownerReferences: [{ kind: ReplicaSet, name: ${app}-x1, controller: true }] }, spec: { nodeName: node-${zone}, containers: [{ name: app, ports: [{ containerPort: 8080 }] }, { name: istio-proxy }] }, status: { phase: Running, podIP: ${ip} } }`
const endpoint = (zone: string, ip: string) =>
  `{ addresses: [${ip}], conditions: { ready: true }, nodeName: node-${zone}, targetRef: { kind: Pod, name: server-x1-${zone}, namespace: shop } }`

/** A client and a server in two zones each; `extra` is put beside them. */
const tracedWith = (extra = '') => {
  const snapshot = snapshotOf(`
clusters:
  - name: west
    network: n1
    controlPlane: { role: PRIMARY }
    resources:
      - ${node('a')}
      - ${node('b')}
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - { apiVersion: v1, kind: Service, metadata: { name: server, namespace: shop }, spec: { clusterIP: 10.1.0.1, selector: { app: server }, ports: [{ name: http, port: 80, targetPort: 8080 }] } }
      - ${pod('client', 'a', '10.0.0.1')}
      - ${pod('client', 'b', '10.0.0.2')}
      - ${pod('server', 'a', '10.0.0.3')}
      - ${pod('server', 'b', '10.0.0.4')}
      - { apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: { name: server-1, namespace: shop, labels: { kubernetes.io/service-name: server } }, ports: [{ name: http, port: 8080 }], endpoints: [${endpoint('a', '10.0.0.3')}, ${endpoint('b', '10.0.0.4')}] }
${extra}
`)
  return answerTo(snapshot, { from: { cluster: 'west', namespace: 'shop', workload: 'client' }, to: { host: 'server', port: 80 } })
}

describe('clients that differ only in their place', () => {
  it('share one answer where localities do not count: every endpoint is told once (LB-1)', () => {
    const { verdict, endpoints } = tracedWith()
    expect(verdict).toBe('REACHABLE')
    expect(endpoints.map(({ address, share }) => [address, share])).toEqual([
      ['10.0.0.3', 0.5],
      ['10.0.0.4', 0.5],
    ])
  })

  it('are asked each for itself with outlier detection, because the closest endpoint is another one (LB-1, LB-2)', () => {
    const { endpoints } = tracedWith(
      '      - { apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: server, namespace: shop }, spec: { host: server, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 3 } } } }',
    )
    // The client in zone a takes the server there and keeps the other in reserve; the client in zone b the other way round.
    expect(endpoints.map(({ address, priority, share }) => [address, priority, share])).toEqual([
      ['10.0.0.3', 0, 1],
      ['10.0.0.4', 1, 0],
      ['10.0.0.3', 1, 0],
      ['10.0.0.4', 0, 1],
    ])
  })
})

describe('replicas', () => {
  it('are followed alike, and each keeps its own address and evidence', () => {
    const { endpoints } = tracedWith()
    const networks = endpoints.map(({ steps }) => steps.find(({ stage }) => stage === 'NETWORK')?.message)
    expect(networks).toEqual(['`10.0.0.3` is dialled directly', '`10.0.0.4` is dialled directly'])
    const stages = endpoints.map(({ steps }) => steps.map(({ stage }) => stage))
    expect(stages[0]).toEqual(['NETWORK', 'NETWORK_POLICY', 'TRANSPORT', 'TRUST', 'AUTHORIZATION'])
    expect(stages[1]).toEqual(stages[0])
  })

  it('are told apart where the evidence is the instance itself: each one’s step names its own pod', () => {
    const { endpoints } = tracedWith()
    const evidence = endpoints.map(({ steps }) => steps.find(({ stage }) => stage === 'TRANSPORT')?.because.map(({ name }) => name) ?? [])
    // No PeerAuthentication decides, so that the server itself is what stands behind the mode.
    expect(evidence[0]).toContain('server-x1-a')
    expect(evidence[1]).toContain('server-x1-b')
  })

  it('are told apart where a policy looks at their addresses (AUTHZ-19)', () => {
    const { endpoints } = tracedWith(
      "      - { apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: one, namespace: shop }, spec: { selector: { matchLabels: { app: server } }, action: DENY, rules: [{ when: [{ key: destination.ip, values: ['10.0.0.4'] }] }] } }",
    )
    expect(endpoints.map(({ address, verdict }) => [address, verdict])).toEqual([
      ['10.0.0.3', 'REACHABLE'],
      ['10.0.0.4', 'UNREACHABLE'],
    ])
  })
})
