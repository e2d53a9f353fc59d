import { describe, expect, it } from 'vitest'
import { cluster, istio, namespace, pod, type Raw, service, slice } from '../analysis/objects.js'
import { answerTo } from '../analysis/asking.js'
import { topology } from '../analysis/objects.js'
import { endpointsOf, givenTo, targetOf } from './given.js'

const host = 'pay.example.com'
const http = (number: number): Raw => ({ name: `http-${number}`, number, protocol: 'HTTP' })
/** The oldest first, by their names. */
const entry = (name: string, spec: Raw): Raw =>
  istio('ServiceEntry', name, { hosts: [host], location: 'MESH_EXTERNAL', resolution: 'STATIC', ...spec })
const at = (address: string, more: Raw = {}): Raw => ({ endpoints: [{ address, ...more }] })
const capture = { dns: { capture: true } }
const given = (...entries: readonly Raw[]) => givenTo([cluster('west', [pod('web', '10.1.0.1', { app: 'web' }), ...entries], capture)])

describe('several ServiceEntries for one host', () => {
  it('that agree are one service with the ports of both, each with the endpoints of its port’s name (VIS-10, VIS-9)', () => {
    const answer = given(entry('a', { ports: [http(80)], ...at('50.0.0.1') }), entry('b', { ports: [http(81)], ...at('50.0.0.2') }))
    expect(answer.services).toEqual([{ host, namespace: 'shop', ports: [80, 81] }])
    expect(endpointsOf(targetOf(answer, `${host}:80`))).toEqual(['50.0.0.1:80 1 0 100 %'])
    expect(endpointsOf(targetOf(answer, `${host}:81`))).toEqual(['50.0.0.2:81 1 0 100 %'])
  })

  it('of one port and name share their endpoints (EDS-22)', () => {
    const answer = given(entry('a', { ports: [http(80)], ...at('50.0.0.1') }), entry('b', { ports: [http(80)], ...at('50.0.0.2') }))
    expect(endpointsOf(targetOf(answer, `${host}:80`))).toEqual(['50.0.0.1:80 1 0 50 %', '50.0.0.2:80 1 0 50 %'])
  })

  it('and of the namespace of a Service share its endpoints, for those who see the entry alone as well (EDS-22, VIS-2)', () => {
    const hostname = 'cart.shop.svc.cluster.local'
    const ports = [{ name: 'http', number: 80, protocol: 'HTTP' }]
    const objects = [
      namespace('bank'),
      { ...pod('web', '10.1.0.1', { app: 'web' }), metadata: { name: 'web', namespace: 'bank', labels: { app: 'web' } } },
      service('cart', { clusterIP: '10.255.0.1' }, { annotations: { 'networking.istio.io/exportTo': '.' } }),
      pod('one', '10.1.0.2', { app: 'cart' }),
      slice('cart', [{ ip: '10.1.0.2', pod: 'one' }], { port: { name: 'http', port: 8080 } }),
      entry('more', { hosts: [hostname], ports, ...at('50.0.0.1') }),
    ]
    const answer = givenTo([cluster('west', objects)], 'west/bank/web')
    expect(endpointsOf(targetOf(answer, `${hostname}:80`))).toEqual(['10.1.0.2:8080 1 0 50 %', '50.0.0.1:80 1 0 50 %'])
  })

  it('that differ in resolution cannot merge: the younger one is listened for, and its port has no cluster (VIS-10, EDS-27)', () => {
    const answer = given(entry('a', { ports: [http(80)], ...at('50.0.0.1') }), entry('b', { ports: [http(81)], resolution: 'DNS' }))
    expect(answer.services).toEqual([{ host, namespace: 'shop', ports: [80] }])
    expect(targetOf(answer, `${host}:81`)).toBeUndefined()
    expect(answer.routes).toEqual({ [`${host}:80`]: { [`outbound|80||${host}`]: 1 }, [`${host}:81`]: 'UNKNOWN_CLUSTER' })
  })

  it('a call to such a port ends at the proxy, and says why (VIS-10, EDS-27)', () => {
    const entries = [entry('a', { ports: [http(80)], ...at('50.0.0.1') }), entry('b', { ports: [http(81)], resolution: 'DNS' })]
    const snapshot = topology([cluster('west', [pod('web', '10.1.0.1', { app: 'web' }), ...entries], capture)])
    const from = { cluster: 'west', namespace: 'shop', workload: 'web' }
    expect(answerTo(snapshot, { from, to: { host, port: 80 } }).verdict).toBe('REACHABLE')
    expect(answerTo(snapshot, { from, to: { host, port: 81 } })).toMatchObject({ verdict: 'UNREACHABLE', reason: 'UNKNOWN_CLUSTER' })
  })

  it('answer the name with the addresses of all (DNS-9)', () => {
    const answer = given(
      entry('a', { ports: [http(80)], addresses: ['240.0.0.1'], ...at('50.0.0.1') }),
      entry('b', { ports: [http(81)], addresses: ['240.0.0.2'], ...at('50.0.0.2') }),
    )
    expect(answer.names?.[host]).toEqual(['240.0.0.1', '240.0.0.2'])
  })

  it('keep their consumers: one that is exported elsewhere adds nothing here (VIS-10, VIS-2)', () => {
    const answer = given(entry('a', { ports: [http(80)], ...at('50.0.0.1') }), entry('b', { ports: [http(81)], exportTo: ['other'] }))
    expect(answer.services).toEqual([{ host, namespace: 'shop', ports: [80] }])
  })

  it('whose names the proxy resolves find endpoints by the port’s number, whatever its name (VIS-10)', () => {
    const named = (name: string): Raw => ({ resolution: 'DNS', ports: [{ name, number: 80, protocol: 'HTTP' }] })
    const answer = given(
      entry('a', { ...named('one'), ...at('one.example.net') }),
      entry('b', { ...named('two'), ...at('two.example.net') }),
    )
    expect(targetOf(answer, `${host}:80`)?.type).toBe('STRICT_DNS')
    expect(endpointsOf(targetOf(answer, `${host}:80`))).toEqual(['one.example.net:80 1 0 50 %', 'two.example.net:80 1 0 50 %'])
  })
})

