import { describe, expect, it } from 'vitest'
import type { DestinationInput } from '#engine/model/question'
import { remedyFinder } from '#engine/remedies/find-remedies'
import { type Manifest, virtualService, world } from '../analysis/calling.js'
import { edgePods, edgeService, gate, http, route, shop } from '../analysis/entrance/edge.js'
import { moment, objectsOf, traceOf } from './remedies-of.js'

const web = { http: [{ route: [{ destination: { host: 'web' } }] }] }
const unbound = (gateways?: readonly string[]): Manifest =>
  virtualService('shop/web', { hosts: ['shop.example'], ...(gateways === undefined ? {} : { gateways }), ...web })

/** Why a client outside fails, and what would turn that. */
const outside = (objects: readonly Manifest[], to: Partial<DestinationInput> = {}) => {
  const snapshot = world({ clusters: { west: [...shop, edgeService(), edgePods, ...objects] } })
  const question = { from: { outside: true }, to: { host: 'shop.example', port: 80, ...to } }
  const trace = traceOf(snapshot, question)
  const remedies = remedyFinder(snapshot)(question, trace, moment)
  return { reason: trace.reason, summaries: remedies.map(({ summary }) => summary), objects: remedies.flatMap(objectsOf) }
}

describe('a client outside that does not get to the host', () => {
  it.each<[string, readonly string[] | undefined, readonly string[]]>([
    ['no gateway, which stays for the mesh', undefined, ['mesh', 'edge/gate']],
    ['a Gateway that does not exist', ['gate'], ['gate', 'edge/gate']],
  ])('is helped by binding the VirtualService that names %s (ROUTE-11, VIS-27)', (_, stated, gateways) => {
    const { reason, summaries, objects } = outside([gate(http(['*'])), unbound(stated)])
    expect(reason).toBe('NO_ROUTE')
    expect(summaries).toEqual([expect.stringContaining('bind VirtualService `shop/web` to Gateway `edge/gate`')])
    expect(objects).toMatchObject([{ kind: 'VirtualService', metadata: { namespace: 'shop', name: 'web' }, spec: { gateways } }])
  })

  it('is helped by a Gateway of its own where none has the host, and the VirtualService bound to it (ROUTE-12)', () => {
    const { reason, objects } = outside([gate(http(['other.example'])), route(['shop.example'])])
    expect(reason).toBe('GATEWAY_HOST_NOT_EXPOSED')
    expect(objects).toMatchObject([
      {
        kind: 'Gateway',
        metadata: { namespace: 'edge', name: 'open-shop-example' },
        spec: { selector: { istio: 'edge' }, servers: [{ port: { number: 80, protocol: 'HTTP' }, hosts: ['shop.example'] }] },
      },
      { kind: 'VirtualService', spec: { gateways: ['edge/gate', 'edge/open-shop-example'] } },
    ])
  })

  it('is helped by nothing where no VirtualService has the host', () => {
    expect(outside([gate(http(['other.example'])), route(['other.example'])]).objects).toEqual([])
  })

  const policy = (spec: Manifest): Manifest => ({
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { namespace: 'edge', name: 'some' },
    spec: { selector: { matchLabels: { istio: 'edge' } }, ...spec },
  })
  const open = [gate(http(['*'])), route(['shop.example'])]

  it('is let in by one more policy of the gateway, for the host and what is asked for (AUTHZ-6, AUTHZ-17)', () => {
    const others = policy({ action: 'ALLOW', rules: [{ to: [{ operation: { hosts: ['other.example'] } }] }] })
    const { reason, objects } = outside([...open, others], { method: 'GET', path: '/a?b=c' })
    expect(reason).toBe('DENIED')
    expect(objects).toMatchObject([
      {
        kind: 'AuthorizationPolicy',
        metadata: { namespace: 'edge' },
        spec: {
          selector: { matchLabels: { istio: 'edge' } },
          rules: [{ to: [{ operation: { hosts: ['shop.example'], methods: ['GET'], paths: ['/a'] } }] }],
        },
      },
    ])
  })

  it('is let in by nothing where a DENY keeps it out (AUTHZ-6)', () => {
    expect(outside([...open, policy({ action: 'DENY', rules: [{}] })]).objects).toEqual([])
  })
})
