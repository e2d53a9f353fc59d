import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, type Manifest, namespace, service, topology } from '../../combinations/asking.js'
import { app, denyAll, into, networkPolicy, outOf } from '../network-policy/policies.js'

const ledger = deployment(
  'bank/ledger',
  {},
  {},
  { containers: [{ name: 'app', image: 'app', ports: [{ name: 'web', containerPort: 8080 }] }] },
)
const shop = namespace('shop', { 'istio-injection': 'enabled', team: 'sales' })
const objects = [shop, deployment('shop/web', { tier: 'front' }), ledger, service('bank/ledger')]
const mesh = (...policies: readonly Manifest[]) => topology([cluster('west', [...objects, ...policies], { podCidrs: ['10.8.0.0/16'] })])

type Document = Parameters<typeof ask>[0]

const near = (document: Document, from = 'west/shop/web'): readonly string[] =>
  ask(document, from, 'ledger.bank:80')
    .endpoints.flatMap(({ steps }) => steps)
    .filter(({ stage }) => stage === 'NETWORK_POLICY')
    .flatMap(({ nearMisses }) =>
      nearMisses.map(
        ({ resource: { cluster: place, namespace: home, name }, path, why }) => `${place}/${home}/${name} ${path ?? '-'} ${why}`,
      ),
    )

/** To the DNS pods, which every name is asked of (NP-22). */
const lookups = {
  to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ port: 53, protocol: 'UDP' }],
}

const from = (...peers: readonly Manifest[]) => ({ from: peers })

