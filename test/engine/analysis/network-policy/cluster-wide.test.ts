import { describe, expect, it } from 'vitest'
import { ask, assumed, blamed, cluster, deployment, istio, type Manifest, service, topology } from '../../combinations/asking.js'
import { anyPod, app, clusterWide, denyAll, into, networkPolicy, outcome } from './policies.js'

const header = { networkPolicyEnforced: true, dns: { capture: true } }
const allow = into('bank/allow', 'server', {})
const objects = [deployment('shop/client'), service('bank/server'), deployment('bank/server')]
const call = (...policies: readonly Manifest[]) =>
  ask(topology([cluster('west', [...objects, ...policies], header)]), 'west/shop/client', 'server.bank:80')
const verdict = (...policies: readonly Manifest[]) => outcome(call(...policies)).replace(' ADMIN_NETWORK_POLICY_ENFORCED_ASSUMED', '')

const denied = 'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY'
const passed = 'REACHABLE DELIVERED'
const unknown = 'UNDETERMINED INPUT_MISSING at NETWORK_POLICY'

const admin = (name: string, priority: number, ...ingress: readonly Manifest[]) =>
  clusterWide('ClusterNetworkPolicy', name, { tier: 'Admin', priority, ingress })
const baseline = (name: string, ...ingress: readonly Manifest[]) =>
  clusterWide('ClusterNetworkPolicy', name, { tier: 'Baseline', priority: 5, ingress })
const rule = (action: string, more: Manifest = {}) => ({ action, from: anyPod, ...more })

describe('the Admin tier', () => {
  it('denies over a NetworkPolicy that allows (case 10, NP-30)', () => {
    expect(verdict(admin('a', 5, rule('Deny')), allow)).toBe(denied)
    expect(assumed(call(admin('a', 5, rule('Deny')), allow))).toContain('ADMIN_NETWORK_POLICY_ENFORCED_ASSUMED')
    expect(verdict(clusterWide('AdminNetworkPolicy', 'a', { priority: 5, ingress: [rule('Deny')] }), allow)).toBe(denied)
  })

  it('accepts over a NetworkPolicy that does not (NP-30)', () => {
    expect(verdict(admin('a', 5, rule('Accept')), denyAll('bank/deny'))).toBe(passed)
    expect(verdict(clusterWide('AdminNetworkPolicy', 'a', { priority: 5, ingress: [rule('Allow')] }), denyAll('bank/deny'))).toBe(passed)
  })

  it('leaves it to the NetworkPolicies by Pass, of a lower priority number or earlier in the object (case 10, NP-30)', () => {
    expect(verdict(admin('a', 9, rule('Deny')), admin('b', 1, rule('Pass')), allow)).toBe(passed)
    expect(verdict(admin('a', 9, rule('Deny')), admin('b', 10, rule('Pass')), allow)).toBe(denied)
    expect(verdict(admin('a', 9, rule('Pass'), rule('Deny')), allow)).toBe(passed)
    expect(verdict(admin('a', 9, rule('Pass'), rule('Deny')), denyAll('bank/deny'))).toBe(denied)
  })

  it('says nothing of a direction without rules, and of pods that are no subject (NP-30, NP-33)', () => {
    const outward = clusterWide('ClusterNetworkPolicy', 'a', { tier: 'Admin', priority: 1, egress: [{ action: 'Accept', to: anyPod }] })
    expect(verdict(outward, denyAll('bank/deny'))).toBe(denied)
    const others = { subject: { pods: { namespaceSelector: {}, podSelector: app('other') } } }
    expect(verdict(clusterWide('ClusterNetworkPolicy', 'a', { tier: 'Admin', priority: 1, ...others, ingress: [rule('Deny')] }))).toBe(
      passed,
    )
  })

  it('counts peers and ports at the pod (NP-33, NP-34)', () => {
    const bank = [{ pods: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'bank' } }, podSelector: {} } }]
    expect(verdict(admin('a', 1, rule('Deny', { from: bank })))).toBe(passed)
    const ports = (destinationPort: Manifest) => rule('Deny', { protocols: [{ tcp: { destinationPort } }] })
    expect(verdict(admin('a', 1, ports({ number: 80 })))).toBe(passed)
    expect(verdict(admin('a', 1, ports({ number: 8080 })))).toBe(denied)
    expect(verdict(admin('a', 1, ports({ range: { start: 8000, end: 8100 } })))).toBe(denied)
    expect(verdict(admin('a', 1, rule('Deny', { protocols: [{ udp: {} }] })))).toBe(passed)
    expect(verdict(admin('a', 1, rule('Deny', { protocols: [{ tcp: {} }] })))).toBe(denied)
    const older = (port: Manifest) => clusterWide('AdminNetworkPolicy', 'a', { priority: 1, ingress: [rule('Deny', { ports: [port] })] })
    expect(verdict(older({ portNumber: { port: 8080 } }))).toBe(denied)
    expect(verdict(older({ portNumber: { protocol: 'UDP', port: 8080 } }))).toBe(passed)
    expect(verdict(older({ portRange: { start: 1, end: 100 } }))).toBe(passed)
    expect(verdict(older({ namedPort: 'web' }))).toBe(passed)
  })

  it('is not defined where objects of one priority disagree (NP-30)', () => {
    const answer = call(admin('a', 5, rule('Deny')), admin('b', 5, rule('Accept')))
    expect(outcome(answer)).toBe(unknown)
    expect(blamed(answer)).toEqual(['ClusterNetworkPolicy west/a', 'ClusterNetworkPolicy west/b'])
    expect(verdict(admin('a', 5, rule('Deny')), admin('b', 5, rule('Deny')))).toBe(denied)
  })

  it('closes by a peer that nobody knows, and opens nothing by it (NP-33)', () => {
    const from = [{ stars: {} }]
    expect(verdict(admin('a', 5, rule('Deny', { from })))).toBe(denied)
    expect(verdict(admin('a', 5, rule('Pass', { from })), allow)).toBe(denied)
    expect(verdict(admin('a', 5, rule('Accept', { from })), denyAll('bank/deny'))).toBe(denied)
  })

  it('tells of objects of both versions that both have a say (NP-31)', () => {
    const answer = call(
      admin('a', 5, rule('Pass')),
      clusterWide('AdminNetworkPolicy', 'b', { priority: 6, ingress: [rule('Deny')] }),
      allow,
    )
    expect(answer.verdict).toBe('REACHABLE')
    const other = call(admin('a', 7, rule('Pass')), clusterWide('AdminNetworkPolicy', 'b', { priority: 6, ingress: [rule('Deny')] }), allow)
    expect(assumed(other)).toContain('NETWORK_POLICY_APIS_TOGETHER_ASSUMED')
  })
})

