import { describe, expect, it } from 'vitest'
import type { Reachability } from '#engine/model/reachability'
import { answerTo } from './asking.js'
import { cluster, istio, pod, type Raw, service, slice, topology } from './objects.js'

const strict = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'istio', namespace: 'istio-system' },
  data: { mesh: 'outboundTrafficPolicy: { mode: REGISTRY_ONLY }' },
}
const entry = (name: string, host: string, spec: Raw): Raw =>
  istio('ServiceEntry', name, { hosts: [host], resolution: 'DNS', location: 'MESH_EXTERNAL', ...spec })
const tcp = (number: number): Raw => ({ ports: [{ name: `tcp-${number}`, number, protocol: 'TCP' }] })
const ask = (objects: readonly Raw[], host: string, port: number, to: Raw = {}, header: Raw = {}): Reachability =>
  answerTo(topology([cluster('west', [pod('web', '10.1.0.1', { app: 'web' }), strict, ...objects], header)]), {
    from: { cluster: 'west', namespace: 'shop', workload: 'web' },
    to: { host, port, ...to },
  })

describe('a port that several services share', () => {
  const shop = [
    service('echo', { clusterIP: '10.255.0.1' }),
    pod('echo', '10.1.0.5', { app: 'echo' }),
    slice('echo', [{ ip: '10.1.0.5', pod: 'echo' }]),
    entry('ext', 'www.partner.example', tcp(80)),
  ]

  it('tells requests and other connections apart by their bytes: a request is none of an entry’s that is declared TCP (ROUTE-10, DNS-16)', () => {
    const answer = ask(shop, 'www.partner.example', 80, { method: 'GET' })
    expect([answer.verdict, answer.reason]).toEqual(['UNREACHABLE', 'BLACKHOLED'])
    expect(ask(shop, 'www.partner.example', 80).verdict).toBe('REACHABLE')
  })

  it('refuses requests for a host that it does not know, as one that listens for HTTP does (ROUTE-30, ROUTE-31)', () => {
    for (const to of [{}, { method: 'GET' }]) expect(ask(shop, 'unlisted.partner.example', 80, to).reason).toBe('BLACKHOLED')
    expect(ask(shop.slice(3), 'unlisted.partner.example', 80, { method: 'GET' }).summary).toContain('the listener of `www.partner.example`')
  })

  it('nobody else’s requests come to: then the entry takes them like everything (ROUTE-10, DNS-16)', () => {
    expect(ask(shop.slice(3), 'www.partner.example', 80, { method: 'GET' }).verdict).toBe('REACHABLE')
  })

  it('is taken by the first entry without an address, and the answer says so (DNS-16)', () => {
    const two = [entry('a', 'alpha.db.example', tcp(5432)), entry('b', 'beta.db.example', tcp(5432))]
    const answer = ask(two, 'beta.db.example', 5432)
    expect(answer.summary).toContain('the listener of `alpha.db.example`')
    expect(answer.steps.map(({ reason }) => reason)).toContain('TAKEN_BY_LISTENER')
    expect(ask(two, 'alpha.db.example', 5432).steps.map(({ reason }) => reason)).not.toContain('TAKEN_BY_LISTENER')
  })
})

describe('hosts of one address', () => {
  const tls = {
    resolution: 'DNS',
    location: 'MESH_EXTERNAL',
    addresses: ['240.0.1.1'],
    ports: [{ name: 'tls', number: 443, protocol: 'TLS' }],
  }
  const both = istio('ServiceEntry', 'two', { ...tls, hosts: ['first.example.com', 'second.example.com'] })
  const asked = (host: string) => ask([both], host, 443, {}, { dns: { capture: true } })

  it('share its listener, and the first has all connections of the port (DNS-16, ROUTE-31)', () => {
    expect(asked('second.example.com').summary).toContain('the listener of `first.example.com`')
    expect(asked('second.example.com').endpoints.map(({ address }) => address)).toEqual(['first.example.com'])
    expect(asked('first.example.com').steps.map(({ reason }) => reason)).not.toContain('TAKEN_BY_LISTENER')
  })
})

describe('entries of one host with an address each', () => {
  const host = 'hub.partner.example'
  const entries = [entry('a', host, { ...tcp(446), addresses: ['240.4.4.6'] }), entry('b', host, { ...tcp(448), addresses: ['240.4.4.8'] })]
  const asked = (to: string, port: number) => {
    const answer = ask(entries, to, port, {}, { dns: { capture: true } })
    return [answer.verdict, answer.reason]
  }

  it('answer the name with both, of which each listens for its own ports: the address that is dialled decides (DNS-9, VIS-10)', () => {
    expect(asked(host, 448)[0]).toBe('AMBIGUOUS')
  })

  it('are listened for at both where both have the port (VIS-10)', () => {
    const twins = entries.map((_, at) => entry(`twin-${at}`, host, { ...tcp(446), addresses: [`240.4.4.${at}`] }))
    const heard = (objects: readonly Raw[]) => ask(objects, host, 446, {}, { dns: { capture: true } }).verdict
    expect(heard(twins)).toBe('REACHABLE')
    expect(heard([...twins, entry('c', host, { ...tcp(448), addresses: ['240.4.4.9'] })])).toBe('AMBIGUOUS')
  })

  it('are reached by their own addresses (VIS-10, ROUTE-32)', () => {
    expect([asked('240.4.4.8', 448), asked('240.4.4.6', 446)]).toEqual([
      ['REACHABLE', 'DELIVERED'],
      ['REACHABLE', 'DELIVERED'],
    ])
    expect(asked('240.4.4.6', 448)).toEqual(['UNREACHABLE', 'BLACKHOLED'])
  })
})
