import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { nearByCode } from '#engine/analysis/near/near-by-code'
import { traceCall } from '#engine/analysis/trace-call'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import { type ReasonCode, reasons } from '#engine/model/reasons'
import type { Step } from '#engine/model/step'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { ask, cluster, deployment, eastWest, istio, type Manifest, naked, service, topology } from '../engine/combinations/asking.js'
import { snapshotOfPath } from './read-folder.js'
import { scenariosIn } from './scenario.js'

const casebook = process.env['CASEBOOK'] ?? ''
const moment = Date.parse('2026-11-20T12:00:00Z')

const stepsOf = ({ steps, endpoints }: Reachability): readonly Step[] => [...steps, ...endpoints.flatMap((path) => path.steps)]

function asked(snapshot: Snapshot, { from, to }: ReachabilityQuestion, at = moment): readonly Step[] {
  const trace = traceCall(snapshot, { from, to }, at)
  return 'problem' in trace ? [] : stepsOf(answerFrom(trace, { from, to }))
}

async function stepsOfGoldens(): Promise<readonly Step[]> {
  const found: Step[] = []
  for (const { folder, expectations } of ['examples', 'test/golden/scenarios'].flatMap(scenariosIn)) {
    const snapshot = await snapshotOfPath(folder)
    for (const { at, ...question } of expectations.reachability ?? [])
      found.push(...asked(snapshot, question, at === undefined ? moment : Date.parse(at)))
  }
  return found
}

interface Entry {
  readonly document: string
  readonly ask: { readonly trace?: { readonly from: string; readonly to: string; readonly method?: string; readonly path?: string } }
}

async function stepsOfCasebook(): Promise<readonly Step[]> {
  const index = join(casebook, 'casebook.json')
  if (casebook === '' || !existsSync(index)) return []
  const found: Step[] = []
  for (const { document, ask: question } of JSON.parse(readFileSync(index, 'utf8')) as readonly Entry[]) {
    if (question.trace === undefined) continue
    const { from, to, method, path } = question.trace
    const [name, place, ...workload] = from.split('/')
    const [host = '', port] = to.split(':')
    const source = from === 'outside' ? { outside: true } : { cluster: name, namespace: place, workload: workload.join('/') }
    const destination = { host, ...(port === undefined ? {} : { port: Number(port) }), method: method ?? null, path: path ?? null }
    found.push(...asked(await snapshotOfPath(join(casebook, document)), { from: source, to: destination } as ReachabilityQuestion))
  }
  return found
}

const ledger = [deployment('bank/ledger'), service('bank/ledger')]
const mesh = (...extra: readonly Manifest[]) =>
  topology([cluster('west', [deployment('shop/web'), deployment('shop/bare', naked), ...ledger, ...extra])])
