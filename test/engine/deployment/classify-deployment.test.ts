import { describe, expect, it } from 'vitest'
import { classifyDeployment } from '#engine/deployment/classify-deployment'
import { snapshotOf } from '../from-yaml.js'

interface Placed {
  readonly role?: string
  readonly mesh?: string
  readonly network?: string
  readonly region?: string
  readonly zone?: string
  readonly managedBy?: string
}

const primary: Placed = { role: 'PRIMARY' }
const remote = (managedBy: string): Placed => ({ role: 'REMOTE', managedBy })

const modelOf = (clusters: Readonly<Record<string, Placed>>, rest = '') => {
  const entries = Object.entries(clusters).map(([name, { role, managedBy, mesh = 'mesh1', ...place }]) => ({
    name,
    ...(role === 'NONE' ? {} : { mesh }),
    ...place,
    controlPlane: { role, ...(managedBy === undefined ? {} : { managedBy }) },
    resources: [],
  }))
  return classifyDeployment(snapshotOf(`\nclusters: ${JSON.stringify(entries)}\n${rest}`))
}

interface Home {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** Of the pods of its one workload. */
  readonly own: Readonly<Record<string, string>>
}

const planesOf = (homes: readonly Home[]) => {
  const resources = homes.flatMap(({ name, labels, own }) => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'app', namespace: name },
      spec: {
        selector: { matchLabels: { app: 'app' } },
        template: { metadata: { labels: { app: 'app', ...own } }, spec: { containers: [{ name: 'app' }] } },
      },
    },
  ])
  const clusters = [{ name: 'west', mesh: 'mesh1', controlPlane: { role: 'PRIMARY' }, resources }]
  return classifyDeployment(snapshotOf(`\nclusters: ${JSON.stringify(clusters)}\n`)).perMesh[0]?.dataPlanes
}

describe('the deployment model (TOPO-1)', () => {
  it.each<[string, Readonly<Record<string, Placed>>, readonly string[]]>([
    ['one cluster with its control plane', { west: primary }, ['SINGLE', 'SINGLE', 'SINGLE', 'SINGLE']],
    ['two primaries of one network', { west: primary, east: primary }, ['MULTIPLE', 'SINGLE', 'MULTIPLE', 'SINGLE']],
    ['a primary and its remote', { west: primary, east: remote('west') }, ['MULTIPLE', 'SINGLE', 'SINGLE', 'SINGLE']],
    [
      'two primaries of two networks',
      { west: { ...primary, network: 'n1' }, east: { ...primary, network: 'n2' } },
      ['MULTIPLE', 'MULTIPLE', 'MULTIPLE', 'SINGLE'],
    ],
    [
      'one cluster of a network and one of none',
      { west: { ...primary, network: 'n1' }, east: primary },
      ['MULTIPLE', 'MULTIPLE', 'MULTIPLE', 'SINGLE'],
    ],
    ['two meshes (TOPO-7)', { west: primary, east: { ...primary, mesh: 'mesh2' } }, ['MULTIPLE', 'SINGLE', 'MULTIPLE', 'MULTIPLE']],
    [
      'a cluster of no mesh beside one',
      { west: primary, plain: { role: 'NONE', network: 'n9' } },
      ['SINGLE', 'SINGLE', 'SINGLE', 'SINGLE'],
    ],
  ])('of %s counts clusters, networks, control planes and meshes', (_title, clusters, expected) => {
    const model = modelOf(clusters)
    expect([model.clusters, model.networks, model.controlPlanes, model.meshes]).toEqual(expected)
  })

  it('counts what belongs to each mesh for that mesh alone (TOPO-3)', () => {
    const clusters = {
      west: { ...primary, network: 'n1' },
      north: { ...remote('west'), network: 'n2' },
      east: { ...primary, mesh: 'mesh2' },
    }
    expect([...modelOf(clusters).perMesh].sort((a, b) => a.mesh.localeCompare(b.mesh))).toEqual([
      {
        mesh: 'mesh1',
        clusters: 'MULTIPLE',
        networks: 'MULTIPLE',
        controlPlanes: 'SINGLE',
        availability: 'SINGLE_CONTROL_PLANE',
        dataPlanes: [],
      },
      {
        mesh: 'mesh2',
        clusters: 'SINGLE',
        networks: 'SINGLE',
        controlPlanes: 'SINGLE',
        availability: 'SINGLE_CONTROL_PLANE',
        dataPlanes: [],
      },
    ])
  })

  it('ranks control planes by the place of their cluster, unless they state their own (TOPO-5)', () => {
    const r1 = { region: 'r1', zone: 'z1' }
    const r2 = { region: 'r2', zone: 'z1' }
    const clusters = {
      west: { ...primary, ...r1 },
      west2: { ...remote('west'), region: 'r1', zone: 'z2' },
      east: { ...primary, ...r2 },
      east2: { ...remote('east'), region: 'r2', zone: 'z2' },
    }
    expect(modelOf(clusters).perMesh[0]?.availability).toBe('CLUSTER_PER_REGION')
    const moved = 'controlPlanes: [{ name: west, cluster: west }, { name: east, cluster: east, region: r1, zone: z1 }]'
    expect(modelOf(clusters, moved).perMesh[0]?.availability).toBe('UNRANKED')
  })

  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly string[]]>([
    ['injected', { 'istio-injection': 'enabled' }, {}, ['SIDECAR']],
    ['in ambient mode', { 'istio.io/dataplane-mode': 'ambient' }, {}, ['AMBIENT']],
    ['in ambient mode, and one stays out', { 'istio.io/dataplane-mode': 'ambient' }, { 'istio.io/dataplane-mode': 'none' }, []],
    ['left alone', {}, {}, []],
  ])('tells which data planes its workloads have: a namespace %s', (_title, labels, own, expected) => {
    expect(planesOf([{ name: 'shop', labels, own }])).toEqual(expected)
  })

  it('tells of both where a mesh is on its way from one to the other', () => {
    const ambient = { name: 'calm', labels: { 'istio.io/dataplane-mode': 'ambient' }, own: {} }
    expect(planesOf([{ name: 'shop', labels: { 'istio-injection': 'enabled' }, own: {} }, ambient])).toEqual(['SIDECAR', 'AMBIENT'])
  })

  it('names each kind of tenancy once, from the narrowest (TOPO-1)', () => {
    const tenants =
      'tenants: [{ name: a, kind: CLUSTER, members: [west] }, { name: b, kind: NAMESPACE, members: [shop] }, { name: c, kind: NAMESPACE, members: [bank] }]'
    expect(modelOf({ west: primary }).tenancy).toEqual([])
    expect(modelOf({ west: primary }, tenants).tenancy).toEqual(['NAMESPACE', 'CLUSTER'])
  })
})
