import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, type Manifest, namespace, service, topology } from '../../combinations/asking.js'
import { outcome } from './policies.js'

const call = (policy: Manifest) => {
  const objects = [
    namespace('bank', { 'istio-injection': 'enabled', team: 'money' }),
    deployment('shop/client', { tier: 'web' }),
    service('bank/server'),
  ]
  const west = cluster('west', [...objects, deployment('bank/server', { tier: 'back-end' }), policy], {
    networkPolicyEnforced: true,
    dns: { capture: true },
  })
  return outcome(ask(topology([west]), 'west/shop/client', 'server.bank:80'))
}
const selected = 'UNDETERMINED NETWORK_POLICY_NOT_MODELLED at NETWORK_POLICY'
const free = 'REACHABLE DELIVERED'
const object = (apiVersion: string, kind: string, home: string, spec: Manifest): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'p', ...(home === '' ? {} : { namespace: home }) },
  spec,
})

describe('a policy of Calico leaves open what becomes of the pods that it selects (NP-40)', () => {
  it.each([
    ['', selected],
    ['all()', selected],
    ["app == 'server'", selected],
    ["app == 'other'", free],
    ["app != 'server'", free],
    ["has(app) && tier == 'back-end'", selected],
    ['!has(app)', free],
    ["app in { 'a', 'server' } || tier == 'none'", selected],
    ["app not in { 'a', 'server' }", free],
    ["(app == 'x' || tier starts with 'back') && tier ends with \"end\"", selected],
    ["tier contains '-' && !(app == 'server')", free],
    ["projectcalico.org/namespace == 'bank'", selected],
    ["app == 'server", selected],
    ['app === server', selected],
  ])('by its selector %s', (selector, expected) => {
    expect(call(object('crd.projectcalico.org/v1', 'NetworkPolicy', 'bank', { selector, types: ['Ingress'] }))).toBe(expected)
  })

  it.each<[Manifest, string]>([
    [{ types: ['Egress'] }, free],
    [{ egress: [{}] }, free],
    [{ egress: [{}], ingress: [{}] }, selected],
    [{}, selected],
  ])('in its directions %j', (spec, expected) => {
    expect(call(object('projectcalico.org/v3', 'NetworkPolicy', 'bank', spec))).toBe(expected)
  })

  it('in the namespaces that one for the whole cluster selects', () => {
    const wide = (namespaceSelector: string) =>
      call(object('projectcalico.org/v3', 'GlobalNetworkPolicy', '', { namespaceSelector, types: ['Ingress'] }))
    expect(wide("team == 'money'")).toBe(selected)
    expect(wide("projectcalico.org/name == 'other'")).toBe(free)
  })
})

describe('a policy of Cilium leaves open what becomes of the pods that it selects (NP-40)', () => {
  const labels = (matchLabels: Manifest) => ({ endpointSelector: { matchLabels } })
  it.each<[string, Manifest, string]>([
    ['bank', { ...labels({ 'k8s:app': 'server' }), ingress: [{}] }, selected],
    ['bank', { ...labels({ app: 'other' }), ingress: [{}] }, free],
    ['bank', { ...labels({}), egress: [{}] }, free],
    ['bank', { ...labels({}), ingressDeny: [{}] }, selected],
    ['shop', { ...labels({ app: 'client' }), egress: [{}] }, selected],
    ['shop', { ...labels({ app: 'client' }), ingress: [{}] }, free],
    ['other', { ...labels({ app: 'server' }), ingress: [{}] }, free],
    ['', { ...labels({ 'k8s:io.kubernetes.pod.namespace': 'bank' }), ingress: [{}] }, selected],
    ['', { ...labels({ 'io.kubernetes.pod.namespace': 'else' }), ingress: [{}] }, free],
    ['', { ...labels({ 'k8s:io.cilium.k8s.namespace.labels.team': 'money' }), ingress: [{}] }, selected],
    ['', { nodeSelector: {}, ingress: [{}] }, free],
    ['bank', { ...labels({ 'io.cilium.k8s.policy.serviceaccount': 'x' }), ingress: [{}] }, selected],
  ])('in namespace `%s`: %j', (home, spec, expected) => {
    expect(call(object('cilium.io/v2', home === '' ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy', home, spec))).toBe(expected)
  })

  it('by each of several rules', () => {
    const specs = [
      { ...labels({ app: 'other' }), ingress: [{}] },
      { ...labels({ app: 'server' }), ingress: [{}] },
    ]
    expect(call({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { namespace: 'bank', name: 'p' }, specs })).toBe(
      selected,
    )
  })
})

describe('a policy of Antrea leaves open what becomes of the pods that it is applied to (NP-40)', () => {
  it.each<[string, Manifest, string]>([
    ['bank', { appliedTo: [{ podSelector: { matchLabels: { app: 'server' } } }], ingress: [] }, selected],
    ['bank', { appliedTo: [{ podSelector: { matchLabels: { app: 'other' } } }], ingress: [] }, free],
    ['bank', { appliedTo: [{ podSelector: {} }], egress: [{}] }, free],
    ['', { appliedTo: [{ namespaceSelector: { matchLabels: { team: 'money' } } }], ingress: [{}] }, selected],
    ['', { appliedTo: [{ namespaceSelector: { matchLabels: { team: 'x' } } }], ingress: [{}] }, free],
    ['', { appliedTo: [{ group: 'g' }], ingress: [{}] }, selected],
    ['bank', { ingress: [{ appliedTo: [{ podSelector: { matchLabels: { app: 'server' } } }] }] }, selected],
  ])('in namespace `%s`: %j', (home, spec, expected) => {
    expect(call(object('crd.antrea.io/v1beta1', home === '' ? 'ClusterNetworkPolicy' : 'NetworkPolicy', home, spec))).toBe(expected)
  })
})
