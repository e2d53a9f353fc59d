import { describe, expect, it } from 'vitest'
import { deployment, destinationRule, type Manifest, serviceEntry, sidecar, virtualService } from '../calling.js'
import { app, backendTls, fromClient, httpRoute, led, said, send, told, toService } from './api.js'

const parent = toService('db', 'data')
const services = [deployment('web/client'), ...app('data/db'), ...app('data/db-v2')]
const to = (home: string, more: Manifest = {}, created = '2026-01-01T00:00:00Z') =>
  httpRoute(
    `${home}/db`,
    { parentRefs: [parent], rules: [{ backendRefs: [send('db-v2', { namespace: 'data' })] }], ...more },
    { creationTimestamp: created },
  )
const call = (objects: readonly Manifest[], asked = {}) => fromClient('web')([...services, ...objects], 'db.data', asked)

describe('routes of the mesh', () => {
  it('are for a Service whatever hostnames they have, and for one of its ports where the parent names it (GWAPI-57)', () => {
    expect(led(call([to('data', { hostnames: ['elsewhere.example'] })]))).toBe('db-v2')
    expect(led(call([to('data', { parentRefs: [{ ...parent, port: 80 }] })]))).toBe('db-v2')
    expect(led(call([to('data', { parentRefs: [{ ...parent, port: 81 }] })]))).toBe('db')
  })

  it('of the client’s namespace hide a public VirtualService of it, and not a private one (GWAPI-60)', () => {
    const vs = (exportTo: readonly string[]) =>
      virtualService('web/db', {
        hosts: ['db.data.svc.cluster.local'],
        exportTo,
        http: [{ route: [{ destination: { host: 'db.data.svc.cluster.local' } }] }],
      })
    expect(led(call([to('web', {}, '2026-03-01T00:00:00Z'), vs(['*'])]))).toBe('db-v2')
    expect(led(call([to('web'), vs(['.'])]))).toBe('db')
  })

  it('are exported as VirtualServices are by default (GWAPI-62)', () => {
    expect(led(call([to('data')], { meshConfig: { defaultVirtualServiceExportTo: ['.'] } }))).toBe('db')
    expect(led(call([to('web')], { meshConfig: { defaultVirtualServiceExportTo: ['.'] } }))).toBe('db-v2')
  })

  it('count where a Sidecar imports all that their host stands for, from the route’s namespace (GWAPI-63)', () => {
    const imports = (...hosts: readonly string[]) => sidecar('web/default', { egress: [{ hosts }] })
    expect(led(call([to('data'), imports('data/*')]))).toBe('db-v2')
    expect(led(call([to('web'), imports('data/*')]))).toBe('db')
    expect(led(call([to('web'), imports('data/*', './*')]))).toBe('db-v2')
  })

  it('of a third namespace say nothing of what a port without a protocol speaks (GWAPI-58, ROUTE-10)', () => {
    const auto = [deployment('web/client'), ...app('data/db', { ports: [{ name: 'db', port: 80 }] }), ...app('data/db-v2')]
    const decided = (home: string) => fromClient('web')([...auto, to(home)], 'db.data').conditions.map(({ code, on }) => `${code} ${on}`)
    expect(decided('ops')).toEqual([])
    expect(decided('data')).toEqual(['ROUTE_BY_ATTRIBUTE protocol'])
  })

  it('tell whom they leave without a say, and why (GWAPI-58, GWAPI-60)', () => {
    const both = call([to('data'), to('web')])
    expect(told(both)).toContain('HTTPRoute `data/db` does not count: routes of the caller’s own namespace take the place of all others')
    const third = call([to('ops')]).steps.find(({ stage }) => stage === 'ROUTE')?.nearMisses[0]
    expect(third?.why).toBe('is of neither the service’s namespace nor the client’s, and requests do not follow it')
  })

  it('of a wildcard’s ServiceEntry do nothing for requests (GWAPI-64)', () => {
    const entry = serviceEntry('data/wide', {
      hosts: ['*.svc.cluster.local'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'NONE',
    })
    const wide = to('data', { parentRefs: [{ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'wide', namespace: 'data' }] })
    expect(led(call([entry, wide]))).toBe('db')
  })

  it('without rules take every request and lead nowhere, as the API server’s default says (GWAPI-37, GWAPI-48)', () => {
    const bare = httpRoute('data/db', { parentRefs: [parent] })
    expect(said(call([bare]))).toBe(said(call([to('data', { rules: [{}] })])))
    expect(call([bare]).verdict).toBe('UNREACHABLE')
  })

  it('that are attached to nothing change nothing (GWAPI-35)', () => {
    const nothing = to('data', { parentRefs: [toService('nobody', 'data')] })
    expect(call([nothing]).steps.map(({ message }) => message)).toEqual(call([]).steps.map(({ message }) => message))
    expect(call([to('data', { parentRefs: [] })]).verdict).toBe(call([]).verdict)
  })
})

describe('a BackendTLSPolicy', () => {
  const policy = backendTls('data/tls', {
    targetRefs: [{ group: '', kind: 'Service', name: 'db' }],
    validation: { hostname: 'db.example', caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] },
  })
  const rule = destinationRule('data/db', { host: 'db', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } })

  it('fills what a DestinationRule of the namespace leaves open, and before 1.31 stood before it (GWAPI-69)', () => {
    expect(led(call([policy, rule]))).toBe('db')
    expect(said(call([policy, rule], { version: '1.30.0' }))).toBe('UNREACHABLE TLS_REJECTED')
    expect(said(call([policy, rule], { version: '1.27.0' }))).toBe('REACHABLE DELIVERED')
  })

  it('is hidden by a rule of the client’s own namespace (GWAPI-69)', () => {
    expect(said(call([policy]))).toBe('UNREACHABLE TLS_REJECTED')
    expect(led(call([policy, destinationRule('web/db', { host: 'db.data.svc.cluster.local' })]))).toBe('db')
  })
})
