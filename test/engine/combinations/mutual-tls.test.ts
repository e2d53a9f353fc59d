import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, istio, type Manifest, naked, service, told, topology } from './asking.js'

const web = 'west/shop/web'
const bare = 'west/shop/bare'
const ledgerPods = { selector: { matchLabels: { app: 'ledger' } } }
const mode = (place: string, spec: Manifest) => istio('PeerAuthentication', place, spec)
const strict = mode('bank/default', { mtls: { mode: 'STRICT' } })
const forLedger = (word: string, ports: Manifest = {}) => mode('bank/ledger', { ...ledgerPods, mtls: { mode: word }, portLevelMtls: ports })
const ruled = istio('DestinationRule', 'bank/ledger', { host: 'ledger', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } })
const policy = (spec: Manifest, dryRun = false) =>
  istio('AuthorizationPolicy', 'bank/policy', spec, dryRun ? { annotations: { 'istio.io/dry-run': 'true' } } : {})
const hidden = istio('Sidecar', 'shop/default', { egress: [{ hosts: ['./*'] }] })

/** `web` with and `bare` without a proxy call `ledger`, port 80 to 8080. */
const mesh = (...extra: readonly Manifest[]) =>
  topology([
    cluster('west', [deployment('shop/web'), deployment('shop/bare', naked), deployment('bank/ledger'), service('bank/ledger'), ...extra]),
  ])
const alsoNaked = deployment('bank/old', { app: 'ledger', ...naked })

