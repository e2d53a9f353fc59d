import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { classifyDeployment } from '#engine/deployment/classify-deployment'
import type { Reachability } from '#engine/model/reachability'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { snapshotOf } from '../from-yaml.js'
import { answerTo } from './asking.js'
import { deployment, type Manifest, namespace, service, virtualService, west, world } from './calling.js'

/** Both clusters' proxies trust one root, so that nothing but what is asked about decides. */
const everywhere = (): Manifest => ({ network: 'flat' })
const ratings = [service('shop/ratings'), deployment('shop/ratings')]
const elsewhere = [namespace('shop'), deployment('shop/client'), ...ratings]

const ask = (snapshot: Snapshot, cluster: string): Reachability =>
  answerTo(snapshot, { from: { cluster, namespace: 'shop', workload: 'client' }, to: { host: 'ratings.shop', port: 80 } })
const clustersOf = ({ endpoints }: Reachability): readonly (string | null)[] =>
  [...new Set(endpoints.map(({ cluster }) => cluster))].toSorted()

/** Sends every call for ratings to an answer of the proxy's own. */
const refusing = virtualService('shop/refuse', {
  hosts: ['ratings.shop.svc.cluster.local'],
  http: [{ directResponse: { status: 404 } }],
})

describe('control planes apart', () => {
  it('read Services and endpoints of the other cluster, but Istio’s objects of their own only (MODEL-17, TOPO-6)', () => {
    const snapshot = world({ clusters: { west: west(...ratings), east: [...elsewhere, refusing] }, every: everywhere })
    expect(clustersOf(ask(snapshot, 'west'))).toEqual(['east', 'west'])
    // The VirtualService stands in east alone: clients there get its 404, clients in west do not know it.
    expect(ask(snapshot, 'east').steps.find(({ stage }) => stage === 'ROUTE')?.because).toMatchObject([{ cluster: 'east', name: 'refuse' }])
    expect(
      ask(snapshot, 'west')
        .steps.find(({ stage }) => stage === 'ROUTE')
        ?.because.map(({ kind }) => kind),
    ).not.toContain('VirtualService')
  })

  it('lose the other cluster’s endpoints with its remote secret (MODEL-21)', () => {
    const clusters = { west: west(...ratings), east: elsewhere }
    const without = world({ clusters, every: everywhere, cluster: { remoteSecrets: [] } })
    expect(clustersOf(ask(without, 'west'))).toEqual(['west'])
    expect(clustersOf(ask(without, 'east'))).toEqual(['east', 'west'])
  })

  it('are one axis of the deployment model beside clusters, networks and meshes (TOPO-1)', () => {
    const snapshot = world({ clusters: { west: west(), east: elsewhere }, every: everywhere })
    expect(classifyDeployment(snapshot)).toMatchObject({
      clusters: 'MULTIPLE',
      networks: 'SINGLE',
      controlPlanes: 'MULTIPLE',
      meshes: 'SINGLE',
      tenancy: [],
    })
  })
})

describe('a call', () => {
  it('presents the server name of service and port, by which gateways of other networks hand it on (TLS-9, NET-32)', () => {
    const snapshot = snapshotOf(readFileSync('examples/multiple-networks/topology.yaml', 'utf8'))
    const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
    const answer = answerTo(snapshot, { from, to: { host: 'ratings.shop', port: 9080 } }, Date.parse('2026-11-20T00:00:00Z'))
    const network = answer.endpoints.flatMap(({ steps }) => steps).find(({ stage }) => stage === 'NETWORK')
    expect(network).toMatchObject({
      outcome: 'PASSED',
      message: expect.stringContaining('`outbound_.9080_._.ratings.shop.svc.cluster.local`'),
    })
  })

  it('goes through the stages in the order in which it lives, each with its reason (FLOW-3)', () => {
    const answer = ask(world({ clusters: { west: west(...ratings) } }), 'west')
    const [through] = answer.endpoints
    expect(answer.steps.map(({ stage }) => stage).slice(0, 4)).toEqual(['NAME', 'SCOPE', 'ROUTE', 'DISCOVERY'])
    expect(through?.steps.map(({ stage }) => stage)).toEqual(['NETWORK', 'NETWORK_POLICY', 'TRANSPORT', 'TRUST', 'AUTHORIZATION'])
    expect([...answer.steps, ...(through?.steps ?? [])].filter(({ reason }) => !/^[A-Z][A-Z_0-9]+$/.test(reason))).toEqual([])
  })
})