describe('a NetworkPolicy that nearly admits a call is told with the field in which it does not', () => {
  it.each<[string, Manifest, string]>([
    [
      'the label of a pod (NP-9)',
      into('bank/in', 'ledger', from({ namespaceSelector: { matchLabels: { team: 'sales' } }, podSelector: app('wed') })),
      'spec.ingress[0].from[0].podSelector admits only pods with `app: wed` (`shop/web` has `app: web`)',
    ],
    [
      'a label of a pod that is asked for by an expression (NP-9)',
      into(
        'bank/in',
        'ledger',
        from({ namespaceSelector: {}, podSelector: { matchExpressions: [{ key: 'tier', operator: 'In', values: ['back', 'mid'] }] } }),
      ),
      'spec.ingress[0].from[0].podSelector admits only pods with `tier` in `back` or `mid` (`shop/web` has `tier: front`)',
    ],
    [
      'a label of the namespace (NP-10)',
      into('bank/in', 'ledger', from({ namespaceSelector: { matchLabels: { team: 'ops' } } })),
      'spec.ingress[0].from[0].namespaceSelector admits only namespaces with `team: ops` (`shop` has `team: sales`)',
    ],
    [
      'pods of its own namespace, where it names no other (NP-9)',
      into('bank/in', 'ledger', from({ podSelector: app('web') })),
      'spec.ingress[0].from[0] admits only pods of namespace `bank` (`shop/web` is in `shop`)',
    ],
    [
      'addresses among which the pod has none (NP-11)',
      into('bank/in', 'ledger', from({ ipBlock: { cidr: '192.168.0.0/16' } })),
      'spec.ingress[0].from[0].ipBlock admits only addresses of `192.168.0.0/16` (`shop/web` has one of `10.8.0.0/16`)',
    ],
    [
      'a block that leaves the pod out (NP-11)',
      into('bank/in', 'ledger', from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.8.0.0/15'] } })),
      'spec.ingress[0].from[0].ipBlock.except admits only addresses outside of `10.8.0.0/15` (`shop/web` has one of `10.8.0.0/16`)',
    ],
    [
      'the Service’s port instead of the pod’s (NP-12)',
      into('bank/in', 'ledger', { ports: [{ port: 80 }] }),
      'spec.ingress[0].ports admits only port `80` (the call is to port `8080` of the pod)',
    ],
    [
      'a name that the pod gives another port, or none (NP-12)',
      into('bank/in', 'ledger', { ports: [{ port: 'http' }] }),
      'spec.ingress[0].ports admits only port `http` (the call is to port `8080` of the pod)',
    ],
    [
      'the protocol (NP-12)',
      into('bank/in', 'ledger', { ports: [{ port: 8080, protocol: 'UDP' }] }),
      'spec.ingress[0].ports admits only port `8080/UDP` (the call is to port `8080` of the pod)',
    ],
    [
      'the peer and the port, both of them (NP-9, NP-12)',
      into('bank/in', 'ledger', { from: [{ namespaceSelector: { matchLabels: { team: 'ops' } } }], ports: [{ port: 80 }] }),
      'spec.ingress[0].from[0].namespaceSelector admits only namespaces with `team: ops` (`shop` has `team: sales`) and port `80` (the call is to port `8080` of the pod)',
    ],
    [
      'what a client may send (NP-6)',
      outOf('shop/out', 'web', { to: [{ namespaceSelector: {}, podSelector: app('vault') }] }, lookups),
      'spec.egress[0].to[0].podSelector lets it call only pods with `app: vault` (`bank/ledger` has `app: ledger`)',
    ],
  ])('%s', (_, policy, expected) => {
    const { namespace: home, name } = policy['metadata'] as Readonly<Record<string, string>>
    expect(near(mesh(policy))[0]).toBe(`west/${home}/${name} ${expected}`)
  })

  it('the nearest entry of a rule, and the nearest rule first (NP-8)', () => {
    const policy = into(
      'bank/in',
      'ledger',
      { from: [{ namespaceSelector: { matchLabels: { team: 'ops' } } }], ports: [{ port: 80 }] },
      from({ ipBlock: { cidr: '192.168.0.0/16' } }, { namespaceSelector: {}, podSelector: app('wed') }),
    )
    expect(near(mesh(policy)).map((one) => one.split(' ')[1])).toEqual([
      'spec.ingress[1].from[1].podSelector',
      'spec.ingress[0].from[0].namespaceSelector',
    ])
  })

  it('pods of its own cluster, where the caller is in another (NP-1)', () => {
    const header = { network: 'n', remoteSecrets: ['east'], podCidrs: ['10.8.0.0/16'] }
    const policy = into('bank/in', 'ledger', from({ namespaceSelector: {}, podSelector: app('web') }))
    const both = topology([
      cluster('west', [ledger, service('bank/ledger'), policy], header),
      cluster('east', [deployment('shop/web'), service('bank/ledger')], {
        network: 'n',
        remoteSecrets: ['west'],
        podCidrs: ['10.9.0.0/16'],
      }),
    ])
    expect(near(both, 'east/shop/web')).toEqual([
      'west/bank/in spec.ingress[0].from[0] admits only pods of cluster `west` (`shop/web` is in `east`)',
    ])
  })

  it('none of the rules where one of them admits the call', () => {
    expect(near(mesh(into('bank/in', 'ledger', { ports: [{ port: 80 }] }, { ports: [{ port: 8080 }] })))).toEqual([])
  })
})

it('a rule that nearly lets a client look a name up is told where it gets no address (NP-22)', () => {
  const policy = outOf('shop/out', 'web', { ...lookups, ports: [{ port: 53, protocol: 'TCP' }] })
  const name = ask(mesh(policy), 'west/shop/web', 'ledger.bank:80').steps.find(({ stage }) => stage === 'NAME')
  expect(name?.nearMisses[0]).toMatchObject({
    path: 'spec.egress[0].ports',
    why: 'lets it call only port `53` (the call is to port `53/UDP` of the pod)',
  })
})

describe('a NetworkPolicy that does not hold for the pod, though somebody may fear or hope so', () => {
  it.each<[string, Manifest, string]>([
    [
      'a selector with a slip (NP-4)',
      networkPolicy('bank/typo', { podSelector: app('ledgr'), policyTypes: ['Ingress'] }),
      'west/bank/typo spec.podSelector selects `app: ledgr`, and `bank/ledger` has `app: ledger`; it selects no pod',
    ],
    [
      'one in the namespace of the caller (NP-4)',
      networkPolicy('shop/lost', { podSelector: app('ledger'), policyTypes: ['Ingress'] }),
      'west/shop/lost - holds in namespace `shop` alone, and `bank/ledger` is in `bank`',
    ],
    [
      'one that restricts the other direction (NP-5)',
      denyAll('bank/none-out', 'Egress'),
      'west/bank/none-out spec.policyTypes restricts what `bank/ledger` sends, and not what it takes',
    ],
  ])('%s', (_, policy, expected) => expect(near(mesh(policy))).toEqual([expected]))

  it('one of another cluster (NP-1)', () => {
    const policy = networkPolicy('bank/in', { podSelector: app('ledger'), policyTypes: ['Ingress'] })
    const both = topology([cluster('west', objects), cluster('east', [policy])])
    expect(near(both)).toEqual(['east/bank/in - holds for pods of cluster `east` alone, and `bank/ledger` is in `west`'])
  })

  it('none that selects other pods, which is no accident (NP-4)', () => {
    expect(
      near(mesh(deployment('bank/vault'), networkPolicy('bank/other', { podSelector: app('vault'), policyTypes: ['Ingress'] }))),
    ).toEqual([])
  })
})
