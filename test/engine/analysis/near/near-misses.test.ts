import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, istio, type Manifest, naked, service, topology } from '../../combinations/asking.js'

const ledger = [deployment('bank/ledger'), service('bank/ledger')]
const mesh = (...extra: readonly Manifest[]) =>
  topology([cluster('west', [deployment('shop/web'), deployment('shop/bare', naked), ...ledger, ...extra])])

type Call = Parameters<typeof ask>

/** `STAGE Kind namespace/name at path: why` of everything that nearly had a say. */
const near = (document: Call[0], from: string, to: string): readonly string[] =>
  ask(document, from, to)
    .steps.flatMap(({ stage, nearMisses }) => nearMisses.map((miss) => ({ stage, ...miss })))
    .map(({ stage, resource: { cluster: place, kind, namespace, name }, path, why }) =>
      [stage, kind, `${place === 'west' ? '' : `${place}/`}${namespace}/${name}`, path ?? '-', why].join(' '),
    )

const nearIn = (...extra: readonly Manifest[]) => near(mesh(...extra), 'west/shop/web', 'ledger.bank:80')

const policy = (name: string, spec: Manifest) => istio('AuthorizationPolicy', name, spec)
const who = 'the server sees `cluster.local/ns/shop/sa/web`'
const mode = (name: string, spec: Manifest) => istio('PeerAuthentication', name, spec)
const strict = { mtls: { mode: 'STRICT' } }

describe('an authorization policy that nearly decided is told with the field in which it did not', () => {
  it.each<[string, readonly Manifest[], string]>([
    [
      'a DENY of another namespace (AUTHZ-11)',
      [policy('bank/guests', { action: 'DENY', rules: [{ from: [{ source: { namespaces: ['guests'] } }] }] })],
      `AUTHORIZATION AuthorizationPolicy bank/guests spec.rules[0].from[0].source.namespaces denies only what has namespace \`guests\` (${who})`,
    ],
    [
      'a DENY of another port (AUTHZ-19)',
      [policy('bank/admin', { action: 'DENY', rules: [{ to: [{ operation: { ports: ['9000'] } }] }] })],
      'AUTHORIZATION AuthorizationPolicy bank/admin spec.rules[0].to[0].operation.ports denies only what has port `9000` (the call is to port `8080`)',
    ],
    [
      'an ALLOW of somebody else, of which the nearest rule counts (AUTHZ-6)',
      [
        policy('bank/callers', {
          rules: [
            { from: [{ source: { principals: ['cluster.local/ns/shop/sa/a'] } }], to: [{ operation: { ports: ['9000'] } }] },
            { from: [{ source: { principals: ['cluster.local/ns/shop/sa/b'] } }] },
          ],
        }),
      ],
      `AUTHORIZATION AuthorizationPolicy bank/callers spec.rules[1].from[0].source.principals allows only what has principal \`cluster.local/ns/shop/sa/b\` (${who})`,
    ],
    [
      'a selector with a slip (AUTHZ-2)',
      [policy('bank/typo', { action: 'DENY', selector: { matchLabels: { app: 'ledgr' } }, rules: [{}] })],
      'AUTHORIZATION AuthorizationPolicy bank/typo spec.selector selects `app: ledgr`, and `ledger` has `app: ledger`; it selects no workload',
    ],
    [
      'one of the caller’s namespace (AUTHZ-1)',
      [policy('shop/wrong-place', { action: 'DENY', selector: { matchLabels: { app: 'ledger' } }, rules: [{}] })],
      'AUTHORIZATION AuthorizationPolicy shop/wrong-place - holds in namespace `shop` alone, and `ledger` is in `bank`',
    ],
    [
      'one for waypoints, which the call comes past (AMB-52)',
      [policy('bank/closed', { action: 'DENY', targetRefs: [{ group: '', kind: 'Service', name: 'ledger' }], rules: [{}] })],
      'AUTHORIZATION AuthorizationPolicy bank/closed spec.targetRefs is for waypoints in front of `Service/ledger`, and the call comes past any',
    ],
    [
      'one for a gateway (AUTHZ-4)',
      [
        policy('bank/edge', {
          action: 'DENY',
          targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'ledger' }],
          rules: [{}],
        }),
      ],
      'AUTHORIZATION AuthorizationPolicy bank/edge spec.targetRefs is for `Gateway/ledger`, and `ledger` is no pod of it',
    ],
    [
      'a dry run (AUTHZ-31)',
      [
        {
          ...policy('bank/dry', { action: 'DENY', rules: [{}] }),
          metadata: { namespace: 'bank', name: 'dry', annotations: { 'istio.io/dry-run': 'true' } },
        },
      ],
      'AUTHORIZATION AuthorizationPolicy bank/dry metadata.annotations is a dry run (`istio.io/dry-run`): what it says is written into a log, and nothing more',
    ],
  ])('%s', (_, objects, expected) => expect(nearIn(...objects)).toContain(expected))

  it('one for a caller without identity, who can have none of what it asks for (AUTHZ-14)', () => {
    const denying = policy('bank/none', { action: 'DENY', rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] })
    expect(near(mesh(denying), 'west/shop/bare', 'ledger.bank:80').join()).toContain('the caller has no identity there')
  })

  it('one that only another primary has (MODEL-16)', () => {
    const header = { network: 'n', remoteSecrets: ['east'] }
    const denying = policy('bank/closed', { action: 'DENY', rules: [{}] })
    const both = topology([
      cluster('west', [deployment('shop/web'), ...ledger], header),
      cluster('east', [denying], { network: 'n', remoteSecrets: ['west'] }),
    ])
    expect(near(both, 'west/shop/web', 'ledger.bank:80')).toContain(
      'AUTHORIZATION AuthorizationPolicy east/bank/closed - exists only in cluster `east`, whose objects control plane `west` does not read',
    )
  })

  it('none where a policy is for other workloads, which is no accident', () => {
    const others = policy('bank/others', { action: 'DENY', selector: { matchLabels: { app: 'vault' } }, rules: [{}] })
    expect(nearIn(others, deployment('bank/vault'))).toEqual([])
  })
})

