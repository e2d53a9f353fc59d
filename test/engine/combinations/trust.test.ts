import { describe, expect, it } from 'vitest'
import { issueAuthority } from '../certificates.js'
import { ask, cluster, deployment, istio, type Manifest, service, told, topology } from './asking.js'

const [common = '', ofWest = '', ofEast = ''] = (await Promise.all(['Common', 'West', 'East'].map((name) => issueAuthority(name)))).map(
  ({ pem }) => pem,
)
const ledger = [deployment('bank/ledger'), service('bank/ledger')]

interface Sides {
  readonly west?: Manifest
  readonly east?: Manifest
  readonly version?: string
  readonly roots?: readonly [string, string]
  readonly extra?: readonly Manifest[]
}

/** Two primaries on one network that read each other; `web` in west calls `ledger`, which runs in east. `west` and `east` describe their istiods. */
const twoPrimaries = ({ west, east, version = '1.30.2', roots = [common, common], extra = [] }: Sides) => {
  const header = (pem: string, reads: string) => ({ network: 'n', rootCertificates: [pem], remoteSecrets: [reads] })
  const clusters = [
    cluster('west', [deployment('shop/web'), service('bank/ledger')], header(roots[0], 'east')),
    cluster('east', [...ledger, ...extra], header(roots[1], 'west')),
  ]
  const planes = [
    { name: 'west', cluster: 'west', version, ...west },
    { name: 'east', cluster: 'east', version, ...east },
  ]
  return topology(clusters, { controlPlanes: planes })
}

const domains = (trustDomain: string, ...trustDomainAliases: readonly string[]) => ({ meshConfig: { trustDomain, trustDomainAliases } })
const accepting = (trustDomain: string, foreign: string) => ({ meshConfig: { trustDomain, caCertificates: [{ trustDomains: [foreign] }] } })
const call = (sides: Sides): string => told(ask(twoPrimaries(sides), 'west/shop/web', 'ledger.bank'))

describe('two trust domains under one root', () => {
  it.each([
    [
      'the server refuses a domain that is not its own (TLS-20)',
      domains('td1'),
      domains('td2'),
      '1.30.2',
      'UNREACHABLE UNTRUSTED at TRUST',
    ],
    [
      'an alias at the server is enough where the client reads the other’s domain (TLS-21, TRUST-2)',
      domains('td1'),
      domains('td2', 'td1'),
      '1.30.2',
      'REACHABLE DELIVERED',
    ],
    [
      'before 1.29 the client expects its own domain of everybody (TLS-19)',
      domains('td1'),
      domains('td2', 'td1'),
      '1.28.1',
      'UNREACHABLE UNTRUSTED at TRUST',
    ],
    ['unless it has an alias as well (TLS-21)', domains('td1', 'td2'), domains('td2', 'td1'), '1.28.1', 'REACHABLE DELIVERED'],
    [
      'an alias at the client alone helps nobody (TLS-20)',
      domains('td1', 'td2'),
      domains('td2'),
      '1.30.2',
      'UNREACHABLE UNTRUSTED at TRUST',
    ],
    [
      '`caCertificates[].trustDomains` extends what the server accepts (TRUST-11)',
      domains('td1'),
      accepting('td2', 'td1'),
      '1.30.2',
      'REACHABLE DELIVERED',
    ],
    [
      'and not what the client expects (TRUST-11)',
      accepting('td1', 'td2'),
      domains('td2', 'td1'),
      '1.28.1',
      'UNREACHABLE UNTRUSTED at TRUST',
    ],
    [
      'a server may be told not to look (MODEL-13)',
      domains('td1'),
      { ...domains('td2'), flags: { PILOT_SKIP_VALIDATE_TRUST_DOMAIN: 'true' } },
      '1.30.2',
      'REACHABLE DELIVERED',
    ],
  ])('%s', (_title, west, east, version, expected) => {
    expect(call({ west, east, version })).toBe(expected)
  })

  it.each([
    ['the server’s own domain stands for its aliases (AUTHZ-15)', 'td2', domains('td2', 'td1'), 'REACHABLE DELIVERED'],
    ['and so does `cluster.local` (AUTHZ-15)', 'cluster.local', domains('td2', 'td1'), 'REACHABLE DELIVERED'],
    ['a foreign domain matches as it is written (AUTHZ-15)', 'td1', accepting('td2', 'td1'), 'REACHABLE DELIVERED'],
    ['domains of `caCertificates` are no aliases (AUTHZ-16)', 'td2', accepting('td2', 'td1'), 'UNREACHABLE DENIED at AUTHORIZATION'],
  ])('in a principal %s', (_title, domain, east, expected) => {
    const policy = istio('AuthorizationPolicy', 'bank/allow', {
      rules: [{ from: [{ source: { principals: [`${domain}/ns/shop/sa/web`] } }] }],
    })
    expect(call({ west: domains('td1'), east, extra: [policy] })).toBe(expected)
  })
})

