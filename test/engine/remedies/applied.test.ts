import { expect, it } from 'vitest'
import { snapshotOf } from '../from-yaml.js'
import { cluster, deployment, namespace, object, service, topology } from './mesh-yaml.js'
import { asks, objectsOf, remediesOf, traceOf } from './remedies-of.js'

const inFlow = (value: unknown): string => JSON.stringify(value)

const callers = object('AuthorizationPolicy', 'shop/callers', '{ rules: [{ from: [{ source: { namespaces: [nobody] } }] }] }')
const client = [namespace('shop'), deployment('shop/web')]
const server = [namespace('shop'), deployment('shop/cart'), service('shop/cart')]
const flat = 'controlPlane: { role: REMOTE, managedBy: west }'

/** west runs the only control plane; `added` go into a cluster as its users would apply them. */
const document = (west: readonly string[], east: readonly string[], added: ReadonlyMap<string, readonly unknown[]> = new Map()): string =>
  topology(
    cluster('west', 'remoteSecrets: [east]', [...west, ...(added.get('west') ?? []).map(inFlow)]),
    cluster('east', '', [...east, ...(added.get('east') ?? []).map(inFlow)]).replace('controlPlane: { role: PRIMARY }', flat),
  )

it.each([
  ['an ALLOW policy', [...client, ...server.slice(1), callers], [namespace('shop')], 'west/shop/web', 'DENIED'],
  ['a Service of the same name', [...server], client, 'east/shop/web', 'NAME_NOT_RESOLVED'],
])('%s does in the document what it was found to do', (_, west, east, from, reason) => {
  const before = snapshotOf(document(west, east))
  const found = remediesOf(before, from, 'cart:80')
  expect(found).toMatchObject({ verdict: 'UNREACHABLE', reason })
  const [remedy] = found.remedies
  const added = new Map([[remedy?.cluster ?? '', objectsOf(remedy!)]])
  expect(traceOf(snapshotOf(document(west, east, added)), asks(from, 'cart:80')).verdict).toBe('REACHABLE')
  expect(traceOf(before, asks(from, 'cart:80')).verdict).toBe('UNREACHABLE')
})
