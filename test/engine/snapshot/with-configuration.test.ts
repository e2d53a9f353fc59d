import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { changeSnapshot } from '#engine/simulate/change-snapshot'
import { putManifests } from '#engine/simulate/put-manifests'
import { onlyRead } from '#engine/snapshot/with-configuration'
import { snapshotOf } from '../from-yaml.js'

const snapshot = snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    remoteSecrets: []
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop } }
      - { apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { ports: [{ port: 80 }] } }
      - { apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: cart, namespace: shop }, spec: { host: cart } }
`)

const put = (manifest: object) =>
  changeSnapshot(snapshot, { clusters: new Map([['west', (resources) => putManifests(resources, [manifest])]]) })

const policy = { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'none', namespace: 'shop' }, spec: {} }
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { ports: [{ port: 80 }] } }

/** Whoever asks only whether any object is there, and what is put beside what a control plane reads. */
const known = ['control-planes/derived/derived.ts', 'clusters/cluster-roles.ts']

describe('a version in which only what calls are judged by differs', () => {
  it('has the very services of the version that it was made of, and the policy that was added', () => {
    const after = put(policy)
    expect(after.view('west').services).toBe(snapshot.view('west').services)
    expect(after.view('west').configuration.authorizationPolicies.get('shop')).toHaveLength(1)
    expect(snapshot.view('west').configuration.authorizationPolicies.get('shop')).toBeUndefined()
    expect(after.clusters.get('west')?.workloads('shop')).toBe(snapshot.clusters.get('west')?.workloads('shop'))
  })

  it('is built anew where a service is added', () => {
    expect(put(service).view('west').services).toHaveLength(2)
  })

  it('rests on kinds of which nothing in a snapshot is made', () => {
    const folder = 'src/engine/snapshot'
    const read = new RegExp(`(resources|configuration)(\\.|\\[')(${onlyRead.join('|')})\\b`, 'u')
    const readers = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !known.includes(file))
      .filter((file) => read.test(readFileSync(join(folder, file), 'utf8')))
    expect(readers).toEqual([])
  })
})
