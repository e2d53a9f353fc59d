import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, type Manifest, namespace, service, topology, told } from '../../combinations/asking.js'
import { app, denyAll, into, networkPolicy, outOf } from './policies.js'

const spaces = [
  namespace('shop', { 'istio-injection': 'enabled', team: 'a' }),
  namespace('bank', { 'istio-injection': 'enabled', team: 'b' }),
]
const open = 'REACHABLE DELIVERED'
const shut = 'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY'
const shutIn = 'UNREACHABLE EGRESS_NOT_ALLOWED at NETWORK_POLICY'

/** `shop/client`, labelled `tier: front`, calls `bank/server:80`, whose pods listen on 8080. */
const call = (...policies: readonly Manifest[]) => {
  const objects = [...spaces, deployment('shop/client', { tier: 'front' }), service('bank/server'), deployment('bank/server')]
  const header = { networkPolicyEnforced: true, dns: { capture: true } }
  return told(ask(topology([cluster('west', [...objects, ...policies], header)]), 'west/shop/client', 'server.bank:80'))
}
const expression = (key: string, operator: string, ...values: readonly string[]): Manifest => ({
  matchExpressions: [{ key, operator, ...(values.length === 0 ? {} : { values }) }],
})
const anywhere = (podSelector: Manifest): Manifest => ({ namespaceSelector: {}, podSelector })

describe('the peers that a rule lets in', () => {
  it.each([
    ['pods alone are those of the policy’s own namespace', { podSelector: app('client') }, shut],
    ['even all of them', { podSelector: {} }, shut],
    ['namespaces alone are all of their pods', { namespaceSelector: { matchLabels: { team: 'a' } } }, open],
    ['the policy’s own namespace is not the client’s', { namespaceSelector: { matchLabels: { team: 'b' } } }, shut],
    ['both are such pods of such namespaces', { namespaceSelector: { matchLabels: { team: 'a' } }, podSelector: app('client') }, open],
    ['where the pod differs', { namespaceSelector: { matchLabels: { team: 'a' } }, podSelector: app('other') }, shut],
    ['where the namespace differs', { namespaceSelector: { matchLabels: { team: 'b' } }, podSelector: app('client') }, shut],
    ['empty selectors are everybody', { namespaceSelector: {}, podSelector: {} }, open],
  ])('%s (NP-9)', (_story, peer, expected) => {
    expect(call(into('bank/p', 'server', { from: [peer] }))).toBe(expected)
  })

  it('are alternatives, so that two items let in more than one of two fields (NP-9)', () => {
    const [namespaces, pods] = [{ namespaceSelector: { matchLabels: { team: 'a' } } }, { podSelector: app('nobody') }]
    expect(call(into('bank/p', 'server', { from: [pods, namespaces] }))).toBe(open)
    expect(call(into('bank/p', 'server', { from: [{ ...namespaces, ...pods }] }))).toBe(shut)
  })

  it.each([
    ['In', expression('tier', 'In', 'back', 'front'), open],
    ['In, of other values', expression('tier', 'In', 'back'), shut],
    ['In, of a label that is absent', expression('zone', 'In', 'x'), shut],
    ['NotIn', expression('tier', 'NotIn', 'front'), shut],
    ['NotIn, of other values', expression('tier', 'NotIn', 'back'), open],
    ['NotIn, of a label that is absent', expression('zone', 'NotIn', 'x'), open],
    ['Exists', expression('tier', 'Exists'), open],
    ['Exists, of a label that is absent', expression('zone', 'Exists'), shut],
    ['DoesNotExist', expression('tier', 'DoesNotExist'), shut],
    ['DoesNotExist, of a label that is absent', expression('zone', 'DoesNotExist'), open],
    ['labels and expressions together', { ...app('client'), ...expression('tier', 'In', 'front') }, open],
    ['labels and expressions, one of which fails', { ...app('client'), ...expression('tier', 'In', 'back') }, shut],
  ])('a selector with %s (NP-10)', (_story, selector, expected) => {
    expect(call(into('bank/p', 'server', { from: [anywhere(selector)] }))).toBe(expected)
  })

  it('every namespace is known by its name, in expressions too (NP-10)', () => {
    const name = 'kubernetes.io/metadata.name'
    const by = (namespaceSelector: Manifest) => call(into('bank/p', 'server', { from: [{ namespaceSelector }] }))
    expect(by({ matchLabels: { [name]: 'shop' } })).toBe(open)
    expect(by(expression(name, 'NotIn', 'shop'))).toBe(shut)
    expect(by(expression(name, 'NotIn', 'bank'))).toBe(open)
  })
})