describe('what one ServiceEntry amounts to', () => {
  it('is a service for each of its addresses, so that its endpoints are counted as often (EDS-22)', () => {
    const answer = given(
      entry('a', { ports: [http(80)], addresses: ['240.0.0.1', '240.0.0.2'], ...at('50.0.0.1') }),
      entry('b', { ports: [http(80)], ...at('50.0.0.2') }),
    )
    expect(endpointsOf(targetOf(answer, `${host}:80`))).toEqual(['50.0.0.1:80 1 0 33 %', '50.0.0.1:80 1 0 33 %', '50.0.0.2:80 1 0 33 %'])
  })

  it('is one endpoint a port where names are resolved in turn, the oldest entry’s (EDS-15)', () => {
    const named = { resolution: 'DNS_ROUND_ROBIN', ports: [http(80)] }
    const answer = given(entry('a', { ...named, ...at('one.example.net') }), entry('b', { ...named, ...at('two.example.net') }))
    expect(targetOf(answer, `${host}:80`)).toMatchObject({ type: 'LOGICAL_DNS', endpoints: [{ address: 'one.example.net', share: 1 }] })
  })

  it('is no answer for its name without an address: of endpoints written by hand nothing says that they are well (DNS-12)', () => {
    const answer = given(entry('a', { ports: [http(80)], resolution: 'NONE', ...at('50.0.0.1') }))
    expect(answer.names?.[host]).toBeUndefined()
  })

  it('is in no subset by where it stands, if it is the host itself that is resolved (EDS-17)', () => {
    const rule = istio('DestinationRule', 'pay', { host, subsets: [{ name: 'here', labels: { 'topology.istio.io/cluster': 'west' } }] })
    expect(targetOf(given(entry('a', { ports: [http(80)], resolution: 'DNS' }), rule), `${host}:80/here`)).toBeUndefined()
    const listed = entry('a', { ports: [http(80)], resolution: 'DNS', ...at('one.example.net') })
    expect(endpointsOf(targetOf(given(listed, rule), `${host}:80/here`))).toEqual(['one.example.net:80 1 0 100 %'])
  })
})

describe('a Service and a ServiceEntry of one host and namespace', () => {
  const cart = 'cart.shop.svc.cluster.local'
  const beside = (spec: Raw): Raw =>
    istio('ServiceEntry', 'beside', { hosts: [cart], location: 'MESH_INTERNAL', resolution: 'STATIC', ports: [http(80)], ...spec })
  const asked = (annotations: Raw, spec: Raw) => {
    const hidden = service('cart', { clusterIP: '10.255.0.1' }, { annotations })
    return givenTo([cluster('west', [pod('web', '10.1.0.1', { app: 'web' }), hidden, beside(spec)], capture)], 'west/shop/web')
  }

  it('are one service with the Service’s ports; the entry’s are not added (VIS-10, VIS-12)', () => {
    expect(asked({}, { ports: [http(81)] }).services).toEqual([{ host: cart, namespace: 'shop', ports: [80] }])
  })

  it('stay two records: a Service exported elsewhere does not hide the entry (VIS-2, VIS-10)', () => {
    const answer = asked({ 'networking.istio.io/exportTo': 'other' }, { addresses: ['240.0.0.9'] })
    expect([answer.services, answer.names]).toEqual([[{ host: cart, namespace: 'shop', ports: [80] }], { [cart]: ['240.0.0.9'] }])
  })

  it('answer the name with the Service’s address alone (DNS-9)', () => {
    expect(asked({}, { addresses: ['240.0.0.9'] }).names?.[cart]).toEqual(['10.255.0.1'])
  })
})
