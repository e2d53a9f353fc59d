import { describe, expect, it } from 'vitest'
import { ask, assumed, cluster, deployment, type Manifest, service, topology } from '../combinations/asking.js'

const policy = (name: string, spec: Manifest): Manifest => {
  const [namespace, own] = name.split('/')
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace, name: own }, spec }
}
const ofClient = { matchLabels: { app: 'web' } }
const ofServer = { matchLabels: { app: 'ledger' } }

/** `web` of `west` calls `ledger`, which runs in both clusters, or in the given one only. */
const call = (policies: readonly Manifest[], header: Manifest = {}, far: readonly Manifest[] = []) => {
  const near = far.length === 0 ? [deployment('bank/ledger')] : []
  const west = cluster('west', [deployment('shop/web'), service('bank/ledger'), ...near, ...policies], {
    remoteSecrets: ['east'],
    ...header,
  })
  return ask(topology([west, cluster('east', far)]), 'west/shop/web', 'ledger.bank')
}
const stepOf = (answer: ReturnType<typeof ask>) =>
  [...answer.steps, ...answer.endpoints.flatMap(({ steps }) => steps)].find(({ stage }) => stage === 'NETWORK_POLICY')
const blamed = (answer: ReturnType<typeof ask>) => stepOf(answer)?.because.map(({ cluster: place, name }) => `${place}/${name}`)

describe('a NetworkPolicy that is not evaluated is told of where it restricts', () => {
  it.each<[string, Manifest, string]>([
    ['what the server takes, by default', policy('bank/p', { podSelector: ofServer }), 'NETWORK_POLICY_NOT_MODELLED'],
    ['what every pod of its namespace takes', policy('bank/p', { podSelector: {} }), 'NETWORK_POLICY_NOT_MODELLED'],
    ['what the client sends', policy('shop/p', { podSelector: ofClient, policyTypes: ['Egress'] }), 'NETWORK_POLICY_NOT_MODELLED'],
    ['what the client sends, by its rules alone', policy('shop/p', { podSelector: {}, egress: [{}] }), 'NETWORK_POLICY_NOT_MODELLED'],
    ['not what the client takes', policy('shop/p', { podSelector: ofClient }), 'NO_NETWORK_POLICY'],
    [
      'not what the client takes, though rules stand there for what it sends',
      policy('shop/p', { podSelector: ofClient, policyTypes: ['Ingress'], egress: [{}] }),
      'NO_NETWORK_POLICY',
    ],
    ['not what the server sends', policy('bank/p', { podSelector: ofServer, policyTypes: ['Egress'] }), 'NO_NETWORK_POLICY'],
    [
      'not pods without its labels, whatever its expressions say',
      policy('bank/p', {
        podSelector: { matchLabels: { app: 'x' }, matchExpressions: [{ key: 'app', operator: 'Exists' }] },
      }),
      'NO_NETWORK_POLICY',
    ],
  ])('%s', (_, object, reason) => {
    const answer = call([object])
    expect(stepOf(answer)?.reason).toBe(reason)
    expect(stepOf(answer)?.outcome).toBe(reason === 'NO_NETWORK_POLICY' ? 'NOT_APPLICABLE' : 'NOT_MODELLED')
    expect(assumed(answer).includes('NETWORK_POLICY_NOT_MODELLED')).toBe(reason !== 'NO_NETWORK_POLICY')
    expect(blamed(answer)).toEqual(reason === 'NO_NETWORK_POLICY' ? [] : ['west/p'])
  })

  it('at both ends, with the policies of each', () => {
    const egress = policy('shop/out', { podSelector: {}, policyTypes: ['Egress'] })
    const ingress = policy('bank/in', { podSelector: {} })
    const answer = call([egress, ingress])
    expect(blamed(answer)).toEqual(['west/out', 'west/in'])
    expect(stepOf(answer)?.message).toBe(
      'a NetworkPolicy restricts what the client sends, and a NetworkPolicy restricts what the server takes, and could stop the packets',
    )
  })
})

describe('a cluster whose network plugin enforces no policies', () => {
  const unenforced = { networkPolicyEnforced: false }
  it('says that they are there and do not count', () => {
    const answer = call([policy('bank/p', { podSelector: {} })], unenforced)
    expect(stepOf(answer)).toMatchObject({ outcome: 'NOT_APPLICABLE', reason: 'NETWORK_POLICY_NOT_ENFORCED' })
    expect(stepOf(answer)?.message).toBe('a NetworkPolicy restricts what the server takes, which cluster `west` does not enforce')
    expect(assumed(answer)).not.toContain('NETWORK_POLICY_NOT_MODELLED')
  })

  it('speaks for its own end of the call only', () => {
    const egress = policy('shop/out', { podSelector: {}, policyTypes: ['Egress'] })
    const far = [deployment('bank/ledger'), service('bank/ledger'), policy('bank/in', { podSelector: {} })]
    const answer = call([egress], unenforced, far)
    expect(stepOf(answer)?.reason).toBe('NETWORK_POLICY_NOT_MODELLED')
    expect(blamed(answer)).toEqual(['east/in'])
  })
})