describe('a PeerAuthentication that does not hold for the port', () => {
  it.each<[string, readonly Manifest[], string]>([
    [
      'selects nobody (TLS-1)',
      [mode('bank/typo', { selector: { matchLabels: { app: 'leger' } }, ...strict })],
      'TRANSPORT PeerAuthentication bank/typo spec.selector selects `app: leger`, and `ledger` has `app: ledger`; it selects no workload',
    ],
    [
      'is of a port that the call is not to (TLS-3)',
      [mode('bank/ports', { selector: { matchLabels: { app: 'ledger' } }, portLevelMtls: { 9000: { mode: 'STRICT' } } })],
      'TRANSPORT PeerAuthentication bank/ports spec.portLevelMtls sets modes of port `9000`, and the call is to port `8080` of the pod',
    ],
    [
      'is younger than another of its level (TLS-2)',
      [mode('bank/a', { mtls: { mode: 'PERMISSIVE' } }), mode('bank/b', strict)],
      'TRANSPORT PeerAuthentication bank/b - does not hold, as `bank/a` of the same level is older',
    ],
    [
      'stands in the root namespace with a selector (TLS-1)',
      [mode('istio-system/x', { selector: { matchLabels: { app: 'ledger' } }, ...strict })],
      'TRANSPORT PeerAuthentication istio-system/x spec.selector is ignored, as it stands in the root namespace and has a selector',
    ],
  ])('%s', (_, objects, expected) => expect(nearIn(...objects)).toContain(expected))
})

