import { describe, expect, it } from 'vitest'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { traceCall } from '#engine/analysis/trace-call'
import { listVisible } from '#engine/analysis/visibility/list-visible'
import type { Reachability } from '#engine/model/reachability'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { snapshotOf } from '../../from-yaml.js'
import { cluster, istio, pod, type Raw, service, slice, topology } from '../objects.js'

const ask = (snapshot: Snapshot, workload: string, host: string, port: number): Reachability => {
  const question = { from: { cluster: 'west', namespace: 'shop', workload }, to: { host, port } }
  const trace = traceCall(snapshot, question, 0)
  if ('problem' in trace) throw new Error(trace.problem.message)
  return answerFrom(trace, question)
}

/** An ingress and egress gateway whose Service names its port 443 `https`, and a ServiceEntry behind it. */
const edge = (tls: string): Snapshot =>
  snapshotOf(`
controlPlanes: [{ name: west, cluster: west }]
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: istio-system } }
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: naked, namespace: shop }, spec: { template: { metadata: { labels: { app: naked } }, spec: { containers: [{ name: app }] } } } }
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop }, spec: { template: { metadata: { labels: { app: web, sidecar.istio.io/inject: 'true' } }, spec: { containers: [{ name: app }] } } } }
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: edge, namespace: istio-system }, spec: { template: { metadata: { labels: { istio: edge } }, spec: { containers: [{ name: istio-proxy, args: [proxy, router] }] } } } }
      - { apiVersion: v1, kind: Service, metadata: { name: edge, namespace: istio-system }, spec: { clusterIP: 10.0.0.7, selector: { istio: edge }, ports: [{ name: http2, port: 80, targetPort: 8080 }, { name: https, port: 443, targetPort: 8443 }] } }
      - { apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop }, spec: { clusterIP: 10.0.0.8, selector: { app: web }, ports: [{ name: http, port: 80 }] } }
      - { apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: api, namespace: shop }, spec: { hosts: [api.example.com], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS } }
      - { apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: edge, namespace: shop }, spec: { selector: { istio: edge }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }, { port: { number: 443, name: https, protocol: HTTPS }, hosts: ['*'], tls: ${tls} }] } }
      - apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: api, namespace: shop }
        spec:
          hosts: [api.example.com]
          gateways: [mesh, edge]
          http:
            - { match: [{ gateways: [mesh] }], route: [{ destination: { host: edge.istio-system.svc.cluster.local, port: { number: 80 } } }] }
            - { match: [{ gateways: [edge] }], route: [{ destination: { host: api.example.com, port: { number: 80 } } }] }
      - { apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: web, namespace: shop }, spec: { hosts: [edge.istio-system, edge.istio-system.svc.cluster.local], gateways: [edge], http: [{ route: [{ destination: { host: web } }] }] } }
`)

describe('what stands between', () => {
  it('a gateway that routes the request on is said to, and is not the destination (ROUTE-13)', () => {
    const answer = ask(edge('{ mode: SIMPLE, credentialName: c }'), 'web', 'api.example.com', 80)
    expect(answer.verdict, answer.summary).toBe('REACHABLE')
    expect(answer.summary).toContain('by way of 1 gateway endpoint in `west`, which routes it on')
  })

  it.each([
    ['a gateway that ends TLS takes it (TLS-8, TLS-13)', '{ mode: SIMPLE, credentialName: c }', 'REACHABLE'],
    ['one that wants Istio’s does not (TLS-8, TLS-13)', '{ mode: ISTIO_MUTUAL }', 'UNREACHABLE'],
  ])('a client without proxy brings its own TLS to a port declared so: %s', (_title, tls, verdict) => {
    expect(ask(edge(tls), 'naked', 'edge.istio-system', 443).verdict).toBe(verdict)
  })
})

describe('localities that a distribution leaves out', () => {
  const place = (region: string): Raw => ({ 'istio-locality': `${region}.a` })
  const rule = istio('DestinationRule', 'reviews', {
    host: 'reviews',
    trafficPolicy: {
      loadBalancer: { localityLbSetting: { enabled: true, distribute: [{ from: 'one/*', to: { 'one/*': 100 } }] } },
    },
  })
  const snapshot = topology([
    cluster('west', [
      pod('web', '10.1.0.99', { app: 'web', ...place('one') }),
      service('reviews'),
      pod('near', '10.1.0.1', { app: 'reviews', ...place('one') }),
      pod('far', '10.1.0.2', { app: 'reviews', ...place('two') }),
      slice('reviews', [
        { ip: '10.1.0.1', pod: 'near' },
        { ip: '10.1.0.2', pod: 'far' },
      ]),
      rule,
    ]),
  ])

  it('are dropped from what the proxy is shown to have (LB-4)', () => {
    const seen = listVisible(snapshot, { from: { cluster: 'west', namespace: 'shop', workload: 'web' }, host: 'reviews', endpoints: true })
    if ('problem' in seen) throw new Error(seen.problem.message)
    const subset = seen.services[0]?.ports[0]?.subsets[0]
    expect(subset?.endpoints.map(({ address }) => address)).toEqual(['10.1.0.1'])
    expect(subset?.dropped.map(({ address, reason }) => `${address} ${reason}`)).toEqual(['10.1.0.2 NOT_DISTRIBUTED'])
  })
})
