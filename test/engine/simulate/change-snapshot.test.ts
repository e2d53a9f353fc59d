import { describe, expect, it } from 'vitest'
import { changeObject } from '#engine/simulate/change-object'
import { changeSnapshot } from '#engine/simulate/change-snapshot'
import { putManifests } from '#engine/simulate/put-manifests'
import { snapshotOf } from '../from-yaml.js'

const snapshot = snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    remoteSecrets: []
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { team: a } } }
      - { apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop, creationTimestamp: "2024-01-01T00:00:00Z" }, spec: { clusterIP: 10.0.0.1, ports: [{ port: 80 }] } }
      - { apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop }, spec: { ports: [{ port: 80 }] } }
      - { apiVersion: v1, kind: Service, metadata: { name: audit, namespace: ops }, spec: { ports: [{ port: 80 }] } }
  - name: east
    controlPlane: { role: PRIMARY }
    remoteSecrets: []
    resources: []
`)
const west = snapshot.clusters.get('west')!.resources

describe('putting manifests into a cluster', () => {
  const added = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'pay', namespace: 'shop' }, spec: { ports: [{ port: 90 }] } }

  it('adds an object that is younger than every other, and leaves the cluster as it was', () => {
    const services = putManifests(west, [added]).services.get('shop') ?? []
    expect(services.map(({ meta }) => meta.name)).toEqual(['cart', 'web', 'pay'])
    expect(services.at(-1)?.meta.createdAt).toBeGreaterThan(Date.parse('2200-01-01'))
    expect(west.services.get('shop')?.map(({ meta }) => meta.name)).toEqual(['cart', 'web'])
  })

  it('replaces an object of the same name, which stays in its place and as old as it was', () => {
    const other = { ...added, metadata: { name: 'cart', namespace: 'shop' } }
    const [cart] = putManifests(west, [other]).services.get('shop') ?? []
    expect(cart).toMatchObject({ ports: [{ number: 90 }], meta: { createdAt: Date.parse('2024-01-01T00:00:00Z') } })
  })

  it('shares every kind, and every namespace of a kind, that is not concerned', () => {
    const changed = putManifests(west, [added])
    expect(changed.services.get('ops')).toBe(west.services.get('ops'))
    expect(changed.namespaces).toBe(west.namespaces)
    expect(changed.pods).toBe(west.pods)
  })

  it('brings a kind that the cluster did not have', () => {
    const policy = {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'none', namespace: 'shop' },
      spec: {},
    }
    expect(putManifests(west, [policy]).authorizationPolicies.get('shop')).toHaveLength(1)
  })
})

describe('changing one object', () => {
  it('changes it and nothing else', () => {
    const [cart, web] = west.services.get('shop') ?? []
    const changed = changeObject(west, 'services', cart!, (service) => ({ ...service, headless: true }))
    expect(changed.services.get('shop')).toEqual([{ ...cart, headless: true }, web])
    expect(changed.services.get('shop')?.[1]).toBe(web)
    expect(west.services.get('shop')?.[0]?.headless).toBe(false)
  })
})

describe('a hypothetical version', () => {
  it('shares the clusters that do not change, and has no content hash', () => {
    const changed = changeSnapshot(snapshot, { clusters: new Map([['west', (resources) => putManifests(resources, [])]]) })
    expect(changed.clusters.get('east')?.resources).toBe(snapshot.clusters.get('east')?.resources)
    expect(changed.contentHash).toBe('')
  })

  it('may differ in what the document states (EDS-1, MODEL-20)', () => {
    const changed = changeSnapshot(snapshot, {
      header: (header) => ({ ...header, clusters: header.clusters.map((entry) => ({ ...entry, remoteSecrets: ['east'] })) }),
    })
    expect(changed.view('west').clusters.map(({ name }) => name)).toEqual(['west', 'east'])
    expect(snapshot.view('west').clusters.map(({ name }) => name)).toEqual(['west'])
  })
})
