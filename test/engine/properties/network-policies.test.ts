import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ask, type KubernetesObject, openWays, questionsOf, read, topologies, type Topology } from './topologies.js'

const numRuns = 40

const policy = (namespace: string, name: string, spec: KubernetesObject): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace, name },
  spec,
})

const namespaces = ['shop', 'bank', 'istio-system']
const closed = (...policyTypes: readonly string[]) =>
  namespaces.map((namespace) => policy(namespace, 'deny', { podSelector: {}, policyTypes }))

const openings: readonly KubernetesObject[] = [
  policy('shop', 'a', { podSelector: { matchLabels: { app: 'reviews' } }, ingress: [{ from: [{ namespaceSelector: {} }] }] }),
  policy('shop', 'b', { policyTypes: ['Egress'], egress: [{ ports: [{ protocol: 'UDP' }, { port: 15443 }, { port: 9080 }] }] }),
  policy('bank', 'c', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.20.0.0/16'] } }] }] }),
  policy('bank', 'd', {
    ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Exists' }] } }] }],
  }),
  policy('istio-system', 'e', { policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] }),
]

/** The objects in every cluster. */
const everywhere = (topology: Topology, added: readonly KubernetesObject[]): Topology => ({
  ...topology,
  clusters: topology.clusters.map((one) => ({ ...one, resources: [...one.resources, ...added] })),
})

const opensNothing = (topology: Topology, before: readonly KubernetesObject[], after: readonly KubernetesObject[]): void => {
  const [free, narrow] = [before, after].map((added) => read(everywhere(topology, added)).snapshot)
  if (free === undefined || narrow === undefined) return
  for (const question of questionsOf(topology)) {
    const [wide, less] = [ask(free, question), ask(narrow, question)]
    if (wide.verdict === 'UNREACHABLE') expect(less.verdict).toBe('UNREACHABLE')
    if (wide.verdict !== 'REACHABLE') expect(less.verdict).not.toBe('REACHABLE')
    const open = new Set(openWays(wide))
    expect(openWays(less).filter((way) => !open.has(way))).toEqual([])
  }
}

describe('network policies', () => {
  it('open nothing by restricting pods, and a rule less of those that are restricted opens nothing either (NP-6, NP-7)', () => {
    const directions = fc.subarray(['Ingress', 'Egress'], { minLength: 1 })
    fc.assert(
      fc.property(topologies({ clusters: 3 }), directions, fc.subarray([...openings]), fc.nat(), (topology, types, opened, at) => {
        const some = opened.filter((_, index) => index !== at % Math.max(opened.length, 1))
        opensNothing(topology, [], closed(...types))
        opensNothing(topology, [...closed('Ingress', 'Egress'), ...opened], [...closed('Ingress', 'Egress'), ...some])
      }),
      { numRuns },
    )
  })
})
