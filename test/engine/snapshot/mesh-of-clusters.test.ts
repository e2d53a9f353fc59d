import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../from-yaml.js'

interface Entry {
  readonly mesh?: string
  readonly role?: string
  readonly managedBy?: string
  readonly secrets?: readonly string[]
  /** `meshID` of the installation among the objects. */
  readonly meshId?: string
}

const operator = (meshId: string) => ({
  apiVersion: 'install.istio.io/v1alpha1',
  kind: 'IstioOperator',
  metadata: { name: 'o', namespace: 'istio-system' },
  spec: { values: { global: { meshID: meshId } } },
})

const meshesOf = (clusters: Readonly<Record<string, Entry>>, rest = '') => {
  const entries = Object.entries(clusters).map(([name, { mesh, role = 'PRIMARY', managedBy, secrets, meshId }]) => ({
    name,
    ...(mesh === undefined ? {} : { mesh }),
    controlPlane: { role, ...(managedBy === undefined ? {} : { managedBy }) },
    ...(secrets === undefined ? {} : { remoteSecrets: secrets }),
    resources: meshId === undefined ? [] : [operator(meshId)],
  }))
  const snapshot = snapshotOf(`\nclusters: ${JSON.stringify(entries)}\n${rest}`)
  return Object.fromEntries([...snapshot.clusters.values()].map(({ name, mesh }) => [name, `${mesh.value ?? '-'} ${mesh.provenance}`]))
}
const trustDomain = (plane: string, domain: string) => `{ name: ${plane}, cluster: ${plane}, meshConfig: { trustDomain: ${domain} } }`

describe('the mesh of a cluster (TOPO-3)', () => {
  it.each<[string, Readonly<Record<string, Entry>>, string, Readonly<Record<string, string>>]>([
    ['is the stated one before that of its installation', { west: { mesh: 'm1', meshId: 'm2' } }, '', { west: 'm1 STATED' }],
    ['is that of its installation', { west: { meshId: 'm2' } }, 'meshes: [{ name: m1 }]', { west: 'm2 DERIVED' }],
    ['is the only one of the document', { west: {} }, 'meshes: [{ name: m1 }]', { west: 'm1 ASSUMED' }],
    ['is named by the trust domain where nothing names it (MODEL-29)', { west: {} }, '', { west: 'cluster.local ASSUMED' }],
    ['is named by a trust domain of one’s own', { west: {} }, `controlPlanes: [${trustDomain('west', 'corp')}]`, { west: 'corp ASSUMED' }],
    [
      'is common to a primary and its remote',
      { west: {}, east: { role: 'REMOTE', managedBy: 'west' } },
      '',
      { west: 'cluster.local ASSUMED', east: 'cluster.local ASSUMED' },
    ],
    [
      'is common where one reads the other, one way suffices',
      { west: { secrets: ['east'] }, east: { secrets: [] } },
      '',
      { west: 'cluster.local ASSUMED', east: 'cluster.local ASSUMED' },
    ],
    [
      'is common through a third',
      { a: { secrets: ['b'] }, b: { secrets: [] }, c: { secrets: ['b'] } },
      '',
      { a: 'cluster.local ASSUMED', b: 'cluster.local ASSUMED', c: 'cluster.local ASSUMED' },
    ],
    [
      'is another for each that nothing joins, and then the cluster’s name',
      { west: { secrets: [] }, east: { secrets: [] } },
      '',
      { west: 'west ASSUMED', east: 'east ASSUMED' },
    ],
    [
      'is that of the cluster that it is joined to',
      { west: { mesh: 'm1', secrets: ['east'] }, east: {} },
      '',
      { west: 'm1 STATED', east: 'm1 ASSUMED' },
    ],
    [
      'is none of a cluster that no mesh runs in',
      { west: { mesh: 'm1' }, plain: { role: 'NONE' } },
      'meshes: [{ name: m1 }]',
      { west: 'm1 STATED', plain: '- DEFAULT' },
    ],
  ])('%s', (_title, clusters, rest, expected) => expect(meshesOf(clusters, rest)).toEqual(expected))
})

describe('the trust domain of a mesh', () => {
  const domainOf = (planes: string, meshes = 'meshes: [{ name: m1 }]') => {
    const clusters =
      'clusters: [{ name: west, mesh: m1, controlPlane: { role: PRIMARY }, resources: [] }, { name: east, mesh: m1, controlPlane: { role: PRIMARY }, resources: [] }]'
    return snapshotOf(`\n${clusters}\n${meshes}\ncontrolPlanes: [${planes}]`)
  }

  it('is stated, else what all of its control planes say, else unknown (TOPO-7)', () => {
    const same = `${trustDomain('west', 'td')}, ${trustDomain('east', 'td')}`
    const other = `${trustDomain('west', 'td')}, ${trustDomain('east', 'other')}`
    expect(domainOf(same).meshes[0]?.trustDomain).toMatchObject({ value: 'td', provenance: 'DERIVED' })
    expect(domainOf(other).meshes[0]?.trustDomain.value).toBeUndefined()
    expect(domainOf(other, 'meshes: [{ name: m1, trustDomain: told }]').meshes[0]?.trustDomain).toMatchObject({
      value: 'told',
      provenance: 'STATED',
    })
  })

  it('that is stated holds over configuration, and who says otherwise contradicts it; a default contradicts nothing', () => {
    const snapshot = domainOf(trustDomain('west', 'td'), 'meshes: [{ name: m1, trustDomain: told }]')
    expect([...snapshot.controlPlanes.values()].map(({ name, meshConfig }) => [name, meshConfig.trustDomain]).sort()).toEqual([
      ['east', 'told'],
      ['west', 'told'],
    ])
    expect(snapshot.inconsistencies.filter(({ code }) => code === 'FACT_CONTRADICTED').map(({ message }) => message)).toEqual([
      'mesh `m1` states trust domain `told`, but control plane `west` is configured with `td`',
    ])
  })
})

describe('an installation', () => {
  const contradicted = (meshId: string): readonly string[] =>
    snapshotOf(
      `\nclusters: ${JSON.stringify([{ name: 'west', mesh: 'm1', controlPlane: { role: 'PRIMARY' }, resources: [operator(meshId)] }])}`,
    ).inconsistencies.flatMap(({ code, message }) => (code === 'FACT_CONTRADICTED' ? [message] : []))

  it('that says another mesh than is stated contradicts it, and one that was never filled in says none', () => {
    expect(contradicted('m2')).toEqual(['cluster `west` states mesh `m1`, but its installation says `m2`'])
    expect(contradicted('${LOCAL}-mesh')).toEqual([])
  })
})
