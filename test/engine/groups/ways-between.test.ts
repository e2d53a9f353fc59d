import { describe, expect, it } from 'vitest'
import { type Manifest, namespace, service, serviceEntry, sidecar, virtualService, world } from '../analysis/calling.js'
import { isolation, lines } from './turned.js'

const between = [{ namespace: 'shop' }, { namespace: 'other' }]

/** A pod with a proxy that listens at 8080 and says so. */
const pod = (name: string, address: string): Manifest => {
  const [home = '', own = ''] = name.split('/')
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: home, name: own, labels: { app: own, 'security.istio.io/tlsMode': 'istio' } },
    spec: {
      containers: [
        { name: 'app', image: 'app', ports: [{ containerPort: 8080 }] },
        { name: 'istio-proxy', image: 'proxy' },
      ],
    },
    status: { phase: 'Running', podIP: address, conditions: [{ type: 'Ready', status: 'True' }] },
  }
}

const ports = [{ name: 'http', port: 80, targetPort: 8080 }]

/** Calls nothing but what stands in its own namespace, and in `third`. */
const narrow = (home: string): Manifest =>
  sidecar(`${home}/narrow`, { egress: [{ hosts: ['./*', 'third/*'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } })

const closed = [
  ...['shop', 'other', 'third'].map((name) => namespace(name)),
  pod('shop/web', '10.1.0.1'),
  pod('other/client', '10.1.0.2'),
  service('shop/web', { ports: [...ports, { name: 'tcp', port: 91, targetPort: 9091 }] }),
  narrow('shop'),
  narrow('other'),
]
const seen = (...objects: readonly Manifest[]) =>
  isolation(world({ clusters: { west: [...closed, ...objects] }, cluster: { observed: true } }), { between, by: 'WORKLOAD' })

const entry = (host: string, spec: Manifest): Manifest =>
  serviceEntry('third/entry', {
    hosts: [host],
    addresses: ['240.0.0.1'],
    ports: [{ number: 80, name: 'http', protocol: 'HTTP', targetPort: 8080 }],
    resolution: 'STATIC',
    ...spec,
  })

describe('isolation of two that see nothing of each other', () => {
  it('holds as long as nothing else leads from the one to the other (VIS-14)', () => {
    expect(seen().verdict).toBe('HOLDS')
  })

  it('is broken by a route that sends calls to a service of the one to a service of the other (VIS-21)', () => {
    const api = service('other/api', { ports })
    const route = virtualService('other/api', {
      hosts: ['api'],
      http: [{ route: [{ destination: { host: 'web.shop.svc.cluster.local' } }] }],
    })
    const answer = seen(api, route)
    expect(answer.verdict).toBe('BROKEN')
    expect(lines(answer)[0]).toBe('WORKLOAD west/other/client (1) > api.other.svc.cluster.local:80 REACHABLE DELIVERED')
  })

  it('is broken by connections that are sent there as well (ROUTE-9)', () => {
    const api = service('other/api', { clusterIP: '10.0.0.10', ports: [{ name: 'tcp', port: 90, targetPort: 9091 }] })
    const route = virtualService('other/api', {
      hosts: ['api'],
      tcp: [{ route: [{ destination: { host: 'web.shop.svc.cluster.local', port: { number: 91 } } }] }],
    })
    expect(lines(seen(api, route))[0]).toBe('WORKLOAD west/other/client (1) > api.other.svc.cluster.local:90 REACHABLE DELIVERED')
  })

  it('is broken by a Service without a selector in a third namespace, whose endpoints somebody wrote', () => {
    const door = service('third/door', { selector: undefined, ports })
    const slice: Manifest = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { namespace: 'third', name: 'door-1', labels: { 'kubernetes.io/service-name': 'door' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.1.0.1'], conditions: { ready: true } }],
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    }
    expect(lines(seen(door, slice))[0]).toBe('WORKLOAD west/other/client (1) > door.third.svc.cluster.local:80 REACHABLE DELIVERED')
  })

  it.each([
    ['the address of a pod', { endpoints: [{ address: '10.1.0.1' }] }],
    ['the address of its Service', { endpoints: [{ address: '10.0.0.9', ports: { http: 80 } }] }],
    ['the name of its Service', { resolution: 'DNS', endpoints: [{ address: 'web.shop.svc.cluster.local', ports: { http: 80 } }] }],
  ])('is broken by a ServiceEntry that leads to %s', (_, spec) => {
    expect(lines(seen(entry('alias.example', spec)))[0]).toBe('WORKLOAD west/other/client (1) > alias.example:80 REACHABLE DELIVERED')
  })

  it('is broken by a name under a wildcard, of which any is asked and can be traced (VIS-7)', () => {
    const answer = seen(entry('*.example', { endpoints: [{ address: '10.1.0.1' }] }))
    expect(lines(answer)[0]).toBe('WORKLOAD west/other/client (1) > *.example:80 REACHABLE DELIVERED')
    expect(answer.rows[0]?.trace?.to).toEqual({ host: 'any.example', port: 80 })
  })

  it('is not known where calls arrive at an address of which nothing says who stands there', () => {
    const both = entry('alias.example', { endpoints: [{ address: '10.1.0.1' }, { address: '10.99.0.1' }] })
    const shut: Manifest = {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { namespace: 'shop', name: 'nobody' },
      spec: {},
    }
    const answer = seen(both, shut)
    expect(answer.verdict).toBe('UNDETERMINED')
    expect(answer.rows[0]).toMatchObject({
      verdict: 'UNDETERMINED',
      reason: 'INPUT_MISSING',
      because: [{ kind: 'ServiceEntry', name: 'entry' }],
    })
  })
})
