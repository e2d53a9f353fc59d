import { describe, expect, it } from 'vitest'
import { ask, blamed, cluster, deployment, istio, type Manifest, service, told, topology } from './asking.js'

const sidecar = (spec: Manifest) => istio('Sidecar', 'shop/default', spec)
const own = sidecar({ egress: [{ hosts: ['./*'] }] })
const root = istio('VirtualService', 'shop/root', {
  hosts: ['ledger.bank.svc.cluster.local'],
  http: [{ delegate: { name: 'leaf', namespace: 'bank' } }],
})
const leaf = (...exportTo: readonly string[]) =>
  istio('VirtualService', 'bank/leaf', { exportTo, http: [{ route: [{ destination: { host: 'ledger' } }] }] })

/** `web` and `reviews` in `shop`; `ledger` in `bank`, where only mutual TLS is taken, so that plaintext past the mesh shows. */
const mesh = (extra: readonly Manifest[], ledgerExport?: string) => {
  const annotations = ledgerExport === undefined ? {} : { 'networking.istio.io/exportTo': ledgerExport }
  const strict = istio('PeerAuthentication', 'bank/default', { mtls: { mode: 'STRICT' } })
  const shop = [deployment('shop/web'), service('shop/reviews'), deployment('shop/reviews')]
  return topology([cluster('west', [...shop, deployment('bank/ledger'), service('bank/ledger', {}, { annotations }), strict, ...extra])])
}

describe('a Sidecar, exportTo and a delegated VirtualService together', () => {
  it.each([
    ['without a Sidecar everything exported is there (VIS-14)', [], undefined, 'REACHABLE DELIVERED'],
    ['a hidden service is dialled in plaintext, which STRICT rejects (VIS-31)', [own], undefined, 'UNREACHABLE TLS_REJECTED at TRANSPORT'],
    [
      'a Sidecar cannot reveal what is not exported (VIS-19)',
      [sidecar({ egress: [{ hosts: ['bank/*'] }] })],
      '.',
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
    [
      'a delegate’s short destination is of the delegate’s namespace, and is imported with the route (VIS-21, VIS-29, MODEL-19)',
      [own, root, leaf('*')],
      undefined,
      'REACHABLE DELIVERED',
    ],
    ['also where it is exported to the root’s namespace alone (VIS-29)', [own, root, leaf('shop')], undefined, 'REACHABLE DELIVERED'],
    [
      'a delegate that is not exported to the root’s namespace drops the route, and nothing imports the service (VIS-29, ROUTE-3)',
      [own, root, leaf('.')],
      undefined,
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
    ['a route imports only what is exported (VIS-21, ROUTE-6)', [own, root, leaf('*')], '.', 'UNREACHABLE UNKNOWN_CLUSTER at ROUTE'],
  ] as const)('%s', (_title, extra, exported, expected) => {
    expect(told(ask(mesh(extra, exported), 'west/shop/web', 'ledger.bank'))).toBe(expected)
  })

  it('the Sidecar is blamed for an address, too, that only a block of what it hides takes in (VIS-18, DNS-16)', () => {
    const database = istio('ServiceEntry', 'bank/database', {
      hosts: ['db.example.com'],
      addresses: ['10.9.0.0/24'],
      ports: [{ number: 5432, name: 'tcp', protocol: 'TCP' }],
      resolution: 'NONE',
    })
    const refusing = sidecar({ egress: [{ hosts: ['./*'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } })
    const inside = ask(mesh([refusing, database]), 'west/shop/web', '10.9.0.7:5432')
    expect(blamed(inside)).toEqual(expect.arrayContaining(['Sidecar west/shop/default', 'ServiceEntry west/bank/database']))
    expect(blamed(ask(mesh([refusing, database]), 'west/shop/web', '10.9.1.7:5432'))).not.toContain('ServiceEntry west/bank/database')
  })

  it('the Sidecar is blamed for what it hides (VIS-18)', () => {
    const { steps } = ask(mesh([own]), 'west/shop/web', 'ledger.bank')
    expect(steps.find(({ stage }) => stage === 'SCOPE')).toMatchObject({
      reason: 'HIDDEN_PASSTHROUGH',
      because: expect.arrayContaining([expect.objectContaining({ kind: 'Sidecar' })]) as unknown,
    })
  })
})

describe('an outbound policy without mode', () => {
  const alone = (meshConfig: Manifest, extra: readonly Manifest[] = []) =>
    topology([cluster('west', [deployment('shop/web'), ...extra])], {
      controlPlanes: [{ name: 'west', cluster: 'west', version: '1.30.2', meshConfig }],
    })
  const registryOnly = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }
  const all = { egress: [{ hosts: ['*/*'] }] }

  it.each([
    ['absent from MeshConfig is ALLOW_ANY (MODEL-1)', {}, [], 'REACHABLE PASSTHROUGH'],
    ['an empty block in MeshConfig is REGISTRY_ONLY (MODEL-2)', { outboundTrafficPolicy: {} }, [], 'UNREACHABLE BLACKHOLED at SCOPE'],
    [
      'an empty block in a Sidecar is REGISTRY_ONLY (MODEL-2, VIS-24)',
      {},
      [sidecar({ ...all, outboundTrafficPolicy: {} })],
      'UNREACHABLE BLACKHOLED at SCOPE',
    ],
    ['a Sidecar without the block keeps the mesh’s (VIS-24)', registryOnly, [sidecar(all)], 'UNREACHABLE BLACKHOLED at SCOPE'],
    [
      'a Sidecar’s own mode replaces the mesh’s (VIS-24)',
      registryOnly,
      [sidecar({ ...all, outboundTrafficPolicy: { mode: 'ALLOW_ANY' } })],
      'REACHABLE PASSTHROUGH',
    ],
  ])('%s', (_title, meshConfig, extra, expected) => {
    expect(told(ask(alone(meshConfig, extra), 'west/shop/web', 'api.example.com:443'))).toBe(expected)
  })

  it('the Sidecar that blackholes is blamed (VIS-24)', () => {
    const snapshot = alone({}, [sidecar({ ...all, outboundTrafficPolicy: {} })])
    expect(blamed(ask(snapshot, 'west/shop/web', 'api.example.com:443'))).toContain('Sidecar west/shop/default')
  })
})