const route = (destination: string, more: Manifest = {}) => ({ ...more, route: [{ destination: { host: destination } }] })
const virtual = (name: string, spec: Manifest) => istio('VirtualService', name, { hosts: ['ledger.bank.svc.cluster.local'], ...spec })
const rule = (name: string, spec: Manifest = {}) => istio('DestinationRule', name, { host: 'ledger.bank.svc.cluster.local', ...spec })
const toLedger = { http: [route('ledger.bank.svc.cluster.local')] }

describe('who loses a contest about a host is told', () => {
  it.each<[string, readonly Manifest[], string]>([
    [
      'the second VirtualService of the host (ROUTE-1)',
      [virtual('bank/a', toLedger), virtual('bank/b', toLedger)],
      'ROUTE VirtualService bank/b spec.hosts loses to VirtualService `bank/a`, which comes first for the host',
    ],
    [
      'one that is bound to a gateway alone (ROUTE-11)',
      [virtual('bank/edge', { ...toLedger, gateways: ['bank/gate'] })],
      'ROUTE VirtualService bank/edge spec.hosts is bound to `bank/gate`, and not to `mesh`',
    ],
    [
      'one that is kept to its namespace (VIS-25)',
      [virtual('bank/own', { ...toLedger, exportTo: ['.'] })],
      'ROUTE VirtualService bank/own spec.hosts is exported to `bank`, and not to `shop`',
    ],
    [
      'a route that misses in one condition (ROUTE-2)',
      [virtual('bank/a', { http: [route('vault.bank.svc.cluster.local', { match: [{ scheme: { exact: 'https' } }] }), ...toLedger.http] })],
      'ROUTE VirtualService bank/a spec.http[0].match wants scheme `https` (this is `http`)',
    ],
    [
      'a DestinationRule that a nearer namespace’s hides (ROUTE-20)',
      [rule('shop/near'), rule('bank/far')],
      'ROUTE DestinationRule bank/far - is hidden by `shop/near`, which is of a nearer namespace',
    ],
    [
      'a DestinationRule for many hosts beside one that names this host more closely (ROUTE-21)',
      [rule('bank/close'), rule('bank/wide', { host: '*.bank.svc.cluster.local' })],
      'ROUTE DestinationRule bank/wide - names `*.bank.svc.cluster.local`, and `bank/close` names `ledger.bank.svc.cluster.local`, which is closer',
    ],
    [
      'one that is exported to others (ROUTE-21)',
      [rule('bank/kept', { exportTo: ['lost'] })],
      'ROUTE DestinationRule bank/kept - is not exported to `shop`',
    ],
    [
      'one of a namespace that is not looked at (ROUTE-20)',
      [rule('lost/rule')],
      'ROUTE DestinationRule lost/rule - stands in `lost`, and only rules of the client’s namespace, the service’s and the root namespace are looked at',
    ],
    [
      'the second Sidecar of a proxy (VIS-14)',
      [istio('Sidecar', 'shop/a', { egress: [{ hosts: ['*/*'] }] }), istio('Sidecar', 'shop/b', { egress: [{ hosts: ['./*'] }] })],
      'SCOPE Sidecar shop/b spec.workloadSelector does not shape this proxy, as `shop/a` does, and Sidecars are never merged',
    ],
  ])('%s', (_, objects, expected) => expect(nearIn(...objects)).toContain(expected))
})

it('a short name that another namespace has is told (DNS-6)', () => {
  expect(near(mesh(), 'west/shop/web', 'ledger:80')).toContain(
    'NAME Service bank/ledger - is `ledger.bank`, and `ledger` alone means namespace `shop`',
  )
})

