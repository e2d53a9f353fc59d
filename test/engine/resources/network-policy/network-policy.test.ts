import { describe, expect, it } from 'vitest'
import { readCalicoSelector } from '#engine/resources/network-policy/calico-selector'
import { readOne, unreadPaths } from '../read-one.js'

const read = (spec: string) => readOne('networking.k8s.io', 'NetworkPolicy', `spec: ${spec}`)
const policy = (spec: string) => read(spec).networkPolicies.get('n')?.[0]
const every = { matchLabels: {}, matchExpressions: [] }

describe('a NetworkPolicy', () => {
  it.each([
    ['{}', [], undefined],
    ['{ egress: [] }', [], undefined],
    ['{ egress: [{}] }', [], [{}]],
    ['{ policyTypes: [Egress] }', undefined, []],
    ['{ policyTypes: [Egress], ingress: [{}] }', undefined, []],
    ['{ policyTypes: [Ingress], egress: [{}] }', [], undefined],
    ['{ policyTypes: [Ingress, Egress], ingress: [{}] }', [{}], []],
  ])('%s lets in %o and out %o, undefined being what it does not restrict (NP-5, NP-7)', (spec, ingress, egress) => {
    const read = policy(spec)
    expect([read?.ingress, read?.egress, read?.unclear]).toEqual([ingress, egress, false])
  })

  it('selects every pod of its namespace without a selector, and with an empty one', () => {
    expect(policy('{}')?.podSelector).toEqual(every)
    expect(policy('{ podSelector: {} }')?.podSelector).toEqual(every)
  })

  it('takes absent and empty peers and ports for any (NP-8)', () => {
    expect(policy('{ ingress: [{ from: [], ports: [] }] }')?.ingress).toEqual([{}])
    expect(policy('{ ingress: [{ from: null }] }')?.ingress).toEqual([{}])
  })

  it('keeps what an absent selector of a peer is apart from an empty one (NP-9)', () => {
    const peers = policy('{ ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: {}, podSelector: {} }] }] }')?.ingress?.[0]?.peers
    expect(peers).toEqual([{ podSelector: every }, { podSelector: every, namespaceSelector: every }])
  })

  it.each([
    ['{}', { protocol: 'TCP' }],
    ['{ protocol: UDP }', { protocol: 'UDP' }],
    ['{ port: 80 }', { protocol: 'TCP', range: { first: 80, last: 80 } }],
    ['{ port: 80, endPort: 90 }', { protocol: 'TCP', range: { first: 80, last: 90 } }],
    ['{ port: http }', { protocol: 'TCP', name: 'http' }],
  ])('has ports: %s is %o (NP-12)', (port, expected) => {
    expect(policy(`{ ingress: [{ ports: [${port}] }] }`)?.ingress?.[0]?.ports).toEqual([expected])
  })

  it.each([
    ['a peer that names nobody', '{ ingress: [{ from: [{}] }] }', 'spec.ingress[0].from[0]'],
    ['peers that are no list', '{ ingress: [{ from: {} }] }', 'spec.ingress[0].from'],
    ['ports that are no list', '{ egress: [{ ports: 80 }] }', 'spec.egress[0].ports'],
    ['an unknown protocol', '{ ingress: [{ ports: [{ protocol: tcp }] }] }', 'spec.ingress[0].ports[0].protocol'],
    [
      'an unknown operator',
      '{ podSelector: { matchExpressions: [{ key: a, operator: Is }] } }',
      'spec.podSelector.matchExpressions[0].operator',
    ],
    [
      'exceptions that are text',
      '{ ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: x } }] }] }',
      'spec.ingress[0].from[0].ipBlock.except',
    ],
  ])('with %s is unclear, and the place is noted', (_, spec, path) => {
    expect(unreadPaths(read(spec))).toEqual([path])
    expect(policy(spec)?.unclear).toBe(true)
  })

  it('whose peers cannot be read never lets anybody in for that (NP-8)', () => {
    expect(policy('{ ingress: [{ from: {} }] }')?.ingress).toEqual([{ peers: [] }])
    expect(policy('{ ingress: [{ from: [{}] }] }')?.ingress).toEqual([{ peers: [] }])
  })
})

