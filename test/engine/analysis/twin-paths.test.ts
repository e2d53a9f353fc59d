import { describe, expect, it } from 'vitest'
import type { Reachability } from '#engine/model/reachability'
import { answerTo } from './asking.js'
import { cluster, istio, pod, type Raw, service, slice, topology } from './objects.js'

const node = (zone: string): Raw => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: `node-${zone}`, labels: { 'topology.kubernetes.io/region': 'r', 'topology.kubernetes.io/zone': zone } },
})
const owned = (object: Raw, owner: string): Raw => ({
  ...object,
  metadata: { ...(object['metadata'] as Raw), ownerReferences: [{ kind: 'StatefulSet', name: owner, controller: true }] },
})
const server = (name: string, ip: string, zone: string, owner = 'server'): Raw =>
  owned(pod(name, ip, { app: 'server' }, { spec: { nodeName: `node-${zone}` } }), owner)
const web = pod('web-1', '10.1.0.1', { app: 'web' }, { spec: { nodeName: 'node-a' } })

interface Instance {
  readonly pod: string
  readonly ip: string
  readonly nodeName: string
}

const call = (instances: readonly Instance[], objects: readonly Raw[], clients: readonly Raw[] = [web]): Reachability => {
  const west = cluster('west', [node('a'), node('b'), service('server'), slice('server', instances), ...objects, ...clients])
  const from = { cluster: 'west', namespace: 'shop', labels: [{ name: 'app', value: 'web' }] }
  return answerTo(topology([west]), { from, to: { host: 'server', port: 80 } })
}

const strict = istio('PeerAuthentication', 'default', { mtls: { mode: 'STRICT' } }, 'istio-system')
const a: Instance = { pod: 's-a', ip: '10.1.0.2', nodeName: 'node-a' }
const b: Instance = { pod: 's-b', ip: '10.1.0.3', nodeName: 'node-b' }
const replicas = [server('s-a', a.ip, 'a'), server('s-b', b.ip, 'b')]

describe('replicas that look alike', () => {
  it.each([
    ['first', [a, b]],
    ['last', [b, a]],
  ])('are told apart by a PeerAuthentication that selects a zone, whose endpoint comes %s (TLS-6, MODEL-34)', (_order, instances) => {
    const zonal = istio('PeerAuthentication', 'zonal', {
      selector: { matchLabels: { 'topology.kubernetes.io/zone': 'a' } },
      mtls: { mode: 'DISABLE' },
    })
    const { verdict, endpoints } = call(instances, [...replicas, strict, zonal])
    expect(verdict).toBe('AMBIGUOUS')
    expect(Object.fromEntries(endpoints.map(({ address, reason }) => [address, reason]))).toEqual({
      '10.1.0.2': 'TLS_REJECTED',
      '10.1.0.3': 'DELIVERED',
    })
  })

  it('but belong to two owners are named by their own', () => {
    const { endpoints } = call([a, b], [server('s-a', a.ip, 'a', 'red'), server('s-b', b.ip, 'b', 'blue'), strict])
    const said = endpoints.map(({ steps }) => steps.find(({ stage }) => stage === 'AUTHORIZATION')?.message)
    expect(said.map((message) => message?.split('`').at(-2))).toEqual(['red', 'blue'])
  })

  it('count as failing only where nobody gets to them', () => {
    const naked = pod('web-2', '10.1.0.9', { app: 'web' }, { naked: true, spec: { nodeName: 'node-b' } })
    const only = istio('PeerAuthentication', 'only', { selector: { matchLabels: { role: 'strict' } }, mtls: { mode: 'STRICT' } })
    const guarded = pod('s-b', b.ip, { app: 'server', role: 'strict' }, { spec: { nodeName: 'node-b' } })
    const { verdict, summary } = call([a, b], [server('s-a', a.ip, 'a'), guarded, only], [web, naked])
    expect(verdict).toBe('AMBIGUOUS')
    // Four ways, from each of two clients to each of two servers, of which the other client loses one.
    expect(summary).toContain('1 of 2 workloads gets through: `web-1`')
  })

  it('leave a policy open that takes the address of one caller and not of another like it (AUTHZ-18)', () => {
    const blocks = (block: string) => ({
      ...istio('AuthorizationPolicy', 'near', { action: 'ALLOW', rules: [{ from: [{ source: { ipBlocks: [block] } }] }] }),
      apiVersion: 'security.istio.io/v1',
    })
    const other = pod('web-2', '10.1.0.9', { app: 'web' }, { spec: { nodeName: 'node-a' } })
    const told = (block: string) => call([a], [...replicas, blocks(block)], [web, other]).verdict
    expect(told('10.1.0.1/32')).toBe('AMBIGUOUS')
    expect(told('10.1.0.0/24')).toBe('REACHABLE')
    expect(told('10.9.0.0/24')).toBe('UNREACHABLE')
  })
})
