import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../../from-yaml.js'

const istiod = (namespace = 'istio-system', env = '') => `
      - apiVersion: apps/v1
        kind: Deployment
        metadata: { name: istiod, namespace: ${namespace} }
        spec: { template: { spec: { containers: [{ name: discovery, image: 'istio/pilot:1.30.1', env: [${env}] }] } } }`

const secret = (clusters: string, namespace = 'istio-system') => `
      - { apiVersion: v1, kind: Secret, metadata: { name: remote, namespace: ${namespace}, labels: { istio/multiCluster: 'true' } }, data: { ${clusters} } }`

const roles = (yaml: string) => {
  const snapshot = snapshotOf(yaml)
  return Object.fromEntries([...snapshot.clusters.values()].map(({ name, role }) => [name, `${role.value} ${role.provenance}`]))
}

describe('role of a cluster (TOPO-2)', () => {
  it('is stated, or derived from an istiod, from a config cluster, or from a remote installation', () => {
    expect(
      roles(`
clusters:
  - { name: said, controlPlane: { role: NONE } }
  - name: home
    resources: ${istiod()}
  - { name: config }
  - name: remote
    resources:
      - { apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: { name: o }, spec: { profile: remote } }
  - name: selectorless
    resources:
      - { apiVersion: v1, kind: Service, metadata: { name: istiod, namespace: istio-system }, spec: { ports: [{ port: 15012 }] } }
controlPlanes:
  - { name: managed, configCluster: config }
`),
    ).toEqual({
      said: 'NONE STATED',
      home: 'PRIMARY DERIVED',
      config: 'REMOTE DERIVED',
      remote: 'REMOTE DERIVED',
      selectorless: 'REMOTE DERIVED',
    })
  })

  it('is assumed from what speaks of Istio, and that is said', () => {
    const yaml = `
clusters:
  - name: labelled
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
  - { name: member, mesh: m }
  - name: plain
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop } }
`
    expect(roles(yaml)).toEqual({ labelled: 'PRIMARY ASSUMED', member: 'PRIMARY ASSUMED', plain: 'NONE ASSUMED' })
    expect(snapshotOf(yaml).assumptions.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['CONTROL_PLANE_ASSUMED', 'NO_MESH_ASSUMED']),
    )
  })

  it.each([
    ['security.istio.io/v1', 'RequestAuthentication', 'PRIMARY ASSUMED'],
    ['telemetry.istio.io/v1', 'Telemetry', 'PRIMARY ASSUMED'],
    ['networking.istio.io/v1', 'WorkloadGroup', 'PRIMARY ASSUMED'],
    ['apps/v1', 'Deployment', 'NONE ASSUMED'],
  ])('%s %s alone: %s', (apiVersion, kind, expected) => {
    const object = `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x, namespace: shop }, spec: {} }`
    expect(roles(`clusters: [{ name: west, resources: [${object}] }]`)).toEqual({ west: expected })
  })

  it('a cluster without istiod that another one’s istiod may read is taken as its remote', () => {
    const snapshot = snapshotOf(`
clusters:
  - name: west
    resources: ${istiod()}${secret("east: ''")}
  - name: east
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
`)
    expect(snapshot.clusters.get('east')?.role).toMatchObject({ value: 'REMOTE', provenance: 'ASSUMED' })
    expect(snapshot.clusters.get('east')?.managedBy).toEqual(['west'])
  })
})

