import { describe, expect, it } from 'vitest'
import { assumedPlace } from '#engine/analysis/network/passage/gateway-place'
import type { ReachabilityQuestion } from '#engine/model/question'
import { answerTo } from '../asking.js'
import { cluster, deployment, eastWest, service, topology } from '../objects.js'

const caller = (name: string) =>
  cluster(name, [deployment('client'), service('reviews', { ports: [{ name: 'http-81', port: 81 }] })], {
    network: 'n1',
    remoteSecrets: ['east'],
  })

/** Two callers' clusters that read a third one, whose own Service has the port under another number. */
const world = () =>
  topology([
    caller('west1'),
    caller('west2'),
    cluster(
      'east',
      [
        deployment('reviews', { containers: [{ name: 'app', image: 'app', ports: [{ containerPort: 81 }] }] }),
        service('reviews', { ports: [{ name: 'http-81', port: 8081, targetPort: 81 }] }),
        ...eastWest({ network: 'n2' }),
      ],
      { network: 'n2' },
    ),
  ])

const from = (name: string): ReachabilityQuestion => ({
  from: { cluster: name, namespace: 'shop', workload: 'client' },
  to: { host: 'reviews', port: 81 },
})

describe('what was asked before', () => {
  it('leaves no evidence of another caller’s control plane behind a shared gateway (NET-32)', () => {
    const snapshot = world()
    const first = answerTo(snapshot, from('west1'))
    const second = answerTo(snapshot, from('west2'))
    expect(first.reason).toBe('GATEWAY_UNKNOWN_SNI')
    expect(second).toEqual(answerTo(world(), from('west2')))
    const services = second.steps.flatMap(({ because }) => because.filter(({ kind, name }) => kind === 'Service' && name === 'reviews'))
    expect(services.map((ref) => ref.cluster)).toContain('west2')
    expect(services.map((ref) => ref.cluster)).not.toContain('west1')
  })

  it('of a stated federation does not put a gateway at the address for a call that is none (TRUST-13)', () => {
    const snapshot = topology([cluster('east', [])], { controlPlanes: [{ name: 'east', cluster: 'east', version: '1.30.2' }] })
    const east = snapshot.clusters.get('east')
    if (east === undefined) throw new Error('the topology has a cluster east')
    const bare = { cluster: east, port: 15443, address: '203.0.113.9' }
    expect(assumedPlace(snapshot, { ...bare, federated: true })?.proxy.name).toBe('istio-ingressgateway')
    expect(assumedPlace(snapshot, bare)).toBeUndefined()
  })
})