describe('a policy for the whole cluster', () => {
  const readOf = (kind: string, spec: string) => readOne('policy.networking.k8s.io', kind, `spec: ${spec}`)
  const admin = (spec: string, kind = 'AdminNetworkPolicy') => readOf(kind, spec).adminPolicies[0]
  const subject = 'subject: { namespaces: {} }'

  it.each([
    ['AdminNetworkPolicy', `{ ${subject}, priority: 5 }`, 'ADMIN', 5],
    ['BaselineAdminNetworkPolicy', `{ ${subject} }`, 'BASELINE', 1000],
    ['ClusterNetworkPolicy', `{ ${subject}, tier: Admin, priority: 0 }`, 'ADMIN', 0],
    ['ClusterNetworkPolicy', `{ ${subject}, tier: Baseline, priority: 7 }`, 'BASELINE', 7],
  ])('%s %s is of tier %s and priority %i (NP-30, NP-31)', (kind, spec, tier, priority) => {
    expect(admin(spec, kind)).toMatchObject({ tier, priority, ingress: [], egress: [], unclear: false })
  })

  it('selects namespaces, or pods in them (NP-33)', () => {
    expect(admin(`{ ${subject} }`)?.subject).toEqual({ namespaces: every, pods: every })
    const some = admin('{ subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: a } } } } }')?.subject
    expect(some).toEqual({ namespaces: every, pods: { matchLabels: { app: 'a' }, matchExpressions: [] } })
  })

  it.each([
    ['{ namespaces: {} }', { kind: 'PODS', namespaces: every, pods: every }],
    ['{ networks: [10.0.0.0/8] }', { kind: 'NETWORKS', cidrs: ['10.0.0.0/8'] }],
    ['{ nodes: {} }', { kind: 'NODES', nodes: every }],
    ['{ domainNames: ["*.a.b"] }', { kind: 'DOMAIN_NAMES' }],
    ['{ serviceAccounts: {} }', { kind: 'UNKNOWN' }],
  ])('knows peer %s as %o (NP-33)', (peer, expected) => {
    const egress = admin(`{ ${subject}, egress: [{ action: Allow, to: [${peer}] }] }`)?.egress
    expect(egress).toEqual([{ name: '', action: 'ALLOW', peers: [expected] }])
  })

  it.each([
    ['ports: [{ portNumber: { port: 80 } }]', [{ protocol: 'TCP', range: { first: 80, last: 80 } }]],
    ['ports: [{ portRange: { protocol: UDP, start: 1, end: 9 } }]', [{ protocol: 'UDP', range: { first: 1, last: 9 } }]],
    ['ports: [{ namedPort: web }]', [{ protocol: undefined, name: 'web' }]],
    ['protocols: [{ udp: { destinationPort: { number: 53 } } }]', [{ protocol: 'UDP', range: { first: 53, last: 53 } }]],
    ['protocols: [{ tcp: { destinationPort: { range: { start: 1, end: 9 } } } }]', [{ protocol: 'TCP', range: { first: 1, last: 9 } }]],
    ['protocols: [{ sctp: {} }]', [{ protocol: 'SCTP' }]],
    ['protocols: [{ destinationNamedPort: web }]', [{ protocol: undefined, name: 'web' }]],
  ])('writes ports in the words of its version: %s (NP-34)', (ports, expected) => {
    expect(admin(`{ ${subject}, ingress: [{ action: Deny, from: [{ namespaces: {} }], ${ports} }] }`)?.ingress[0]?.ports).toEqual(expected)
  })

  it.each([
    ['{}', ['spec.subject']],
    [`{ ${subject}, ingress: [{ action: Drop, from: [{ namespaces: {} }] }] }`, ['spec.ingress[0].action']],
    [`{ ${subject}, ingress: [{ action: Deny, from: [] }] }`, ['spec.ingress[0].from']],
    [`{ ${subject}, ingress: [{ action: Deny, from: [{ namespaces: {} }], ports: [{}] }] }`, ['spec.ingress[0].ports[0]']],
  ])('that says %s is unclear at %o', (spec, paths) => {
    expect(unreadPaths(readOf('AdminNetworkPolicy', spec))).toEqual(paths)
    expect(admin(spec)?.unclear).toBe(true)
  })

  it('of which the tier is missing is unclear', () => {
    expect(unreadPaths(readOf('ClusterNetworkPolicy', `{ ${subject} }`))).toEqual(['spec.tier'])
  })
})

