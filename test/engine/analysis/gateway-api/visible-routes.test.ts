import { describe, expect, it } from 'vitest'
import { isProblem } from '#engine/model/app-error'
import { listVisible } from '#engine/analysis/visibility/list-visible'
import { deployment, type Manifest, namespace } from '../calling.js'
import { app, httpRoute, prefix, send, tcpRoute, toService, worldOf } from './api.js'

const toDb = toService('db', 'data')
const rules = [{ backendRefs: [send('db', { namespace: 'data' })] }]

/** What a client of the namespace is told of the routes of `db.data`: of each its name, whether it acts, and how or why not. */
function told(home: string, objects: readonly Manifest[], database = app('data/db')) {
  const snapshot = worldOf([deployment(`${home}/client`), ...database, ...objects])
  const seen = listVisible(snapshot, { from: { cluster: 'west', namespace: home, workload: 'client' }, host: 'db.data' })
  if (isProblem(seen)) throw new Error(seen.problem.message)
  return seen.services.flatMap(({ routes }) =>
    routes.map(({ route, applies, message, because }) => ({
      route: `${route.namespace}/${route.name}`,
      applies,
      message,
      by: because.map((ref) => `${ref.namespace}/${ref.name}`),
    })),
  )
}

const calm = namespace('calm', { 'istio.io/dataplane-mode': 'ambient' })

describe('what is told of routes that are attached to a service', () => {
  it('is that they act, for everybody those of its own namespace (GWAPI-58)', () => {
    expect(told('web', [httpRoute('data/db', { parentRefs: [toDb], rules })])).toMatchObject([{ route: 'data/db', applies: true }])
  })

  it('is whose routes stand in their place: of a client’s own namespace (GWAPI-60)', () => {
    const both = [httpRoute('data/db', { parentRefs: [toDb], rules }), httpRoute('web/db', { parentRefs: [toDb], rules })]
    expect(told('web', both)).toMatchObject([
      { route: 'data/db', applies: false, by: ['web/db'] },
      { route: 'web/db', applies: true },
    ])
    expect(told('app', both)).toMatchObject([
      { route: 'data/db', applies: true },
      { route: 'web/db', applies: false, by: [] },
    ])
  })

  it('is that routes of several of one namespace act together (GWAPI-39)', () => {
    const one = (name: string, path: string) =>
      httpRoute(`data/${name}`, { parentRefs: [toDb], rules: [{ matches: [prefix(path)], ...rules[0] }] })
    expect(told('web', [one('a', '/a'), one('b', '/b')]).map(({ applies }) => applies)).toEqual([true, true])
  })

  it('is that connections follow those of any namespace (GWAPI-59)', () => {
    expect(told('web', [tcpRoute('ops/db', { parentRefs: [toDb], rules })])).toMatchObject([{ route: 'ops/db', applies: true }])
  })

  it('is that a Sidecar leaves them out (GWAPI-63)', () => {
    const sidecar = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: { namespace: 'web', name: 'narrow' },
      spec: { egress: [{ hosts: ['data/*'] }] },
    }
    const [own] = told('web', [sidecar, httpRoute('web/db', { parentRefs: [toDb], rules })])
    expect(own).toMatchObject({ route: 'web/db', applies: false })
    expect(own?.message).toBe('the client’s proxy is not given it')
  })

  it('is the mistake that takes all their rules away (GWAPI-42)', () => {
    const filters = [{ type: 'ExtensionRef', extensionRef: { group: 'x', kind: 'Y', name: 'z' } }]
    const [bad] = told('web', [httpRoute('data/db', { parentRefs: [toDb], rules: [...rules, { ...rules[0], filters }] })])
    expect(bad).toMatchObject({ route: 'data/db', applies: false })
    expect(bad?.message).toContain('none of its rules counts')
  })

  it('is nothing to a client without a proxy, nor to a ztunnel without a waypoint (GWAPI-68)', () => {
    const route = httpRoute('data/db', { parentRefs: [toDb], rules })
    expect(told('calm', [calm, route])).toMatchObject([
      { applies: false, message: 'ztunnel heeds no routes, and no waypoint stands in front of the service' },
    ])
    expect(told('bare', [namespace('bare', {}), route])).toEqual([])
  })

  it('is which waypoint heeds them: of its own namespace and of the service’s (AMB-48)', () => {
    const way = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { namespace: 'data', name: 'way' },
      spec: { gatewayClassName: 'istio-waypoint', listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }] },
    }
    const both = [httpRoute('data/db', { parentRefs: [toDb], rules }), httpRoute('calm/db', { parentRefs: [toDb], rules })]
    const [database, ...pods] = app('data/db')
    const bound = { ...database, metadata: { namespace: 'data', name: 'db', labels: { 'istio.io/use-waypoint': 'way' } } }
    expect(
      told('calm', [calm, way, ...both], [bound, ...pods])
        .map(({ route, applies }) => `${route} ${applies}`)
        .toSorted(),
    ).toEqual(['calm/db false', 'data/db true'])
  })
})