describe('the Baseline tier (case 11, NP-32)', () => {
  it.each([
    ['ClusterNetworkPolicy', baseline('a', rule('Deny'))],
    ['BaselineAdminNetworkPolicy', clusterWide('BaselineAdminNetworkPolicy', 'default', { ingress: [rule('Deny')] })],
  ])('counts only where no NetworkPolicy selects the pod for the direction: %s', (_, deny) => {
    expect(verdict(deny)).toBe(denied)
    expect(verdict(deny, allow)).toBe(passed)
    expect(verdict(deny, networkPolicy('bank/out', { podSelector: app('server'), policyTypes: ['Egress'], egress: [{}] }))).toBe(denied)
    expect(verdict(deny, networkPolicy('bank/other', { podSelector: app('other') }))).toBe(denied)
  })

  it('lets pass by Pass (NP-30)', () => {
    expect(verdict(baseline('a', rule('Pass'), rule('Deny')))).toBe(passed)
  })
})

describe('ends that are no pods of the cluster (case 18, NP-33)', () => {
  it('match no ingress rule: a client of another cluster, a machine', () => {
    const flat = { ...header, network: 'flat' }
    const deny = admin('a', 5, rule('Deny'))
    const west = cluster('west', [deployment('shop/client', {}, { 'sidecar.istio.io/inject': 'false' }), service('bank/server')], flat)
    const east = cluster(
      'east',
      [service('bank/server'), deployment('bank/server', {}, { 'sidecar.istio.io/inject': 'false' }), deny],
      flat,
    )
    const both = topology([{ ...west, remoteSecrets: ['east'] }, east])
    expect(ask(both, 'west/shop/client', 'server.bank:80').steps.map(({ stage }) => stage)).not.toContain('NETWORK_POLICY')
    const machine = istio('WorkloadEntry', 'shop/vm', { address: '10.9.9.9', labels: { app: 'vm' } })
    const answer = ask(topology([cluster('west', [machine, ...objects, deny], header)]), 'west/shop/vm', 'server.bank:80')
    expect(answer.verdict).toBe('REACHABLE')
  })

  const outward = (to: readonly Manifest[], action = 'Deny', ...more: readonly Manifest[]) => {
    const entry = istio('ServiceEntry', 'shop/api', {
      hosts: ['api.example.com'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'STATIC',
      endpoints: [{ address: '52.0.0.1' }],
      addresses: ['240.1.1.1'],
    })
    const policy = clusterWide('ClusterNetworkPolicy', 'a', { tier: 'Admin', priority: 5, egress: [{ action, to }] })
    return outcome(
      ask(topology([cluster('west', [...objects, entry, policy, ...more], header)]), 'west/shop/client', 'api.example.com:80'),
    ).split(' ')[0]
  }

  it('are reached by networks, nodes and domain names only, and only on the way out', () => {
    expect(outward(anyPod)).toBe('REACHABLE')
    expect(outward([{ networks: ['52.0.0.0/8'] }])).toBe('UNREACHABLE')
    expect(outward([{ networks: ['10.0.0.0/8'] }])).toBe('REACHABLE')
    expect(outward([{ domainNames: ['api.example.com'] }], 'Accept', denyAll('shop/deny', 'Egress'))).toBe('UNDETERMINED')
    expect(outward([{ nodes: {} }])).toBe('UNDETERMINED')
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1' },
      status: { addresses: [{ type: 'InternalIP', address: '192.168.0.1' }] },
    }
    expect(outward([{ nodes: {} }], 'Deny', node)).toBe('REACHABLE')
  })
})
