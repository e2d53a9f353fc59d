/** Instances of one workload that policies tell apart: by their addresses, by their nodes, and a pod that calls itself. */
import { describe, expect, it } from 'vitest'
import { ask, cluster, type Manifest, service, topology } from '../../combinations/asking.js'
import { denyAll, into, outOf } from './policies.js'

const owner = (name: string) => [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name, controller: true }]

/** Pods of one owner, `name` in `namespace`, each with its address, node and perhaps more. */
const pods = (place: string, ...each: readonly (readonly [ip: string, node: string])[]): readonly Manifest[] => {
  const [namespace, name = ''] = place.split('/')
  return each.map(([ip, node], index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name: `${name}-${index}`, labels: { app: name }, ownerReferences: owner(name) },
    spec: { nodeName: node, containers: [{ name: 'app', ports: [{ containerPort: 8080 }] }] },
    status: { phase: 'Running', podIP: ip, conditions: [{ type: 'Ready', status: 'True' }] },
  }))
}
const onHost = (objects: readonly Manifest[]): readonly Manifest[] =>
  objects.map((object) => ({ ...object, spec: { ...(object['spec'] as Manifest), hostNetwork: true } }))
const block = (cidr: string, except: readonly string[] = []): Manifest => ({ ipBlock: { cidr, except } })

const call = (objects: readonly Manifest[], from = 'west/shop/client') =>
  ask(topology([cluster('west', [service('bank/server'), ...objects], { networkPolicyEnforced: true })]), from, 'server.bank:80')
const ways = (answer: ReturnType<typeof call>) => answer.endpoints.map(({ address, verdict }) => `${address} ${verdict}`).sort()

const clients = pods('shop/client', ['10.0.0.1', 'n1'], ['10.0.9.1', 'n1'], ['10.0.9.2', 'n2'])
const servers = pods('bank/server', ['10.1.0.1', 'n1'], ['10.1.0.2', 'n2'], ['10.1.9.1', 'n2'])

describe('instances of one caller', () => {
  it('are told apart by blocks of addresses that take some of them (NP-11)', () => {
    const from = (one: Manifest) => call([...clients, ...servers, into('bank/p', 'server', { from: [one] })])
    expect(from(block('10.0.0.0/24')).verdict).toBe('AMBIGUOUS')
    expect(from(block('10.0.0.0/16')).verdict).toBe('REACHABLE')
    expect(from(block('10.0.0.0/16', ['10.0.9.0/24'])).verdict).toBe('AMBIGUOUS')
    expect(from(block('10.7.0.0/16')).verdict).toBe('UNREACHABLE')
  })

  it('whichever of them comes first (NP-11)', () => {
    const answer = call([...clients.toReversed(), ...servers, into('bank/p', 'server', { from: [block('10.0.0.0/24')] })])
    expect(answer.verdict).toBe('AMBIGUOUS')
  })

  it('are told apart by their nodes where they use their nodes’ network (NP-14)', () => {
    const answer = call([...onHost(clients), ...servers.slice(0, 1), denyAll('bank/deny')])
    expect(answer.verdict).toBe('UNDETERMINED')
    const near = call([...onHost(clients.slice(0, 2)), ...servers.slice(0, 1), denyAll('bank/deny')])
    expect(near.verdict).toBe('REACHABLE')
    const crosswise = call([...onHost([...clients.slice(0, 1), ...clients.slice(2)]), ...servers.slice(0, 2), denyAll('bank/deny')])
    expect(ways(crosswise)).toEqual(['10.1.0.1 REACHABLE', '10.1.0.1 UNDETERMINED', '10.1.0.2 REACHABLE', '10.1.0.2 UNDETERMINED'])
  })
})

describe('instances of one server', () => {
  it('are told apart by blocks of addresses that take some of them (NP-11)', () => {
    const dns = { ports: [{ protocol: 'UDP', port: 53 }] }
    const to = (one: Manifest) => call([...clients.slice(0, 1), ...servers, outOf('shop/p', 'client', { to: [one] }, dns)])
    expect(ways(to(block('10.1.0.0/24')))).toEqual(['10.1.0.1 REACHABLE', '10.1.0.2 REACHABLE', '10.1.9.1 UNREACHABLE'])
    expect(to(block('10.1.0.0/24')).verdict).toBe('AMBIGUOUS')
    expect(to(block('10.1.0.0/16')).verdict).toBe('REACHABLE')
  })

  it('reach themselves, each itself alone (NP-14)', () => {
    const answer = call([...servers, denyAll('bank/deny')], 'west/bank/server')
    expect(answer.verdict).toBe('AMBIGUOUS')
    const single = call([...servers, denyAll('bank/deny')], 'west/bank/server-1')
    expect(ways(single)).toEqual(['10.1.0.1 UNREACHABLE', '10.1.0.2 REACHABLE', '10.1.9.1 UNREACHABLE'])
  })
})
