import { describe, expect, it } from 'vitest'
import { ask, cluster, istio, type Manifest, service, topology } from './asking.js'

const pod = (name: string, app: string, podIP: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name, labels: { app, 'security.istio.io/tlsMode': 'istio' } },
  spec: {
    serviceAccountName: app,
    containers: [
      { name: 'app', image: 'app', ports: [{ containerPort: 8080 }] },
      { name: 'istio-proxy', image: 'istio/proxyv2:1.30.2' },
    ],
  },
  status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions: [{ type: 'Ready', status: 'True' }] },
})
const slice = (name: string, address: string, podName: string): Manifest => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { namespace: 'shop', name: `${name}-1`, labels: { 'kubernetes.io/service-name': name } },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 8080 }],
  endpoints: [{ addresses: [address], conditions: { ready: true }, targetRef: { kind: 'Pod', name: podName } }],
})

/** `shop/web` calls; requests for `front` and `heads` are led to `back`, whose load balancer is PASSTHROUGH, in plaintext: its identity is another. */
const objects = [
  pod('web-0', 'web', '10.1.0.1'),
  service('shop/front', { clusterIP: '10.9.0.1' }),
  pod('front-0', 'front', '10.1.0.2'),
  slice('front', '10.1.0.2', 'front-0'),
  service('shop/heads', { clusterIP: 'None', ports: [{ name: 'http', port: 8080 }] }),
  pod('heads-0', 'heads', '10.1.0.3'),
  slice('heads', '10.1.0.3', 'heads-0'),
  service('shop/back', {
    clusterIP: '10.9.0.2',
    ports: [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'http-2', port: 8080 },
    ],
  }),
  pod('back-0', 'back', '10.1.0.4'),
  slice('back', '10.1.0.4', 'back-0'),
  istio('DestinationRule', 'shop/back', {
    host: 'back',
    trafficPolicy: { loadBalancer: { simple: 'PASSTHROUGH' }, tls: { mode: 'DISABLE' } },
  }),
  ...['front', 'heads'].map((host) =>
    istio('VirtualService', `shop/${host}`, { hosts: [host], http: [{ route: [{ destination: { host: 'back' } }] }] }),
  ),
]

describe('a route that leads to a service whose address the proxy keeps (EDS-14, EDS-31, ROUTE-32)', () => {
  const met = (to: string) => {
    const { verdict, endpoints } = ask(topology([cluster('west', objects)]), 'west/shop/web-0', to)
    return [verdict, ...endpoints.filter(({ verdict: one }) => one === 'REACHABLE').map(({ address }) => address)].join(' ')
  }

  it.each([
    ['by its name', 'front:80', '10.1.0.2'],
    ['by its address', '10.9.0.1:80', '10.1.0.2'],
    ['the pods of a headless one by its name', 'heads:8080', '10.1.0.3'],
    ['a pod of a headless one by its address', '10.1.0.3:8080', '10.1.0.3'],
    ['the service itself by its name', 'back:80', '10.1.0.4'],
    ['the service itself by its address', '10.9.0.2:80', '10.1.0.4'],
  ])('gets to whom the application dials: %s', (_title, to, address) => {
    expect(met(to)).toMatch(new RegExp(`^REACHABLE ${address}(:|$)`))
  })
})
