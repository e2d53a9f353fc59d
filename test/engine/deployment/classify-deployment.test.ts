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
      { mesh: 'mesh1', clusters: 'MULTIPLE', networks: 'MULTIPLE', controlPlanes: 'SINGLE', availability: 'SINGLE_CONTROL_PLANE' },
      { mesh: 'mesh2', clusters: 'SINGLE', networks: 'SINGLE', controlPlanes: 'SINGLE', availability: 'SINGLE_CONTROL_PLANE' },
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

  it('names each kind of tenancy once, from the narrowest (TOPO-1)', () => {
    const tenants =
      'tenants: [{ name: a, kind: CLUSTER, members: [west] }, { name: b, kind: NAMESPACE, members: [shop] }, { name: c, kind: NAMESPACE, members: [bank] }]'
    expect(modelOf({ west: primary }).tenancy).toEqual([])
    expect(modelOf({ west: primary }, tenants).tenancy).toEqual(['NAMESPACE', 'CLUSTER'])
  })
})
