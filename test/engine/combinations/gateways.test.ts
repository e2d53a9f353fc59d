import { describe, expect, it } from 'vitest'
import { issueAuthority } from '../certificates.js'
import { ask, cluster, deployment, eastWest, istio, type Manifest, service, told, topology } from './asking.js'

const rootCertificates = [(await issueAuthority('Common')).pem]
const ledger = [deployment('bank/ledger'), service('bank/ledger')]
const onlyName = [service('bank/ledger')]
const [proxyOfEast, serviceOfEast, gatewayOfEast] = eastWest('n2', '203.0.113.2')
const intoEast = [proxyOfEast, serviceOfEast, gatewayOfEast].filter((object) => object !== undefined)
const withoutGateway = [proxyOfEast, serviceOfEast].filter((object) => object !== undefined)

/** Two primaries on two networks under one root, a gateway into each; `web` calls from west. */
const mesh = (west: readonly Manifest[], east: readonly Manifest[], rest: Manifest = {}) =>
  topology(
    [
      cluster('west', [deployment('shop/web'), ...west, ...eastWest('n1', '203.0.113.1')], {
        network: 'n1',
        podCidrs: ['10.1.0.0/16'],
        remoteSecrets: ['east'],
        rootCertificates,
      }),
      cluster('east', east, { network: 'n2', podCidrs: ['10.2.0.0/16'], remoteSecrets: ['west'], rootCertificates }),
    ],
    rest,
  )
const call = (west: readonly Manifest[], east: readonly Manifest[], rest?: Manifest): string =>
  told(ask(mesh(west, east, rest), 'west/shop/web', 'ledger.bank:80'))

const rule = (spec: Manifest) => istio('DestinationRule', 'bank/ledger', { host: 'ledger', ...spec })
const subsets = [{ name: 'v1', labels: { app: 'ledger' } }]
const pinned = istio('VirtualService', 'bank/ledger', {
  hosts: ['ledger'],
  http: [{ route: [{ destination: { host: 'ledger', subset: 'v1' } }] }],
})
const tls = (spec: Manifest) => rule({ trafficPolicy: { tls: spec } })
const allow = (source: Manifest) => istio('AuthorizationPolicy', 'bank/allow', { rules: [{ from: [{ source }] }] })
const disabled = istio('PeerAuthentication', 'bank/default', { mtls: { mode: 'DISABLE' } })