describe('a selector of Calico (NP-40)', () => {
  const test = (key: string, word: string, ...values: readonly string[]) => ({ kind: 'TEST', key, test: word, values })

  it.each([
    ['', { kind: 'ALL', of: [] }],
    ['all()', { kind: 'ALL', of: [] }],
    ['global()', { kind: 'ANY', of: [] }],
    ["role == 'db'", test('role', 'IN', 'db')],
    ['role != "db"', test('role', 'NOT_IN', 'db')],
    ["role in {'a', 'b'}", test('role', 'IN', 'a', 'b')],
    ["role not in { 'a' }", test('role', 'NOT_IN', 'a')],
    ["name starts with 'a-'", test('name', 'STARTS_WITH', 'a-')],
    ["name ends with '-a'", test('name', 'ENDS_WITH', '-a')],
    ["name contains 'x y'", test('name', 'CONTAINS', 'x y')],
    ['!has(a.b/c)', { kind: 'NOT', of: test('a.b/c', 'EXISTS') }],
    [
      "has(a) && b == '1' || has(c)",
      { kind: 'ANY', of: [{ kind: 'ALL', of: [test('a', 'EXISTS'), test('b', 'IN', '1')] }, test('c', 'EXISTS')] },
    ],
    [
      'has(a) && (has(b) || has(c))',
      { kind: 'ALL', of: [test('a', 'EXISTS'), { kind: 'ANY', of: [test('b', 'EXISTS'), test('c', 'EXISTS')] }] },
    ],
  ])('%s', (text, expected) => expect(readCalicoSelector(text)).toEqual(expected))

  it.each(['role', 'role == db', "role == 'db", 'has(a', 'has(a) &&', '&& has(a)', "role ~ 'x'", 'has(a) has(b)', "a in {'b'", '!'])(
    'that is cut short or none, `%s`, may select',
    (text) => expect(readCalicoSelector(text)).toEqual({ kind: 'UNREADABLE' }),
  )
})

describe('policies of plugins, by whom they select (NP-40)', () => {
  const subjects = (group: string, kind: string, yaml: string) => readOne(group, kind, yaml).pluginPolicies[0]?.subjects
  const directions = (group: string, kind: string, spec: string) =>
    subjects(group, kind, `spec: ${spec}`)?.map(({ ingress, egress }) => [ingress, egress])

  it.each([
    ['{}', [[true, false]]],
    ['{ ingress: [{ action: Allow }] }', [[true, false]]],
    ['{ egress: [{ action: Allow }] }', [[false, true]]],
    ['{ ingress: [{}], egress: [{}] }', [[true, true]]],
    ['{ types: [Egress], ingress: [{}] }', [[false, true]]],
  ])('Calico’s %s has a say in %o', (spec, expected) => {
    expect(directions('projectcalico.org', 'NetworkPolicy', spec)).toEqual(expected)
  })

  it.each([
    ['{ endpointSelector: {}, ingress: [] }', [[true, false]]],
    ['{ endpointSelector: {}, egressDeny: [{}] }', [[false, true]]],
    ['{ endpointSelector: {} }', [[true, true]]],
    ['{ nodeSelector: {}, ingress: [{}] }', []],
  ])('Cilium’s %s has a say in %o', (spec, expected) => expect(directions('cilium.io', 'CiliumNetworkPolicy', spec)).toEqual(expected))

  it('Cilium’s keys say where a label comes from, and a namespace’s are told apart from a pod’s', () => {
    const spec = 'spec: { endpointSelector: { matchLabels: { "k8s:app": a, "k8s:io.kubernetes.pod.namespace": m } } }'
    const found = readOne('cilium.io', 'CiliumClusterwideNetworkPolicy', `{ metadata: { namespace: "" }, ${spec} }`).pluginPolicies[0]
      ?.subjects[0]
    expect(found?.pods).toEqual({ kind: 'ALL', of: [{ kind: 'TEST', key: 'app', test: 'IN', values: ['a'] }] })
    expect(found?.namespaces).toEqual({
      kind: 'ALL',
      of: [{ kind: 'TEST', key: 'kubernetes.io/metadata.name', test: 'IN', values: ['m'] }],
    })
  })

  it('Antrea applies a policy as a whole or rule by rule, and a group may be anybody', () => {
    const of = (spec: string) => subjects('crd.antrea.io', 'NetworkPolicy', `spec: ${spec}`)
    expect(of('{ appliedTo: [{ podSelector: {} }], ingress: [{}] }')).toMatchObject([{ ingress: true, egress: false }])
    expect(of('{ egress: [{ appliedTo: [{ podSelector: {} }] }] }')).toMatchObject([{ ingress: false, egress: true }])
    expect(of('{ appliedTo: [{ group: g }] }')).toMatchObject([{ pods: { kind: 'UNREADABLE' }, ingress: true, egress: true }])
    expect(of('{}')).toEqual([])
  })
})