describe('the sentence of a stop says what differs', () => {
  const summaryOf = (to: string, ...extra: readonly Manifest[]) => ask(mesh(...extra), 'west/shop/web', to).summary

  it('the method that a rule wants, and that of the request (AUTHZ-20)', () => {
    const get = policy('bank/get', { rules: [{ to: [{ operation: { methods: ['GET'], paths: ['/api/*'] } }] }] })
    const document = mesh(get)
    const { summary } = ask(document, 'west/shop/web', 'ledger.bank:80', { method: 'POST', path: '/api/x' })
    expect(summary).toContain('its only rule wants method `GET` (this is a `POST`)')
    expect(summary).not.toContain('the server sees')
  })

  it('the trust domain that takes the place of another one (AUTHZ-15)', () => {
    const old = policy('bank/old', { rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/other'] } }] }] })
    const document = topology([cluster('west', [deployment('shop/web'), ...ledger, old])], {
      meshes: [{ name: 'mesh1', trustDomain: 'new.example' }],
    })
    expect(
      ask(document, 'west/shop/web', 'ledger.bank:80')
        .steps.map(({ message }) => message)
        .join(),
    ).toContain(
      'wants principal `new.example/ns/shop/sa/other`, written `cluster.local/ns/shop/sa/other`, whose trust domain the server’s own replaces',
    )
  })

  it('the label that a Service selects, and that of the workload next to it (EDS-1)', () => {
    expect(summaryOf('vault.bank:80', service('bank/vault'))).toContain(
      'its Service selects `app: vault`, and Deployment `ledger` has `app: ledger`',
    )
  })

  it('the label of a subset, and that of the endpoint (EDS-26)', () => {
    const subsets = [{ name: 'v2', labels: { version: 'v2' } }]
    const http = [{ route: [{ destination: { host: 'ledger.bank.svc.cluster.local', subset: 'v2' } }] }]
    expect(summaryOf('ledger.bank:80', rule('bank/ledger', { subsets }), virtual('bank/ledger', { http }))).toContain(
      'VirtualService `bank/ledger` sends the call to subset `v2` of `ledger.bank.svc.cluster.local:80`, which selects `version: v2`, and its only endpoint has no `version`',
    )
  })

  it.each([
    ['and is not exported', { exportTo: ['.'] }, 'is not exported to `shop`'],
    [
      'for other workloads',
      { exportTo: ['.'], workloadSelector: { matchLabels: { app: 'web' } } },
      'has a `workloadSelector`, which holds in its own namespace alone',
    ],
  ])('the DestinationRule that defines the subset %s, of a route and of a part of it (EDS-27, ROUTE-20)', (_title, spec, why) => {
    const subsets = [{ name: 'v2', labels: { version: 'v2' } }]
    const to = (subset: string | undefined, weight: number) => ({ destination: { host: 'ledger.bank.svc.cluster.local', subset }, weight })
    const leading = (...parts: readonly Manifest[]) => virtual('bank/ledger', { http: [{ route: parts }] })
    const written = rule('bank/ledger', { subsets, ...spec })
    const expected = `ROUTE DestinationRule bank/ledger - ${why}`
    expect(nearIn(written, leading(to('v2', 100)))).toContain(expected)
    expect(nearIn(written, leading(to('v2', 20), to(undefined, 80)))).toContain(expected)
    // Beside one in force that does not define it.
    const usual = istio('DestinationRule', 'istio-system/ledger', {
      host: 'ledger.bank.svc.cluster.local',
      subsets: [{ name: 'v1', labels: {} }],
    })
    expect(nearIn(written, usual, leading(to('v2', 100)))).toContain(expected)
  })

  it('the host that may have been meant (EDS-27)', () => {
    const http = [route('leger.bank.svc.cluster.local')]
    expect(summaryOf('ledger.bank:80', virtual('bank/ledger', { http }))).toContain('did you mean `ledger.bank.svc.cluster.local`')
  })

  it('how many of several workloads get through (FLOW-4)', () => {
    const callers = policy('bank/callers', { rules: [{ from: [{ source: { principals: ['*/ns/shop/sa/web'] } }] }] })
    expect(ask(mesh(callers, deployment('shop/other')), 'west/shop', 'ledger.bank:80').summary).toContain(
      'only under conditions, as 1 of 3 workloads gets through: `web`',
    )
  })
})