describe('two roots', () => {
  const multiroot = { ISTIO_MULTIROOT_MESH: 'true' }
  const agent = { defaultConfig: { proxyMetadata: { PROXY_CONFIG_XDS_AGENT: 'true' } } }
  const trusting = (...caCertificates: readonly Manifest[]) => ({ flags: multiroot, meshConfig: { caCertificates, ...agent } })
  const both = { west: trusting({ pem: ofEast }), east: trusting({ pem: ofWest }) }

  it.each([
    ['without exchange nothing verifies (TRUST-3)', {}, 'UNREACHABLE UNTRUSTED at TRUST'],
    ['exchanged, distributed and taken, both verify (TRUST-9, TRUST-5)', both, 'REACHABLE DELIVERED'],
    ['one direction is not enough (TRUST-5)', { west: both.west }, 'UNREACHABLE UNTRUSTED at TRUST'],
    ['nor without the istiod’s switch (TRUST-9)', { ...both, east: { ...both.east, flags: {} } }, 'UNREACHABLE UNTRUSTED at TRUST'],
    [
      'nor without the agents’ (TRUST-9)',
      { ...both, east: { flags: multiroot, meshConfig: { caCertificates: [{ pem: ofWest }] } } },
      'UNREACHABLE UNTRUSTED at TRUST',
    ],
    [
      'one damaged certificate rejects them all (TRUST-10)',
      { ...both, west: trusting({ pem: ofEast }, { pem: 'broken' }) },
      'UNREACHABLE UNTRUSTED at TRUST',
    ],
    [
      'a bundle by URL holds what nobody here knows (TRUST-10)',
      { ...both, west: trusting({ spiffeBundleUrl: 'https://east.example' }) },
      'UNDETERMINED INPUT_MISSING at TRUST',
    ],
  ])('%s', (_title, sides, expected) => {
    expect(call({ ...sides, roots: [ofWest, ofEast] })).toBe(expected)
  })
})

describe('a remote cluster under a custom trust domain', () => {
  interface Remote {
    readonly meshConfig?: Manifest
    readonly version?: string
    readonly observed?: boolean
    readonly west?: readonly Manifest[]
    readonly east?: readonly Manifest[]
  }
  const remote = ({ meshConfig = { trustDomain: 'corp' }, version = '1.30.2', observed = true, west = [], east = [] }: Remote) =>
    topology(
      [
        cluster('west', [deployment('shop/web'), service('bank/ledger'), ...west], { network: 'n', remoteSecrets: ['east'] }),
        cluster('east', [...ledger, ...east], { network: 'n', observed, controlPlane: { role: 'REMOTE', managedBy: 'west' } }),
      ],
      { controlPlanes: [{ name: 'west', cluster: 'west', version, meshConfig }] },
    )
  const configMap = (data: Manifest) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio', namespace: 'istio-system' },
    data,
  })

  it.each([
    ['without ConfigMap `cluster.local` is expected of its servers (TRUST-2, MODEL-5)', {}, 'UNREACHABLE UNTRUSTED at TRUST'],
    ['nor with one that lacks the key (MODEL-5)', { east: [configMap({})] }, 'UNREACHABLE UNTRUSTED at TRUST'],
    ['with one that says it all is well (TRUST-2)', { east: [configMap({ mesh: 'trustDomain: corp' })] }, 'REACHABLE DELIVERED'],
    ['before 1.29 nothing is read there (MODEL-5)', { version: '1.28.0' }, 'REACHABLE DELIVERED'],
    [
      'the domain listed among its own aliases is expected too (TRUST-2)',
      { meshConfig: { trustDomain: 'corp', trustDomainAliases: ['corp'] } },
      'REACHABLE DELIVERED',
    ],
    [
      'and so it is where the account also serves in the config cluster (TRUST-2, TLS-18)',
      { west: [deployment('bank/ledger')] },
      'REACHABLE DELIVERED',
    ],
    ['in a cluster that is only declared a missing ConfigMap proves nothing (MODEL-5)', { observed: false }, 'REACHABLE DELIVERED'],
    ['the default domain needs no ConfigMap (MODEL-5)', { meshConfig: {} }, 'REACHABLE DELIVERED'],
  ])('%s', (_title, change, expected) => {
    expect(told(ask(remote(change), 'west/shop/web', 'ledger.bank'))).toBe(expected)
  })

  const denial = istio('AuthorizationPolicy', 'bank/deny', { action: 'DENY', rules: [{}] })

  it('a policy stored there is inert, one in the config cluster counts (MODEL-16, AUTHZ-1)', () => {
    expect(told(ask(remote({ meshConfig: {}, east: [denial] }), 'west/shop/web', 'ledger.bank'))).toBe('REACHABLE DELIVERED')
    expect(told(ask(remote({ meshConfig: {}, west: [denial] }), 'west/shop/web', 'ledger.bank'))).toBe(
      'UNREACHABLE DENIED at AUTHORIZATION',
    )
  })
})
