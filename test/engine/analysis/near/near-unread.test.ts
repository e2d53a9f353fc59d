import { describe, expect, it } from 'vitest'
import type { Reachability } from '#engine/model/reachability'
import { ask, cluster, deployment, istio, type Manifest, service, topology } from '../../combinations/asking.js'
import { app, backendTls, edge, fromOutside, homes, http, httpRoute, tcpRoute, toEdge } from '../gateway-api/api.js'

const ledger = [deployment('bank/ledger'), service('bank/ledger')]

const near = ({ steps }: Reachability): readonly string[] =>
  steps.flatMap(({ stage, nearMisses }) =>
    nearMisses.map(({ resource: { cluster: place, kind, namespace, name }, path, why }) =>
      [stage, kind, `${place === 'west' ? '' : `${place}/`}${namespace}/${name}`, path ?? '-', why].join(' '),
    ),
  )

interface Running {
  readonly flags?: Manifest
  readonly version?: string
}

const mesh = (objects: readonly Manifest[], { flags = {}, version = '1.32.0' }: Running = {}) =>
  topology([cluster('west', [deployment('shop/web'), ...ledger, ...objects])], {
    controlPlanes: [{ name: 'west', cluster: 'west', version, flags }],
  })

const parent = { parentRefs: [{ group: '', kind: 'Service', name: 'ledger' }] }
const toLedger = { rules: [{ backendRefs: [{ name: 'ledger', port: 80 }] }] }
const off = 'is not read by control plane `west`, which runs without'

describe('an object that a flag keeps the control plane from reading is told', () => {
  it.each<[string, Manifest, Running, string]>([
    [
      'a route of the Gateway API (GWAPI-1)',
      httpRoute('bank/ledger', { ...parent, ...toLedger }),
      { flags: { PILOT_ENABLE_GATEWAY_API: 'false' } },
      `ROUTE HTTPRoute bank/ledger - ${off} \`PILOT_ENABLE_GATEWAY_API\``,
    ],
    [
      'a route of a kind that was not stable yet (GWAPI-2)',
      tcpRoute('bank/ledger', { ...parent, ...toLedger }),
      { version: '1.27.0' },
      `ROUTE TCPRoute bank/ledger - ${off} \`PILOT_ENABLE_ALPHA_GATEWAY_API\``,
    ],
    [
      'a policy of the Gateway API (GWAPI-69)',
      backendTls('bank/ledger', { targetRefs: [{ group: '', kind: 'Service', name: 'ledger' }], validation: { hostname: 'ledger.org' } }),
      { flags: { PILOT_ENABLE_GATEWAY_API: 'false' } },
      `ROUTE BackendTLSPolicy bank/ledger - ${off} \`PILOT_ENABLE_GATEWAY_API\``,
    ],
  ])('%s', (_, object, running, expected) => {
    expect(near(ask(mesh([object], running), 'west/shop/web', 'ledger.bank:80'))).toContain(expected)
    expect(near(ask(mesh([object]), 'west/shop/web', 'ledger.bank:80')).join()).not.toContain('runs without')
  })

  it('what is exported under a name of the set of clusters (MCS-1)', () => {
    const exported = {
      apiVersion: 'multicluster.x-k8s.io/v1alpha1',
      kind: 'ServiceExport',
      metadata: { namespace: 'bank', name: 'ledger' },
    }
    const answer = ask(mesh([exported]), 'west/shop/web', 'ledger.bank.svc.clusterset.local:80')
    expect(near(answer)).toContain(
      'NAME ServiceExport bank/ledger - is given no name `ledger.bank.svc.clusterset.local` by control plane `west`, which runs without `ENABLE_MCS_SERVICE_DISCOVERY`',
    )
  })
})

describe('a route of the Gateway API for the host that counts for nothing is told, on a call that arrives as well', () => {
  const { rules } = { rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }] }
  const open = httpRoute('app/shop', { parentRefs: [toEdge], hostnames: ['shop.example'], rules })
  const world = [...homes, edge([http('web', 80)]), ...app('app/shop'), open]
  it.each<[string, Manifest, RegExp]>([
    [
      'as its parent does not take it (GWAPI-31)',
      httpRoute('app/lost', { parentRefs: [{ ...toEdge, sectionName: 'wed' }], hostnames: ['shop.example'], rules }),
      /ROUTE HTTPRoute app\/lost spec\.parentRefs\[0\] is not attached, as /u,
    ],
  ])('%s', (_, lost, expected) => {
    const answer = fromOutside([...world, lost], 'shop.example')
    expect(answer.verdict).toBe('REACHABLE')
    expect(near(answer).join('\n')).toMatch(expected)
  })
})

describe('what is written for a host and means another one (MODEL-19)', () => {
  const http = [{ route: [{ destination: { host: 'ledger.bank.svc.cluster.local' } }] }]
  it.each<[string, Manifest, string]>([
    [
      'a VirtualService',
      istio('VirtualService', 'shop/ledger', { hosts: ['ledger'], http }),
      'ROUTE VirtualService shop/ledger spec.hosts names `ledger` alone, which in `shop` means `ledger.shop.svc.cluster.local`',
    ],
    [
      'a DestinationRule',
      istio('DestinationRule', 'shop/ledger', { host: 'ledger' }),
      'ROUTE DestinationRule shop/ledger spec.host names `ledger` alone, which in `shop` means `ledger.shop.svc.cluster.local`',
    ],
  ])('%s', (_, object, expected) => {
    expect(near(ask(mesh([object]), 'west/shop/web', 'ledger.bank:80'))).toContain(expected)
    const own = [object, service('shop/ledger'), deployment('shop/ledger')]
    expect(near(ask(mesh(own), 'west/shop/web', 'ledger.bank:80')).join()).not.toContain('alone')
  })
})

describe('what exists only in another primary (MODEL-16)', () => {
  const http = [{ route: [{ destination: { host: 'ledger.bank.svc.cluster.local' } }] }]
  const both = (object: Manifest) => {
    const header = { network: 'n', remoteSecrets: ['east'] }
    return topology([
      cluster('west', [deployment('shop/web'), ...ledger], header),
      cluster('east', [object], { network: 'n', remoteSecrets: ['west'] }),
    ])
  }
  it.each<[string, Manifest, string]>([
    ['a VirtualService', istio('VirtualService', 'bank/a', { hosts: ['ledger'], http }), 'ROUTE VirtualService east/bank/a'],
    [
      'a DestinationRule',
      istio('DestinationRule', 'bank/a', { host: 'ledger.bank.svc.cluster.local' }),
      'ROUTE DestinationRule east/bank/a',
    ],
    ['a Sidecar', istio('Sidecar', 'shop/a', { egress: [{ hosts: ['./*'] }] }), 'SCOPE Sidecar east/shop/a'],
  ])('%s', (_, object, expected) =>
    expect(near(ask(both(object), 'west/shop/web', 'ledger.bank:80'))).toContain(
      `${expected} - exists only in cluster \`east\`, whose objects control plane \`west\` does not read`,
    ),
  )
})
