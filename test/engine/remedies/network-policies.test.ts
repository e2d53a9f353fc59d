import { describe, expect, it } from 'vitest'
import { cluster, deployment, type Manifest, namespace, service, topology } from '../combinations/asking.js'
import { clusterWide, denyAll, networkPolicy } from '../analysis/network-policy/policies.js'
import { objectsOf, remediesOf } from './remedies-of.js'

const enforced = { networkPolicyEnforced: true, dns: { capture: true } }
const objects = [deployment('shop/client'), service('bank/server'), deployment('bank/server')]
const remedies = (policies: readonly Manifest[], header: Manifest = enforced) =>
  remediesOf(topology([cluster('west', [...objects, ...policies], header)]), 'west/shop/client', 'server.bank:80').remedies.map(objectsOf)

const labelled = (namespace: string, app: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: { app } },
})
const allowing = (namespace: string, name: string, app: string, spec: Manifest) =>
  networkPolicy(`${namespace}/${name}`, { podSelector: { matchLabels: { app } }, ...spec })

describe('a remedy for a call that network policies stop', () => {
  it('lets exactly this client in at exactly the pod’s port (NP-3, NP-12)', () => {
    expect(remedies([denyAll('bank/deny')])).toEqual([
      [
        allowing('bank', 'allow-client-to-server', 'server', {
          policyTypes: ['Ingress'],
          ingress: [{ from: [labelled('shop', 'client')], ports: [{ protocol: 'TCP', port: 8080 }] }],
        }),
      ],
    ])
  })

  it('changes both ends where both stop it, by a name that is free (NP-3)', () => {
    const [both] = remedies([denyAll('bank/allow-client-to-server'), denyAll('shop/deny', 'Egress')])
    expect(both).toEqual([
      allowing('shop', 'allow-client-to-server', 'client', {
        policyTypes: ['Egress'],
        egress: [{ to: [labelled('bank', 'server')], ports: [{ protocol: 'TCP', port: 8080 }] }],
      }),
      allowing('bank', 'allow-client-to-server-2', 'server', {
        policyTypes: ['Ingress'],
        ingress: [{ from: [labelled('shop', 'client')], ports: [{ protocol: 'TCP', port: 8080 }] }],
      }),
    ])
  })

  it('lets a client ask DNS first where that is missing, and call then (NP-22)', () => {
    const [both] = remedies([denyAll('shop/deny', 'Egress')], { networkPolicyEnforced: true })
    expect(both).toMatchObject([
      {
        metadata: { name: 'allow-client-to-dns', namespace: 'shop' },
        spec: {
          egress: [
            {
              to: [{ podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
              ports: [
                { protocol: 'UDP', port: 53 },
                { protocol: 'TCP', port: 53 },
              ],
            },
          ],
        },
      },
      { metadata: { name: 'allow-client-to-server', namespace: 'shop' } },
    ])
  })

  const byTeam = networkPolicy('bank/teams', {
    podSelector: { matchLabels: { app: 'server' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'web' } } }] }],
  })
  const home = (labels: Manifest): Manifest => namespace('shop', labels)
  const injected = { 'istio-injection': 'enabled' }

  it('may be the label of the caller’s namespace that a policy asks for, which lets all of it in, and comes last (NP-10)', () => {
    expect(remedies([byTeam, home(injected)])).toEqual([
      [expect.objectContaining({ kind: 'NetworkPolicy', metadata: { namespace: 'bank', name: 'allow-client-to-server' } })],
      [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'web' } } }],
    ])
  })

  it('takes no label away that the namespace has already (NP-10)', () => {
    expect(remedies([byTeam, home({ ...injected, team: 'shop' })])).toHaveLength(1)
  })

  it('leaves alone what a policy for the whole cluster denies, which somebody meant (NP-30)', () => {
    const deny = clusterWide('ClusterNetworkPolicy', 'a', {
      tier: 'Admin',
      priority: 1,
      ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }],
    })
    expect(remedies([deny])).toEqual([])
  })
})