describe('what the client sends and what the server takes', () => {
  it.each([
    ['a naked endpoint beside a proxied one is reached in plaintext (TLS-6)', [alsoNaked], web, 'REACHABLE DELIVERED'],
    [
      'ISTIO_MUTUAL in a DestinationRule goes to the naked one as well, which fails (TLS-5)',
      [alsoNaked, ruled],
      web,
      'AMBIGUOUS TLS_REJECTED at TRANSPORT',
    ],
    [
      'DISABLE for the namespace and STRICT for the workload contradict each other (TLS-7)',
      [mode('bank/default', { mtls: { mode: 'DISABLE' } }), forLedger('STRICT')],
      web,
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
    ['STRICT for the namespace and DISABLE for the workload do not (TLS-7)', [strict, forLedger('DISABLE')], web, 'REACHABLE DELIVERED'],
    [
      'a port’s mode is written for the workload’s port (TLS-2)',
      [forLedger('STRICT', { 8080: { mode: 'PERMISSIVE' } })],
      bare,
      'REACHABLE PASSTHROUGH',
    ],
    [
      'and means nothing for the Service’s port (TLS-2)',
      [forLedger('STRICT', { 80: { mode: 'PERMISSIVE' } })],
      bare,
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
    [
      'nor in a policy of the namespace (TLS-2)',
      [mode('bank/default', { mtls: { mode: 'STRICT' }, portLevelMtls: { 8080: { mode: 'PERMISSIVE' } } })],
      bare,
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
    [
      'the client knows of a port without mutual TLS, too (TLS-6)',
      [forLedger('STRICT', { 8080: { mode: 'DISABLE' } })],
      web,
      'REACHABLE DELIVERED',
    ],
    [
      'unless a DestinationRule insists (TLS-5, TLS-11)',
      [ruled, forLedger('STRICT', { 8080: { mode: 'DISABLE' } })],
      web,
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
    [
      'a selector in the root namespace is ignored (TLS-1)',
      [mode('istio-system/ledger', { ...ledgerPods, mtls: { mode: 'STRICT' } })],
      bare,
      'REACHABLE PASSTHROUGH',
    ],
    [
      'UNSET for the workload inherits the mesh’s STRICT (TLS-2)',
      [mode('istio-system/default', { mtls: { mode: 'STRICT' } }), forLedger('UNSET')],
      bare,
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
  ])('%s', (_title, extra, from, expected) => {
    expect(told(ask(mesh(...extra), from, 'ledger.bank'))).toBe(expected)
  })

  it('without automatic mutual TLS and without a rule a STRICT server is lost (MODEL-8)', () => {
    const plane = { name: 'west', cluster: 'west', meshConfig: { enableAutoMtls: false } }
    const snapshot = topology([cluster('west', [deployment('shop/web'), deployment('bank/ledger'), service('bank/ledger'), strict])], {
      controlPlanes: [plane],
    })
    expect(told(ask(snapshot, web, 'ledger.bank'))).toBe('UNREACHABLE TLS_REJECTED at TRANSPORT')
  })
})

describe('of DestinationRules that are merged', () => {
  const rule = (name: string, spec: Manifest) => istio('DestinationRule', `bank/${name}`, { host: 'ledger', ...spec })
  const off = { trafficPolicy: { tls: { mode: 'DISABLE' } } }
  const v1 = { name: 'v1', labels: { app: 'ledger' } }
  const toV1 = istio('VirtualService', 'bank/ledger', {
    hosts: ['ledger'],
    http: [{ route: [{ destination: { host: 'ledger', subset: 'v1' } }] }],
  })

  it.each([
    ['the first', [rule('a', off), rule('b', { subsets: [v1] })], 'a'],
    ['the second', [rule('a', { subsets: [v1] }), rule('b', off)], 'b'],
    ['a subset of the second', [rule('a', {}), rule('b', { subsets: [{ ...v1, ...off }] }), toV1], 'b'],
  ])('%s is named, where its TLS mode is in force (ROUTE-23)', (_title, extra, name) => {
    const answer = ask(mesh(strict, ...extra), web, 'ledger.bank')
    expect(told(answer)).toBe('UNREACHABLE TLS_REJECTED at TRANSPORT')
    expect(answer.summary).toContain(`(DestinationRule \`bank/${name}\` sets TLS mode \`DISABLE\`)`)
  })
})

describe('a headless service has one transport for all its pods (TLS-6)', () => {
  const headless = (...extra: readonly Manifest[]) => {
    const db = service('bank/ledger', { clusterIP: 'None', ports: [{ name: 'tcp', port: 8080 }] })
    return topology([cluster('west', [deployment('shop/web'), deployment('bank/ledger'), db, ...extra])])
  }

  it.each([
    ['one naked pod makes it plaintext for all', [alsoNaked], 'REACHABLE DELIVERED'],
    ['which the proxied ones reject under STRICT', [alsoNaked, strict], 'AMBIGUOUS TLS_REJECTED at TRANSPORT'],
    [
      'a workload’s DISABLE is not looked at, so that mutual TLS meets a server without',
      [forLedger('DISABLE')],
      'UNREACHABLE TLS_REJECTED at TRANSPORT',
    ],
    ['the namespace’s DISABLE is', [mode('bank/default', { mtls: { mode: 'DISABLE' } })], 'REACHABLE DELIVERED'],
  ])('%s', (_title, extra, expected) => {
    expect(told(ask(headless(...extra), web, 'ledger.bank'))).toBe(expected)
  })
})

describe('policies see what the transport proved', () => {
  const notShop = { rules: [{ from: [{ source: { notNamespaces: ['shop'] } }] }] }

  it.each([
    ['a negated namespace lets plaintext in, of whomever it is (AUTHZ-14)', [hidden, policy(notShop)], 'REACHABLE PASSTHROUGH'],
    ['while mutual TLS shows the namespace that is excluded (AUTHZ-11)', [policy(notShop)], 'UNREACHABLE DENIED at AUTHORIZATION'],
    [
      'plaintext has no namespace to be allowed by (AUTHZ-14)',
      [hidden, policy({ rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] })],
      'UNREACHABLE DENIED at AUTHORIZATION',
    ],
    ['a dry-run DENY denies nothing (AUTHZ-31)', [policy({ action: 'DENY', rules: [{}] }, true)], 'REACHABLE DELIVERED'],
    ['and a workload whose only ALLOW policy is dry-run is open (AUTHZ-31)', [policy({}, true)], 'REACHABLE DELIVERED'],
  ])('%s', (_title, extra, expected) => {
    expect(told(ask(mesh(...extra), web, 'ledger.bank'))).toBe(expected)
  })
})