describe('the policies that count', () => {
  const fromShop = { from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }

  it.each([
    ['one of another namespace selects nobody here (NP-4)', [denyAll('shop/p')], open],
    ['one that selects other pods leaves the server alone (NP-4, NP-5)', [into('bank/p', 'other')], open],
    ['one without podSelector selects all of the namespace (NP-4)', [networkPolicy('bank/p', { policyTypes: ['Ingress'] })], shut],
    ['an absent list of rules lets nothing in (NP-7)', [networkPolicy('bank/p', { podSelector: {}, policyTypes: ['Ingress'] })], shut],
    ['an empty list lets nothing in (NP-7)', [networkPolicy('bank/p', { podSelector: {}, ingress: [] })], shut],
    ['a rule without fields lets everything in (NP-7)', [networkPolicy('bank/p', { podSelector: {}, ingress: [{}] })], open],
    ['an empty list of peers is any peer (NP-8)', [into('bank/p', 'server', { from: [] })], open],
    ['an empty list of ports is any port (NP-8)', [into('bank/p', 'server', { ports: [], ...fromShop })], open],
    ['what one lets in no other takes back (NP-6)', [denyAll('bank/deny'), into('bank/p', 'server', fromShop)], open],
    [
      'two that each let in something else let in neither (NP-6, NP-8)',
      [into('bank/p', 'server', { ports: [{ port: 9 }] }), denyAll('bank/q')],
      shut,
    ],
    ['peers and ports of one rule must both match (NP-8)', [into('bank/p', 'server', { ports: [{ port: 9 }], ...fromShop })], shut],
    [
      'and are not joined across rules (NP-8)',
      [into('bank/p', 'server', { ports: [{ port: 9 }], ...fromShop }, { ports: [{ port: 8080 }], from: [{ podSelector: {} }] })],
      shut,
    ],
  ])('%s', (_story, policies, expected) => {
    expect(call(...policies)).toBe(expected)
  })

  it.each([
    ['no policyTypes and no egress rules: only what comes in (NP-5)', { podSelector: {}, ingress: [] }, open],
    ['an empty list of egress rules alone isolates nothing outbound (NP-5)', { podSelector: {}, egress: [] }, open],
    ['egress rules alone isolate outbound (NP-5)', { podSelector: {}, egress: [{ ports: [{ port: 9 }] }] }, shutIn],
    ['Egress in policyTypes without rules lets nothing out (NP-7)', { podSelector: {}, policyTypes: ['Egress'] }, shutIn],
    [
      'only Ingress in policyTypes leaves egress rules unread (NP-5)',
      { policyTypes: ['Ingress'], egress: [{ ports: [{ port: 9 }] }] },
      open,
    ],
  ])('at the client: %s', (_story, spec, expected) => {
    expect(call(networkPolicy('shop/p', spec))).toBe(expected)
  })

  it('no policyTypes means what comes in as well, whatever goes out (NP-5)', () => {
    expect(call(networkPolicy('bank/p', { podSelector: {}, egress: [{}] }))).toBe(shut)
  })

  it('both ends must let the call pass (NP-3)', () => {
    const out = outOf('shop/out', 'client', { to: [{ namespaceSelector: { matchLabels: { team: 'b' } } }] })
    expect(call(out)).toBe(open)
    expect(call(out, into('bank/in', 'server', fromShop))).toBe(open)
    expect(call(out, denyAll('bank/in'))).toBe(shut)
    expect(call(denyAll('shop/out', 'Egress'), into('bank/in', 'server', fromShop))).toBe(shutIn)
  })

  it('out of a client a rule names the pod’s port as well (NP-12)', () => {
    const out = (port: number) => call(outOf('shop/out', 'client', { ports: [{ port }] }))
    expect(out(8080)).toBe(open)
    expect(out(80)).toBe(shutIn)
  })
})