describe('control planes', () => {
  it('a primary’s is named like its cluster, a revision adds its name (MODEL-25)', () => {
    const snapshot = snapshotOf(`
clusters:
  - name: west
    resources: ${istiod()}${istiod('istio-canary', '{ name: REVISION, value: canary }')}
`)
    expect([...snapshot.controlPlanes.keys()]).toEqual(['west', 'west/canary'])
    expect(snapshot.controlPlanes.get('west/canary')).toMatchObject({
      revision: 'canary',
      systemNamespace: 'istio-canary',
      configCluster: 'west',
    })
    expect(snapshot.clusters.get('west')?.managedBy).toEqual(['west', 'west/canary'])
  })

  it('the header’s statement takes the place of the derived one of the same cluster and revision', () => {
    const snapshot = snapshotOf(`
clusters:
  - name: west
    resources: ${istiod()}
controlPlanes: [{ name: blue, cluster: west, version: 1.29.0 }]
`)
    expect([...snapshot.controlPlanes.keys()]).toEqual(['blue'])
    expect(snapshot.controlPlanes.get('blue')).toMatchObject({ version: { text: '1.29.0' }, systemNamespace: 'istio-system' })
  })

  it('an istiod outside every cluster has the first cluster it manages as config cluster (TOPO-2)', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: west, controlPlane: { role: REMOTE, managedBy: hosted } }
  - { name: east, controlPlane: { role: REMOTE, managedBy: hosted } }
controlPlanes: [{ name: hosted, remoteSecrets: [east] }]
`)
    expect(snapshot.controlPlanes.get('hosted')).toMatchObject({ cluster: undefined, configCluster: 'west', external: true })
    expect(snapshot.inconsistencies).toEqual([])
  })

  it('a cluster that runs istiod only for others has no proxies of its own', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: outer, controlPlane: { role: EXTERNAL } }
  - { name: west, controlPlane: { role: REMOTE, managedBy: outer } }
`)
    expect(snapshot.clusters.get('outer')?.managedBy).toEqual([])
    expect(snapshot.controlPlanes.get('outer')).toMatchObject({ cluster: 'outer', configCluster: 'west', external: true })
  })

  it('an istiod that says another cluster’s ID serves from there, and whom that cluster’s annotation names (TOPO-2, MODEL-20, MODEL-24)', () => {
    const env = [
      "{ name: EXTERNAL_ISTIOD, value: 'true' }",
      '{ name: CLUSTER_ID, value: config }',
      "{ name: LOCAL_CLUSTER_SECRET_WATCHER, value: 'true' }",
      '{ name: SHARED_MESH_CONFIG, value: istio }',
    ].join(', ')
    const snapshot = snapshotOf(`
clusters:
  - name: outer
    resources: ${istiod('external-istiod', env)}${secret("second: ''", 'external-istiod')}
  - name: config
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: external-istiod, labels: { topology.istio.io/network: n1 } } }
      - { apiVersion: v1, kind: ConfigMap, metadata: { name: istio, namespace: external-istiod }, data: { mesh: 'trustDomain: shared.example' } }
  - name: second
    resources:
      - apiVersion: v1
        kind: Namespace
        metadata: { name: external-istiod, annotations: { topology.istio.io/controlPlaneClusters: config } }
`)
    expect(Object.fromEntries([...snapshot.clusters].map(([name, { role, managedBy }]) => [name, [role.value, ...managedBy]]))).toEqual({
      outer: ['EXTERNAL'],
      config: ['REMOTE', 'outer'],
      second: ['REMOTE', 'outer'],
    })
    expect(snapshot.controlPlanes.get('outer')).toMatchObject({
      configCluster: 'config',
      external: true,
      remoteSecrets: { value: ['second'] },
      meshConfig: { trustDomain: 'shared.example' },
    })
    expect(snapshot.clusters.get('config')?.network.value).toBe('n1')
    expect(snapshot.meshes.map(({ name }) => name)).toEqual([snapshot.clusters.get('config')?.mesh.value])
    expect(snapshot.assumptions.map(({ code }) => code)).not.toContain('CONTROL_PLANE_ASSUMED')
    expect(snapshot.inconsistencies).toEqual([])
  })

  it('the annotation of a remote’s system namespace names its manager (MODEL-24)', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: a, controlPlane: { role: PRIMARY }, remoteSecrets: [c] }
  - { name: b, controlPlane: { role: PRIMARY }, remoteSecrets: [c] }
  - name: c
    controlPlane: { role: REMOTE }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: istio-system, annotations: { topology.istio.io/controlPlaneClusters: b } } }
`)
    expect(snapshot.clusters.get('c')?.managedBy).toEqual(['b'])
  })
})

describe('remote secrets', () => {
  it('count with the label and in the system namespace; the own cluster ID is ignored (MODEL-20)', () => {
    const snapshot = snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources: ${secret("east: '', west: ''")}${secret("north: ''", 'other')}
  - { name: east, controlPlane: { role: PRIMARY }, remoteSecrets: [] }
`)
    expect(snapshot.controlPlanes.get('west')?.remoteSecrets).toMatchObject({ value: ['east'], provenance: 'DERIVED' })
    expect(snapshot.view('west').clusters.map(({ name }) => name)).toEqual(['west', 'east'])
  })

  it('are directional: who is read does not read back (MODEL-22)', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: west, controlPlane: { role: PRIMARY }, remoteSecrets: [east] }
  - { name: east, controlPlane: { role: PRIMARY }, remoteSecrets: [] }
