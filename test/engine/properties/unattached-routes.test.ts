import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reachability } from '#engine/model/reachability'
import { ask, type KubernetesObject, questionsOf, read, topologies, withResources } from './topologies.js'

const rules = [{ backendRefs: [{ name: 'nobody', port: 9080, weight: 0 }] }]

const route = (namespace: string, kind: string, spec: KubernetesObject): KubernetesObject => ({
  apiVersion: `gateway.networking.k8s.io/${kind === 'TCPRoute' ? 'v1alpha2' : 'v1'}`,
  kind,
  metadata: { name: 'added', namespace },
  spec: { ...(kind === 'TCPRoute' ? {} : { hostnames: ['reviews.shop.svc.cluster.local', 'ledger.bank'] }), rules, ...spec },
})

const gateway = (namespace: string, kind = 'Gateway'): KubernetesObject => ({
  group: 'gateway.networking.k8s.io',
  kind,
  name: 'nowhere',
  namespace,
})

/** Routes that would take every call away, if they were attached to what they name. */
const unattached: readonly KubernetesObject[] = [
  route('shop', 'HTTPRoute', {}),
  route('shop', 'HTTPRoute', { parentRefs: [] }),
  route('shop', 'HTTPRoute', { parentRefs: [gateway('shop')] }),
  route('bank', 'GRPCRoute', { parentRefs: [gateway('shop'), gateway('bank', 'ListenerSet')] }),
  route('shop', 'TLSRoute', { parentRefs: [gateway('istio-system')] }),
  route('shop', 'TCPRoute', { parentRefs: [gateway('bank')] }),
  route('shop', 'HTTPRoute', { parentRefs: [{ group: '', kind: 'Service', name: 'nowhere' }] }),
  route('bank', 'TCPRoute', { parentRefs: [{ group: '', kind: 'Service', name: 'nowhere', namespace: 'shop' }] }),
  route('shop', 'HTTPRoute', { parentRefs: [{ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'nowhere' }] }),
  route('shop', 'HTTPRoute', { parentRefs: [{ group: 'example.com', kind: 'Thing', name: 'reviews' }] }),
]

/** All of an answer but for the lines that objects stand at, which move, and for what it tells of routes that nearly had a say. */
const left: ReadonlySet<string> = new Set(['source', 'nearMisses'])
const said = (answer: Reachability): unknown => JSON.parse(JSON.stringify(answer, (key, value) => (left.has(key) ? null : value)))

describe('a route of the Gateway API', () => {
  it('that is attached to nothing changes no answer (GWAPI-30, GWAPI-35)', () => {
    fc.assert(
      fc.property(topologies({ clusters: 2 }), fc.nat(), fc.constantFrom(...unattached), (topology, at, added) => {
        const cluster = topology.clusters[at % topology.clusters.length]?.name ?? ''
        const before = read(topology).snapshot
        const after = read(withResources(topology, cluster, (resources) => [...resources, added])).snapshot
        for (const question of questionsOf(topology)) expect(said(ask(after, question))).toEqual(said(ask(before, question)))
      }),
      { numRuns: 60 },
    )
  })
})