describe('through an east-west gateway', () => {
  it.each([
    ['both networks’ instances take calls (NET-15, LB-2)', ledger, [...ledger, ...intoEast], 'REACHABLE DELIVERED'],
    [
      'and differ where one side denies (FLOW-4)',
      ledger,
      [...ledger, ...intoEast, istio('AuthorizationPolicy', 'bank/deny', {})],
      'AMBIGUOUS DENIED at AUTHORIZATION',
    ],
    [
      'a subset must be known on the other side (NET-34)',
      [...onlyName, rule({ subsets }), pinned],
      [...ledger, ...intoEast],
      'UNREACHABLE GATEWAY_SUBSET_MISSING at NETWORK',
    ],
    [
      'and is where the rule stands there too (NET-34)',
      [...onlyName, rule({ subsets }), pinned],
      [...ledger, ...intoEast, rule({ subsets })],
      'REACHABLE DELIVERED',
    ],
    [
      'but not by a rule that the gateway’s namespace does not see (NET-34, ROUTE-20)',
      [...onlyName, rule({ subsets }), pinned],
      [...ledger, ...intoEast, rule({ subsets, exportTo: ['.'] })],
      'UNREACHABLE GATEWAY_SUBSET_MISSING at NETWORK',
    ],
    [
      'the port’s number must agree (NET-32, VIS-9)',
      onlyName,
      [deployment('bank/ledger'), service('bank/ledger', { ports: [{ name: 'http', port: 90, targetPort: 8080 }] }), ...intoEast],
      'UNREACHABLE GATEWAY_UNKNOWN_SNI at NETWORK',
    ],
    [
      'the gateway drops what its own control plane takes for plaintext (NET-35)',
      onlyName,
      [...ledger, ...intoEast, disabled],
      'UNREACHABLE GATEWAY_NO_ENDPOINTS at NETWORK',
    ],
    [
      'a client’s rule without mutual TLS drops the endpoint before (NET-16, NET-33)',
      [...onlyName, tls({ mode: 'DISABLE' })],
      [...ledger, ...intoEast],
      'UNREACHABLE NOT_MTLS at NETWORK',
    ],
    [
      'one with ISTIO_MUTUAL does not (NET-16)',
      [...onlyName, tls({ mode: 'ISTIO_MUTUAL' })],
      [...ledger, ...intoEast],
      'REACHABLE DELIVERED',
    ],
    [
      'unless it sets a server name of its own (NET-33)',
      [...onlyName, tls({ mode: 'ISTIO_MUTUAL', sni: 'x' })],
      [...ledger, ...intoEast],
      'UNREACHABLE GATEWAY_UNKNOWN_SNI at NETWORK',
    ],
    [
      'the server sees the client’s account (NET-35, AUTHZ-17)',
      onlyName,
      [...ledger, ...intoEast, allow({ principals: ['cluster.local/ns/shop/sa/web'] })],
      'REACHABLE DELIVERED',
    ],
    [
      'and the gateway’s address (AUTHZ-18)',
      onlyName,
      [...ledger, ...intoEast, allow({ ipBlocks: ['10.1.0.0/16'] })],
      'UNREACHABLE DENIED at AUTHORIZATION',
    ],
    [
      'policies at the gateway mean nothing (NET-35, AUTHZ-1)',
      onlyName,
      [
        ...ledger,
        ...intoEast,
        istio('AuthorizationPolicy', 'istio-system/deny', { selector: { matchLabels: { istio: 'eastwestgateway' } } }),
      ],
      'REACHABLE DELIVERED',
    ],
    [
      'without a Gateway object nothing is handed on (NET-30)',
      onlyName,
      [...ledger, ...withoutGateway],
      'UNREACHABLE GATEWAY_SERVER_MISSING at NETWORK',
    ],
  ])('%s', (_title, west, east, expected) => {
    expect(call(west, east)).toBe(expected)
  })

  it('or past it, where the document says that packets are routed (NET-37)', () => {
    const networks = [
      { name: 'n1', routableTo: ['n2'] },
      { name: 'n2', routableTo: ['n1'] },
    ]
    expect(call(onlyName, ledger, { networks })).toBe('REACHABLE DELIVERED')
  })

  it.each([
    ['where it stands in the primary', true, 'REACHABLE DELIVERED'],
    ['not where it stands in the remote cluster itself', false, 'UNREACHABLE GATEWAY_SERVER_MISSING at NETWORK'],
  ])('of a remote cluster the Gateway object counts %s (MODEL-16, TOPO-8)', (_title, inPrimary, expected) => {
    const object = [gatewayOfEast].filter((one) => one !== undefined)
    const west = [deployment('shop/web'), ...onlyName, ...(inPrimary ? object : [])]
    const east = [...ledger, ...withoutGateway, ...(inPrimary ? [] : object)]
    const clusters = [
      cluster('west', west, { network: 'n1', remoteSecrets: ['east'] }),
      cluster('east', east, { network: 'n2', controlPlane: { role: 'REMOTE', managedBy: 'west' } }),
    ]
    expect(told(ask(topology(clusters), 'west/shop/web', 'ledger.bank'))).toBe(expected)
  })
})

it('where some endpoints are dialled directly and some through a gateway, the step says both (NET-12, NET-15)', () => {
  const { steps } = ask(mesh(ledger, [...ledger, ...intoEast]), 'west/shop/web', 'ledger.bank:80')
  expect(steps.find(({ stage }) => stage === 'NETWORK')?.reason).toBe('DIRECT_AND_VIA_GATEWAY')
})
