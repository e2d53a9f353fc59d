import { describe, expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { cluster, istio, type Raw, pod, service, slice, topology } from '../objects.js'

const [first, second] = ['10.1.0.1', '10.1.0.2']
const port = (name: string) => ({ ports: [{ name, port: 4000, targetPort: 4000 }] })
const deployed = (name: string, ip: string): Raw => {
  const one = pod(name, ip, { app: 'db' })
  const meta = one['metadata'] as Raw
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', controller: true }]
  return { ...one, metadata: { ...meta, ownerReferences } }
}
const denyAll: Raw = {
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'nobody', namespace: 'shop' },
  spec: {},
}
const strict = istio('PeerAuthentication', 'default', { mtls: { mode: 'STRICT' } })
const mesh = (portName: string, ips: readonly string[], spec: Raw = { clusterIP: 'None' }, more: readonly Raw[] = [denyAll, strict]) => [
  ...ips.map((ip, index) => deployed(`db-${index}`, ip)),
  pod('web', '10.1.0.9', { app: 'web' }),
  service('db', { ...spec, ...port(portName) }),
  slice(
    'db',
    ips.map((ip, index) => ({ ip, pod: `db-${index}` })),
    { port: { name: portName, port: 4000 } },
  ),
  ...more,
]
const asked = (objects: readonly Raw[], workload: string, host: string, header: Raw = {}) =>
  answerTo(topology([cluster('west', objects, header)]), {
    from: { cluster: 'west', namespace: 'shop', workload },
    to: { host, port: 4000 },
  })
const said = (...args: Parameters<typeof asked>): string => {
  const { verdict, reason } = asked(...args)
  return `${verdict} ${reason}`
}
const each = (...args: Parameters<typeof asked>): readonly string[] =>
  asked(...args).endpoints.map(({ address, verdict }) => `${address} ${verdict}`)

describe('what a pod dials at its own address stays in it, and no proxy sees it, its own listeners and policies neither (ROUTE-33)', () => {
  it.each(['http', 'tcp', 'unnamed'])('by the address itself, at a port that is declared %s', (name) => {
    expect(said(mesh(name, [first]), 'db-0', first)).toBe('REACHABLE PASSTHROUGH')
    expect(asked(mesh(name, [first]), 'web', first).verdict).toBe('UNREACHABLE')
    expect(said(mesh(name, [first, second]), 'db-0', first)).toBe('REACHABLE PASSTHROUGH')
    expect(asked(mesh(name, [first, second]), 'db-1', first).verdict).toBe('UNREACHABLE')
  })

  it('whatever its proxy is told of destinations that it does not know', () => {
    const only = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: 'istio-system' },
      data: { mesh: 'outboundTrafficPolicy: { mode: REGISTRY_ONLY }' },
    }
    const alone = [deployed('db-0', first), strict, only]
    expect(said(alone, 'db-0', first)).toBe('REACHABLE PASSTHROUGH')
    expect(asked([...alone, pod('web', '10.1.0.9', { app: 'web' })], 'web', first).verdict).toBe('UNREACHABLE')
  })

  it.each(['http', 'tcp', 'unnamed'])('by a headless service of port %s whose only pod it is', (name) => {
    expect(said(mesh(name, [first]), 'db-0', 'db')).toBe('REACHABLE PASSTHROUGH')
    expect(said(mesh(name, [first]), 'db', 'db')).toBe('REACHABLE PASSTHROUGH')
    expect(asked(mesh(name, [first]), 'web', 'db').verdict).toBe('UNREACHABLE')
  })

  it.each(['http', 'tcp', 'unnamed'])('by a headless service of port %s where it is one of several, each for itself', (name) => {
    expect(said(mesh(name, [first, second]), 'db-0', 'db')).toBe('AMBIGUOUS DENIED')
    expect(each(mesh(name, [first, second]), 'db-0', 'db')).toEqual([`${first} REACHABLE`, `${second} UNREACHABLE`])
    expect(each(mesh(name, [first, second]), 'db-1', 'db')).toEqual([`${first} UNREACHABLE`, `${second} REACHABLE`])
    expect(asked(mesh(name, [first, second]), 'db', 'db').verdict).toBe('AMBIGUOUS')
    expect(said(mesh(name, [first, second], { clusterIP: 'None' }, [strict]), 'db', 'db')).toBe('REACHABLE DELIVERED')
  })

  it('unless nothing listens there, at a port of the service that leads to another one', () => {
    const objects = mesh('http', [first]).map((one) =>
      one['kind'] === 'Service' ? service('db', { clusterIP: 'None', ports: [{ name: 'http', port: 4000, targetPort: 5000 }] }) : one,
    )
    const elsewhere = [
      ...objects.filter(({ kind }) => kind !== 'EndpointSlice'),
      slice('db', [{ ip: first, pod: 'db-0' }], { port: { name: 'http', port: 5000 } }),
    ]
    expect(said(elsewhere, 'db-0', 'db')).toBe('UNREACHABLE NOT_LISTENING')
  })

  it('but not by the address of a Service, which its proxy takes and brings back', () => {
    const behind = mesh('http', [first], { clusterIP: '10.255.0.1' })
    expect(asked(behind, 'db-0', 'db').verdict).toBe('UNREACHABLE')
    const past = mesh('http', [first], { clusterIP: '10.255.0.1' }, [
      denyAll,
      istio('Sidecar', 'default', { egress: [{ hosts: ['~/*'] }] }),
    ])
    expect(asked(past, 'db-0', 'db').verdict).toBe('UNREACHABLE')
    const route = [{ destination: { host: 'peers' } }]
    const led = mesh('http', [first], { clusterIP: '10.255.0.1' }, [
      denyAll,
      { ...service('peers', { clusterIP: 'None', selector: { app: 'db' }, ...port('http') }) },
      slice('peers', [{ ip: first, pod: 'db-0' }], { port: { name: 'http', port: 4000 } }),
      istio('VirtualService', 'db', { hosts: ['db'], http: [{ route }] }),
    ])
    expect(asked(led, 'db-0', 'db').verdict).toBe('UNREACHABLE')
  })
})

describe('what a pod sends to itself through its proxy comes back by its proxy, which takes it at every port (TLS-11)', () => {
  const excluding = (ips: readonly string[], more: readonly Raw[] = []) =>
    mesh('http', ips, { clusterIP: '10.255.0.1' }, more).map((one) => {
      const meta = one['metadata'] as Raw
      const annotations = { 'traffic.sidecar.istio.io/excludeInboundPorts': '4000' }
      return one['kind'] === 'Pod' ? { ...one, metadata: { ...meta, annotations } } : one
    })

  it('at one that is kept away from it on the way in as well, where others find mutual TLS taken for nothing', () => {
    expect(said(excluding([first]), 'db-0', 'db')).toBe('REACHABLE DELIVERED')
    expect(said(excluding([first], [strict]), 'db-0', 'db')).toBe('REACHABLE DELIVERED')
    expect(said(excluding([first], [denyAll]), 'db-0', 'db')).toBe('UNREACHABLE DENIED')
    expect(said(excluding([first]), 'web', 'db')).toBe('UNREACHABLE TLS_REJECTED')
  })

  it('of several of a service each only for itself', () => {
    expect(each(excluding([first, second]), 'db-0', 'db')).toEqual([`${first} REACHABLE`, `${second} UNREACHABLE`])
    expect(asked(excluding([first, second]), 'db', 'db').verdict).toBe('AMBIGUOUS')
  })
})
