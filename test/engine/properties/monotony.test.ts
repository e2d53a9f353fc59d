import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyPool } from './policies.js'
import { ask, type KubernetesObject, openWays, questionsOf, read, topologies, wayOf, withResources } from './topologies.js'

const numRuns = 60

const denial = (namespace: string, spec: KubernetesObject): KubernetesObject => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'added', namespace },
  spec: { action: 'DENY', ...spec },
})

const denials: readonly KubernetesObject[] = [
  denial('shop', { rules: [{}] }),
  denial('istio-system', { rules: [{ from: [{ source: { notPrincipals: ['*'] } }] }] }),
  denial('bank', { rules: [{ from: [{ source: { namespaces: ['shop'] } }], to: [{ operation: { paths: ['/admin*'] } }] }] }),
  denial('shop', { selector: { matchLabels: { version: 'v1' } }, rules: [{ when: [{ key: 'source.ip', values: ['10.0.0.0/16'] }] }] }),
  denial('shop', { rules: [{ to: [{ operation: { notPorts: ['9080'] } }] }] }),
  denial('bank', {}),
]

describe('what is taken away opens nothing', () => {
  it('adding a DENY never opens a path (AUTHZ-6)', () => {
    fc.assert(
      fc.property(topologies({ clusters: 3 }), fc.nat(), fc.constantFrom(...denials), (topology, at, added) => {
        const cluster = topology.clusters[at % topology.clusters.length]?.name ?? ''
        const before = read(topology).snapshot
        const after = read(withResources(topology, cluster, (resources) => [...resources, added])).snapshot
        for (const question of questionsOf(topology)) {
          const [free, denied] = [ask(before, question), ask(after, question)]
          if (free.verdict === 'UNREACHABLE') expect(denied.verdict).toBe('UNREACHABLE')
          if (free.verdict !== 'REACHABLE') expect(denied.verdict).not.toBe('REACHABLE')
          const open = new Set(openWays(free))
          expect(openWays(denied).filter((way) => !open.has(way))).toEqual([])
        }
      }),
      { numRuns },
    )
  })

  // Verdicts may turn: an endpoint that failed may be the one that is gone, or one of a better priority. No single way opens, though. Headless
  // services are left out, as one pod without a proxy turns mutual TLS off for all of them (TLS-6).
  it('removing a workload never opens a way to another one (FLOW-4)', () => {
    fc.assert(
      fc.property(topologies({ clusters: 3, headless: false }), fc.nat(), (topology, at) => {
        const calm = {
          ...topology,
          clusters: topology.clusters.map((one) => ({ ...one, resources: one.resources.filter((item) => !keepsAddresses(item)) })),
        }
        const candidates = calm.clusters.flatMap(({ name, resources }) => resources.filter(isServer).map((server) => ({ name, server })))
        const gone = candidates[at % Math.max(1, candidates.length)]
        if (gone === undefined) return
        const before = read(calm).snapshot
        const after = read(withResources(calm, gone.name, (resources) => resources.filter((one) => one !== gone.server))).snapshot
        for (const question of questionsOf(calm)) {
          const answer = ask(before, question)
          const open = new Set(openWays(answer))
          const opened = ask(after, question).endpoints.filter(({ verdict }) => verdict === 'REACHABLE' || verdict === 'AMBIGUOUS')
          expect(opened.map(wayOf).filter((way) => !open.has(way))).toEqual([])
          if (answer.endpoints.length > 0 && open.size === 0) expect(opened).toEqual([])
        }
      }),
      { numRuns },
    )
  })

  it('the policies that topologies are made of are all readable', () => {
    const topology = {
      networks: [],
      controlPlanes: [],
      clusters: [{ name: 'west', resources: policyPool.map((one, at) => ({ ...one, metadata: { ...one.metadata, name: `p${at}` } })) }],
    }
    expect(read(topology).snapshot.clusters.get('west')?.resources.unreadable).toEqual([])
  })
})

const nameOf = ({ metadata }: KubernetesObject): string => (metadata as { readonly name: string }).name

const isServer = (object: KubernetesObject): boolean =>
  (object['kind'] === 'Pod' || object['kind'] === 'Deployment') && nameOf(object) !== 'client'

/** Load balancer PASSTHROUGH has one transport for all pods, as headless services have. */
const keepsAddresses = (object: KubernetesObject): boolean =>
  JSON.stringify(object).includes('"PASSTHROUGH"') && object['kind'] === 'DestinationRule'
