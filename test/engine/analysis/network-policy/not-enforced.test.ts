import { describe, expect, it } from 'vitest'
import { ask, assumed, cluster, deployment, type Manifest, service, topology } from '../../combinations/asking.js'
import { networkPolicy } from './policies.js'

const ofClient = { matchLabels: { app: 'web' } }
const ofServer = { matchLabels: { app: 'ledger' } }

/** `web` of `west` calls `ledger`, which runs there or in `east`. */
const call = (policies: readonly Manifest[], header: Manifest = {}, far: readonly Manifest[] = []) => {
  const near = far.length === 0 ? [deployment('bank/ledger')] : []
  const west = cluster('west', [deployment('shop/web'), service('bank/ledger'), ...near, ...policies], {
    remoteSecrets: ['east'],
    dns: { capture: true },
    ...header,
  })
  return ask(topology([west, cluster('east', far)]), 'west/shop/web', 'ledger.bank')
}
const stepOf = (answer: ReturnType<typeof ask>) =>
  [...answer.steps, ...answer.endpoints.flatMap(({ steps }) => steps)].find(({ stage }) => stage === 'NETWORK_POLICY')
const blamed = (answer: ReturnType<typeof ask>) => stepOf(answer)?.because.map(({ cluster: place, name }) => `${place}/${name}`)

describe('a NetworkPolicy restricts the pods that it selects, in the directions that it names', () => {
  it.each<[string, Manifest, string]>([
    ['what the server takes, by default (NP-5)', networkPolicy('bank/p', { podSelector: ofServer }), 'INGRESS_NOT_ALLOWED'],
    ['what every pod of its namespace takes (NP-4)', networkPolicy('bank/p', {}), 'INGRESS_NOT_ALLOWED'],
    ['what the client sends', networkPolicy('shop/p', { podSelector: ofClient, policyTypes: ['Egress'] }), 'EGRESS_NOT_ALLOWED'],
    [
      'what the client sends, by its rules alone (NP-5)',
      networkPolicy('shop/p', { egress: [{ ports: [{ port: 1 }] }] }),
      'EGRESS_NOT_ALLOWED',
    ],
    ['not what the client sends, by an empty list of rules (NP-5)', networkPolicy('shop/p', { egress: [] }), 'NO_NETWORK_POLICY'],
    ['not what the client takes', networkPolicy('shop/p', { podSelector: ofClient }), 'NO_NETWORK_POLICY'],
    [
      'not what the client takes, though rules stand there for what it sends (NP-5)',
      networkPolicy('shop/p', { podSelector: ofClient, policyTypes: ['Ingress'], egress: [] }),
      'NO_NETWORK_POLICY',
    ],
    ['not what the server sends', networkPolicy('bank/p', { podSelector: ofServer, policyTypes: ['Egress'] }), 'NO_NETWORK_POLICY'],
    ['not pods of other namespaces (NP-4)', networkPolicy('other/p', { podSelector: ofServer }), 'NO_NETWORK_POLICY'],
    [
      'not pods that only some of its labels and expressions take (NP-10)',
      networkPolicy('bank/p', {
        podSelector: { matchLabels: { app: 'ledger' }, matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['ledger'] }] },
      }),
      'NO_NETWORK_POLICY',
    ],
  ])('%s', (_, object, reason) => {
    const answer = call([object])
    expect(stepOf(answer)?.reason).toBe(reason)
    expect(stepOf(answer)?.outcome).toBe(reason === 'NO_NETWORK_POLICY' ? 'NOT_APPLICABLE' : 'STOPPED')
    expect(answer.verdict).toBe(reason === 'NO_NETWORK_POLICY' ? 'REACHABLE' : 'UNREACHABLE')
    expect(blamed(answer)).toEqual(reason === 'NO_NETWORK_POLICY' ? [] : ['west/p'])
  })

  it('at both ends, with the policies of each (NP-3)', () => {
    const answer = call([networkPolicy('shop/out', { policyTypes: ['Egress'] }), networkPolicy('bank/in', {})])
    expect(blamed(answer)).toEqual(['west/out', 'west/in'])
    expect(stepOf(answer)?.message).toBe(
      'NetworkPolicy `shop/out` of cluster `west` restricts what `shop/web` sends, and no rule of it lets it call port 8080 of `bank/ledger`; and NetworkPolicy `bank/in` of cluster `west` restricts what `bank/ledger` takes, and no rule of it admits `shop/web` at port 8080',
    )
  })

  it('and that the plugin enforces it is an assumption where nobody says so (NP-2)', () => {
    expect(assumed(call([networkPolicy('bank/p', {})]))).toContain('NETWORK_POLICY_ENFORCED_ASSUMED')
    expect(assumed(call([networkPolicy('bank/p', {})], { networkPolicyEnforced: true }))).not.toContain('NETWORK_POLICY_ENFORCED_ASSUMED')
  })
})

describe('a cluster whose network plugin enforces no policies', () => {
  const unenforced = { networkPolicyEnforced: false }
  it('says that they are there and do not count (NP-2)', () => {
    const answer = call([networkPolicy('bank/p', {})], unenforced)
    expect(answer.verdict).toBe('REACHABLE')
    expect(stepOf(answer)).toMatchObject({ outcome: 'NOT_APPLICABLE', reason: 'NETWORK_POLICY_NOT_ENFORCED' })
    expect(stepOf(answer)?.message).toBe('policies restrict what `bank/ledger` takes, which cluster `west` does not enforce')
    expect(blamed(answer)).toEqual(['west/p'])
  })

  it('speaks for its own end of the call only (NP-3)', () => {
    const far = [deployment('bank/ledger'), service('bank/ledger'), networkPolicy('bank/in', {})]
    const answer = call([networkPolicy('shop/out', { policyTypes: ['Egress'] })], unenforced, far)
    expect(stepOf(answer)?.reason).toBe('INGRESS_NOT_ALLOWED')
    expect(blamed(answer)).toEqual(['east/in'])
  })
})
