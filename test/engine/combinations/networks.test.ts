import { describe, expect, it } from 'vitest'
import { issueAuthority } from '../certificates.js'
import { ask, assumed, cluster, deployment, eastWest, istio, type Manifest, naked, service, told, topology } from './asking.js'

const root = (await issueAuthority('Common')).pem
const ledger = [deployment('bank/ledger'), service('bank/ledger')]
const trusted = { rootCertificates: [root] }
const intoWest = eastWest('n1', '203.0.113.1')
const intoEast = eastWest('n2', '203.0.113.2')

interface Sides {
  readonly west?: readonly Manifest[]
  readonly east?: readonly Manifest[]
  readonly eastHeader?: Manifest
  readonly planes?: readonly Manifest[]
  readonly header?: Manifest
}

/** Two primaries on two networks; `web` in west calls `ledger`, which runs in east. */
const mesh = ({ west = intoWest, east = [...ledger, ...intoEast], eastHeader = {}, header = trusted, planes }: Sides = {}) =>
  topology(
    [
      cluster('west', [deployment('shop/web'), service('bank/ledger'), ...west], { network: 'n1', remoteSecrets: ['east'], ...header }),
      cluster('east', east, { network: 'n2', remoteSecrets: ['west'], ...header, ...eastHeader }),
    ],
    planes === undefined ? {} : { controlPlanes: planes },
  )
const call = (sides?: Sides) => ask(mesh(sides), 'west/shop/web', 'ledger.bank')
const pending = eastWest('n2', '', { status: { loadBalancer: {} } })
const mode = (place: string, spec: Manifest) => istio('PeerAuthentication', place, spec)
const contradiction = [
  mode('bank/default', { mtls: { mode: 'DISABLE' } }),
  mode('bank/ledger', { selector: { matchLabels: { app: 'ledger' } }, mtls: { mode: 'STRICT' } }),
]
const plane = (name: string, meshConfig: Manifest = {}) => ({ name, cluster: name, version: '1.30.2', meshConfig })

describe('a call into another network', () => {
  it.each([
    ['goes through its gateway (NET-15)', {}, 'REACHABLE DELIVERED'],
    ['is not known to be trusted where no roots are given (TRUST-3)', { header: {} }, 'UNDETERMINED INPUT_MISSING at TRUST'],
    [
      'finds no gateway while its load balancer is pending, and pods out of reach (NET-7, NET-9)',
      { west: [], east: [...ledger, ...pending], eastHeader: { observed: true } },
      'UNREACHABLE CROSS_NETWORK_WITHOUT_GATEWAY at NETWORK',
    ],
    [
      'never gets to a naked endpoint (NET-14)',
      { east: [deployment('bank/ledger', naked), service('bank/ledger'), ...intoEast] },
      'UNREACHABLE NOT_MTLS at NETWORK',
    ],
    [
      'is reset at the gateway where the namespace’s DISABLE makes it plaintext though the workload is STRICT (NET-18)',
      { west: [...intoWest, ...contradiction] },
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
    [
      'or automatic mutual TLS is off (NET-44, TLS-24)',
      { planes: [plane('west', { enableAutoMtls: false }), plane('east')] },
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
    [
      'is unknown to a gateway to whose namespace the service is not exported (VIS-5, NET-31)',
      {
        east: [
          deployment('bank/ledger'),
          service('bank/ledger', {}, { annotations: { 'networking.istio.io/exportTo': 'shop' } }),
          ...intoEast,
        ],
      },
      'UNREACHABLE GATEWAY_UNKNOWN_SNI at NETWORK',
    ],
    [
      'ends at a gateway that exposes other hosts (NET-31)',
      { east: [...ledger, ...eastWest('n2', '203.0.113.2', { hosts: ['*.shop.svc.cluster.local'] })] },
      'UNREACHABLE GATEWAY_HOST_NOT_EXPOSED at NETWORK',
    ],
  ])('%s', (_title, sides, expected) => {
    expect(told(call(sides))).toBe(expected)
  })

  it('in a cluster that is only declared a pending load balancer is taken to get an address (NET-7)', () => {
    const answer = call({ west: [], east: [...ledger, ...pending] })
    expect(told(answer)).toBe('REACHABLE DELIVERED')
    expect(assumed(answer)).toContain('GATEWAY_ADDRESS_ASSUMED')
  })
})

describe('networks that only meshNetworks names', () => {
  const side = (registry: string, address: string) => ({ endpoints: [{ fromRegistry: registry }], gateways: [{ address, port: 15443 }] })
  const meshNetworks = { n1: side('west', '203.0.113.1'), n2: side('east', '203.0.113.2') }
  const entrance = (ip: string) => eastWest('', ip)
  const clusters = (proxyNetwork: string | undefined) => {
    const labels = (network: string) => (proxyNetwork === undefined ? {} : { 'topology.istio.io/network': network })
    const own = (network: string, objects: readonly Manifest[]) =>
      objects.map((object) => {
        const { template } = (object['spec'] ?? {}) as { readonly template?: { readonly metadata: { readonly labels: Manifest } } }
        if (template === undefined) return object
        const metadata = { ...template.metadata, labels: { ...template.metadata.labels, ...labels(network) } }
        return { ...object, spec: { ...(object['spec'] as Manifest), template: { ...template, metadata } } }
      })
    return [
      cluster('west', own('n1', [deployment('shop/web'), service('bank/ledger'), ...entrance('203.0.113.1')]), {
        ...trusted,
        remoteSecrets: ['east'],
      }),
      cluster('east', own('n2', [...ledger, ...entrance('203.0.113.2')]), { ...trusted, remoteSecrets: ['west'] }),
    ]
  }
  const planes = (version: string) => ['west', 'east'].map((name) => ({ name, cluster: name, version, meshNetworks }))
  const ask2 = (version: string, proxyNetwork?: string) =>
    ask(topology(clusters(proxyNetwork), { controlPlanes: planes(version) }), 'west/shop/web', 'ledger.bank')

  it('are crossed through the gateways it names where proxies know their own (NET-1, NET-6)', () => {
    const answer = ask2('1.30.2', 'labelled')
    expect(told(answer)).toBe('REACHABLE DELIVERED')
    expect(answer.endpoints.map(({ via }) => via?.address)).toEqual(['203.0.113.2'])
  })

  it('a proxy without a network takes every endpoint for foreign, the gateway its own cluster’s as well (NET-11)', () => {
    const answer = ask2('1.30.2')
    expect(told(answer)).toBe('UNREACHABLE GATEWAY_NO_ENDPOINTS at NETWORK')
    expect(answer.summary).toContain('`ISTIO_META_NETWORK`')
  })
})