`)
    expect(snapshot.view('west').clusters.map(({ name }) => name)).toEqual(['west', 'east'])
    expect(snapshot.view('east').clusters.map(({ name }) => name)).toEqual(['east'])
  })

  it('none stated and none among the objects is unknown, an empty list is none', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: west, controlPlane: { role: PRIMARY } }
  - { name: east, controlPlane: { role: PRIMARY }, remoteSecrets: [] }
`)
    expect(snapshot.view('west').clustersKnown).toBe(false)
    expect(snapshot.view('east').clustersKnown).toBe(true)
  })

  it('a manager whose secrets leave the cluster out serves nobody there (MODEL-23)', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: west, controlPlane: { role: PRIMARY }, remoteSecrets: [] }
  - { name: east, controlPlane: { role: REMOTE, managedBy: west } }
`)
    expect(snapshot.clusters.get('east')?.managedBy).toEqual([])
    expect(snapshot.inconsistencies.map(({ code }) => code)).toEqual(['CONTROL_PLANE_UNKNOWN'])
  })

  it('a manager whose secrets are unknown is taken to have one for the cluster (MODEL-23)', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: west, controlPlane: { role: PRIMARY } }
  - { name: east, controlPlane: { role: REMOTE, managedBy: west } }
`)
    expect(snapshot.clusters.get('east')?.managedBy).toEqual(['west'])
    expect(snapshot.view('west').clusters.map(({ name }) => name)).toEqual(['west', 'east'])
    expect(snapshot.assumptions.map(({ code }) => code)).toContain('REMOTE_SECRET_ASSUMED')
  })
})

describe('what leads nowhere or disagrees', () => {
  it('is reported and stored all the same', () => {
    const snapshot = snapshotOf(`
meshes: [{ name: m, trustDomain: said.example }]
networks: [{ name: n1, routableTo: [n9] }]
clusters:
  - name: west
    mesh: m
    network: n1
    controlPlane: { role: PRIMARY }
    remoteSecrets: [nowhere]
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: istio-system, labels: { topology.istio.io/network: other } } }
      - { apiVersion: v1, kind: ConfigMap, metadata: { name: istio, namespace: istio-system }, data: { mesh: 'trustDomain: written.example' } }
  - { name: east, mesh: x, network: n8, controlPlane: { role: REMOTE, managedBy: ghost } }
`)
    const told = snapshot.inconsistencies.map(({ code, message }) => `${code} ${message}`)
    expect(told).toEqual(
      expect.arrayContaining([
        'REFERENCE_UNKNOWN there is no cluster `nowhere`',
        'REFERENCE_UNKNOWN there is no network `n9`',
        'REFERENCE_UNKNOWN there is no network `n8`',
        'REFERENCE_UNKNOWN there is no mesh `x`',
        'CONTROL_PLANE_UNKNOWN cluster `east` is managed by `ghost`, which is neither a control plane nor a cluster that runs one',
        'FACT_CONTRADICTED cluster `west` states network `n1`, but its system namespace is labelled `other`',
        'FACT_CONTRADICTED mesh `m` states trust domain `said.example`, but control plane `west` is configured with `written.example`',
      ]),
    )
    expect(snapshot.view('west').controlPlane.meshConfig.trustDomain).toBe('said.example')
    expect(snapshot.clusters.get('west')?.network).toMatchObject({ value: 'n1', provenance: 'STATED' })
  })
})

describe('meshes', () => {
  it('clusters that state none and are joined by secrets form one, named by its trust domain (MODEL-29, TOPO-3)', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: west, controlPlane: { role: PRIMARY }, remoteSecrets: [east] }
  - { name: east, controlPlane: { role: PRIMARY }, remoteSecrets: [west] }
`)
    expect(snapshot.meshes).toMatchObject([{ name: 'cluster.local', clusters: ['east', 'west'], controlPlanes: ['east', 'west'] }])
  })

  it('clusters that nothing joins are meshes of their own', () => {
    const snapshot = snapshotOf(`
clusters:
  - { name: west, controlPlane: { role: PRIMARY }, remoteSecrets: [] }
  - { name: east, controlPlane: { role: PRIMARY }, remoteSecrets: [] }
`)
    expect(snapshot.meshes.map(({ name }) => name)).toEqual(['east', 'west'])
  })
})