/** A Sidecar of another workload of the namespace, with a slip in its selector. */
const mistyped = istio('Sidecar', 'shop/other', { workloadSelector: { labels: { app: 'wbe' } }, egress: [{ hosts: ['./*'] }] })
const elsewhere = istio('VirtualService', 'bank/ledger', {
  hosts: ['ledger.bank.svc.cluster.local'],
  gateways: ['edge'],
  http: [{ route: [{ destination: { host: 'ledger' } }] }],
})
const younger = (mode: string) => [
  istio('PeerAuthentication', 'bank/a', { mtls: { mode } }, { creationTimestamp: '2026-01-01T00:00:00Z' }),
  istio('PeerAuthentication', 'bank/b', { mtls: { mode: 'STRICT' } }, { creationTimestamp: '2026-02-01T00:00:00Z' }),
]
const registryOnly = istio('Sidecar', 'shop/default', { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' }, egress: [{ hosts: ['./*'] }] })

const [proxyOfEast, entranceOfEast] = eastWest('n2', '203.0.113.2')
/** A server that hands on what comes from other networks, at this port. */
const passing = (number: number) =>
  istio('Gateway', 'istio-system/cross-network', {
    selector: { istio: 'eastwestgateway' },
    servers: [{ port: { number, name: 'tls', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts: ['*.local'] }],
  })
const subset = (name: string) => istio('DestinationRule', 'bank/ledger', { host: 'ledger', subsets: [{ name, labels: { app: 'ledger' } }] })
const pinned = istio('VirtualService', 'bank/ledger', {
  hosts: ['ledger'],
  http: [{ route: [{ destination: { host: 'ledger', subset: 'v1' } }] }],
})
/** Two networks; `web` of west calls what east alone runs. */
const across = (west: readonly Manifest[], east: readonly Manifest[], rest: Manifest = {}) =>
  topology(
    [
      cluster('west', [deployment('shop/web'), service('bank/ledger'), ...west], { network: 'n1', remoteSecrets: ['east'] }),
      cluster('east', [...ledger, ...east], { network: 'n2', remoteSecrets: ['west'] }),
    ],
    rest,
  )
const intoEast = [proxyOfEast ?? {}, entranceOfEast ?? {}]

/** Where no golden shows it: the code of the step, and a call beside whose step with that code something nearly had a say. */
const worlds: readonly (readonly [ReasonCode, ReturnType<typeof mesh>, string, string])[] = [
  ['IN_SCOPE', mesh(mistyped), 'west/shop/web', 'ledger.bank:80'],
  ['BLACKHOLED', mesh(registryOnly, mistyped), 'west/shop/web', 'ledger.bank:80'],
  [
    'HIDDEN_PASSTHROUGH',
    mesh(istio('Sidecar', 'shop/default', { egress: [{ hosts: ['./*'] }] }), mistyped),
    'west/shop/web',
    'ledger.bank:80',
  ],
  ['UNKNOWN_PASSTHROUGH', mesh(mistyped), 'west/shop/web', 'nobody.example:80'],
  [
    'GATEWAY_SUBSET_MISSING',
    across([subset('v1'), pinned], [...intoEast, passing(15443), subset('v2')]),
    'west/shop/web',
    'ledger.bank:80',
  ],
  ['GATEWAY_SERVER_MISSING', across([], [...intoEast, passing(15444)]), 'west/shop/web', 'ledger.bank:80'],
  [
    'GATEWAY_SERVER_MISSING',
    across([], [passing(15444)], { gateways: [{ network: 'n2', cluster: 'east', addresses: ['203.0.113.2'] }] }),
    'west/shop/web',
    'ledger.bank:80',
  ],
  [
    'NO_ENDPOINTS',
    across(
      [],
      [
        service(
          'bank/front',
          { type: 'LoadBalancer', selector: { app: 'ledgr' } },
          {},
          { loadBalancer: { ingress: [{ ip: '203.0.113.5' }] } },
        ),
      ],
    ),
    'west/shop/web',
    '203.0.113.5:80',
  ],
  ['PORT_NOT_DECLARED', mesh(elsewhere), 'west/shop/web', 'ledger.bank:9999'],
  [
    'NOT_CAPTURED',
    topology([
      cluster('west', [deployment('shop/web', {}, { 'traffic.sidecar.istio.io/excludeOutboundPorts': '80' }), ...ledger, elsewhere]),
    ]),
    'west/shop/web',
    'ledger.bank:80',
  ],
  ['MUTUAL_TLS', mesh(...younger('STRICT')), 'west/shop/web', 'ledger.bank:80'],
  ['PLAINTEXT_ACCEPTED', mesh(...younger('PERMISSIVE')), 'west/shop/bare', 'ledger.bank:80'],
  ['TLS_REJECTED', mesh(...younger('STRICT')), 'west/shop/bare', 'ledger.bank:80'],
  [
    'POLICY_DEPENDS',
    mesh(
      istio('AuthorizationPolicy', 'bank/paths', { action: 'DENY', rules: [{ to: [{ operation: { paths: ['/admin'] } }] }] }),
      istio('AuthorizationPolicy', 'bank/typo', { action: 'DENY', selector: { matchLabels: { app: 'ledgr' } }, rules: [{}] }),
    ),
    'west/shop/web',
    'ledger.bank:80',
  ],
]

/** Codes of rows with near misses that neither a golden nor a world here shows yet. */
const unshown: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'INPUT_MISSING',
  'ROUTED_HOST',
  'ROUTES_REFUSED',
  'BACKEND_INVALID',
  'SERVER_NAME_NOT_ROUTED',
  'ADDRESS_NOT_CAPTURED',
  'HOST_NOT_PROGRAMMED',
  'TAKEN_BY_LISTENER',
  'PROTOCOL_NOT_ROUTED',
  'PORT_NOT_IMPORTED',
  'GATEWAY_NOT_FOUND',
  'NETWORK_POLICY_NOT_MODELLED',
  'NETWORK_POLICY_NOT_ENFORCED',
  'OTHER_TLS_PASSED_ON',
  'PROTOCOL_REJECTED',
  'PROTOCOL_NOT_DETECTED',
])

const rows = Object.keys(reasons) as ReasonCode[]
const goldens = await stepsOfGoldens()
const tells = new Set(goldens.flatMap(({ reason, nearMisses }) => (nearMisses.length > 0 ? [reason] : [])))
const shownByWorlds = new Set<string>(worlds.map(([code]) => code))

describe('the near misses beside each reason', () => {
  it.each(rows.flatMap((code) => (typeof nearByCode[code] === 'string' ? [[code, nearByCode[code]] as const] : [])))(
    '%s says why there are none',
    (_code, why) => expect(why).toMatch(/^[a-z].{15,}[^.]$/),
  )

  it('are told by goldens, examples and the casebook beside no reason that has none', async () => {
    const all = [...goldens, ...(await stepsOfCasebook())]
    const told = new Set(all.flatMap(({ reason, nearMisses }) => (nearMisses.length > 0 ? [reason] : [])))
    expect([...told].filter((code) => typeof nearByCode[code as ReasonCode] === 'string')).toEqual([])
  })

  it.each(worlds)('%s tells some', (code, document, from, to) => {
    const steps = stepsOf(ask(document, from, to)).filter(({ reason }) => reason === code)
    expect(steps.flatMap(({ nearMisses }) => nearMisses)).not.toEqual([])
  })

  it.each<[string, ReturnType<typeof mesh>, string, string]>([
    [
      'a gateway that is asked for a subset, the rule of its own side and what that defines (NET-34)',
      across([subset('v1'), pinned], [...intoEast, passing(15443), subset('v2')]),
      'ledger.bank:80',
      'east bank/ledger spec.subsets defines only subset `v2`',
    ],
    [
      'a gateway that is stated, the server at another port (NET-30)',
      across([], [passing(15444)], { gateways: [{ network: 'n2', cluster: 'east', addresses: ['203.0.113.2'] }] }),
      'ledger.bank:80',
      'east istio-system/cross-network spec.servers[0].port hands on what comes at port `15444`, and not at `15443`',
    ],
    [
      'an address behind which nothing stands, the label that its Service gets wrong (EDS-7)',
      across(
        [],
        [
          service(
            'bank/front',
            { type: 'LoadBalancer', selector: { app: 'ledgr' } },
            {},
            { loadBalancer: { ingress: [{ ip: '203.0.113.5' }] } },
          ),
        ],
      ),
      '203.0.113.5:80',
      'east bank/front spec.selector selects `app: ledgr`, and Deployment `ledger` has `app: ledger`',
    ],
  ])('name of %s', (_what, document, to, expected) => {
    const told = stepsOf(ask(document, 'west/shop/web', to)).flatMap(({ nearMisses }) => nearMisses)
    expect(
      told.map(({ resource: { cluster: place, namespace, name }, path, why }) => `${place} ${namespace}/${name} ${path} ${why}`),
    ).toContain(expected)
  })

  it('are shown of every reason that may have them, by a golden or by a call here', () => {
    const claimed = rows.filter((code) => Array.isArray(nearByCode[code]))
    expect(claimed.filter((code) => !tells.has(code) && !shownByWorlds.has(code) && !unshown.has(code))).toEqual([])
  })
})
