import { describe, expect, it } from 'vitest'
import { clusterNameOf, nameClusters, type ReadContext } from '#collector/name-clusters'
import { istioClusterId } from '#collector/istio-cluster-id'
import { meshCluster, pod } from './clusters.js'

const refuse = (_exit: string, message: string): Error => new Error(message)
const read = (context: string, more: Partial<ReadContext> = {}): ReadContext => ({
  context,
  server: 'https://10.0.0.1:6443',
  stated: undefined,
  objects: [],
  unread: [],
  systemNamespaces: [],
  readKinds: 1,
  absentNamespaces: [],
  ...more,
})

describe('a cluster is called', () => {
  it.each([
    ['west', 'west'],
    ['admin@west', 'west'],
    ['arn:aws:eks:us-west-1:123:cluster/west', 'west'],
    ['gke_project-1_us-west1-a_west', 'west'],
    ['kind-west', 'kind-west'],
    ['shop/api-west:6443/admin', 'admin'],
    ['west cluster', 'west-cluster'],
    ['///', 'cluster'],
  ])('after its context: %s is %s', (context, name) => {
    expect(clusterNameOf(context)).toBe(name)
  })

  it('as its istiod calls it, or its proxies do, unless nobody has named it', () => {
    expect(istioClusterId(meshCluster('west', undefined))).toBe('west')
    expect(
      istioClusterId([
        pod('shop/web', '10.0.0.1', 'web', [{ name: 'istio-proxy', env: [{ name: 'ISTIO_META_CLUSTER_ID', value: 'east' }] }]),
      ]),
    ).toBe('east')
    expect(istioClusterId(meshCluster('Kubernetes', undefined))).toBeUndefined()
  })

  it('as another’s remote secret calls its API server', () => {
    const remote = { kind: 'Secret', metadata: {}, remoteClusters: { east: 'https://10.0.0.2:6443' } }
    const named = nameClusters([read('one', { objects: [remote] }), read('two', { server: 'https://10.0.0.2:6443/k8s' })], refuse)
    expect(named.map(({ name }) => name)).toEqual(['one', 'east'])
  })

  it('as stated before all, and no two alike', () => {
    expect(nameClusters([read('one', { stated: 'blue', objects: meshCluster('west', undefined) })], refuse)[0]?.name).toBe('blue')
    expect(() => nameClusters([read('a@x'), read('b@x')], refuse)).toThrow('contexts `a@x` and `b@x` are both cluster `x`')
  })
})
