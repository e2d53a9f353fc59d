import { describe, expect, it } from 'vitest'
import { type Manifest, told } from '../../combinations/asking.js'
import { call, filter, fine, patch, type Patch, unknown } from './extensions.js'

describe('a patch is for calls that pass a proxy so (EXT-7)', () => {
  it.each<[string, Patch, string]>([
    ['another Service’s cluster (EXT-7)', { match: { cluster: { service: 'till.bank.svc.cluster.local' } } }, fine],
    ['this Service’s', { match: { cluster: { service: 'ledger.bank.svc.cluster.local' } } }, unknown],
    ['its own name', { match: { cluster: { name: 'outbound|80||ledger.bank.svc.cluster.local' } } }, unknown],
    ['another port', { match: { cluster: { portNumber: 81 } } }, fine],
  ])('a patch of clusters by %s', (_, what, expected) => {
    const value = { lb_policy: 'RANDOM' }
    expect(told(call(filter('shop/f', [patch({ applyTo: 'CLUSTER', operation: 'MERGE', value, ...what })])))).toBe(expected)
  })

  it('a listener’s port is the Service’s on the way out, the pod’s on the way in (EXT-7)', () => {
    const at = (portNumber: number) => [patch({ match: { listener: { portNumber } } })]
    expect([80, 8080].map((port) => told(call(filter('shop/f', at(port)))))).toEqual([unknown, fine])
    expect([80, 8080].map((port) => told(call(filter('bank/f', at(port)))))).toEqual([fine, unknown])
  })

  it.each<[string, Manifest, string, string]>([
    ['what takes all that comes in', { name: 'virtualInbound' }, fine, unknown],
    ['what takes all that leaves and nothing else takes', { name: 'virtualOutbound' }, fine, fine],
    ['the listener of its port', { name: '0.0.0.0_80' }, unknown, fine],
    ['the listener of another port', { name: '0.0.0.0_81' }, fine, fine],
    ['a chain by its name in TLS, of which requests have none', { filterChain: { sni: 'ledger.bank' } }, fine, fine],
    ['a chain by the pod’s port', { filterChain: { destinationPort: 8080 } }, fine, unknown],
    ['a chain by another port', { filterChain: { destinationPort: 8081 } }, fine, fine],
  ])('a patch of %s: at the client, and at the server (EXT-7)', (_, listener, atClient, atServer) => {
    expect(told(call(filter('shop/f', [patch({ match: { listener } })])))).toBe(atClient)
    expect(told(call(filter('bank/f', [patch({ match: { listener } })])))).toBe(atServer)
  })

  it('a patch of listeners themselves is for the one that takes all, by its own port (EXT-7)', () => {
    const at = (portNumber: number, applyTo = 'LISTENER') => [
      patch({ applyTo, operation: 'MERGE', value: { address: {} }, match: { listener: { portNumber } } }),
    ]
    expect([15006, 8080].map((port) => told(call(filter('bank/f', at(port)))))).toEqual([unknown, fine])
    expect([15001, 80, 81].map((port) => told(call(filter('shop/f', at(port)))))).toEqual([unknown, unknown, fine])
    expect(told(call(filter('bank/f', at(9, 'LISTENER_FILTER'))))).toBe(unknown)
    const added = [patch({ applyTo: 'LISTENER', operation: 'ADD', value: { address: {} } })]
    expect([told(call(filter('bank/f', added))), told(call(filter('shop/f', added)))]).toEqual([fine, unknown])
  })

  it.each<[string, Manifest, string, string]>([
    ['the table of its port', { name: '80' }, unknown, fine],
    ['the table of another port', { name: '81' }, fine, fine],
    ['a table of what comes in', { name: 'inbound|8080||' }, unknown, unknown],
    ['its virtual host', { vhost: { name: 'ledger.bank.svc.cluster.local:80' } }, unknown, fine],
    ['another one', { vhost: { name: 'till.bank.svc.cluster.local:80' } }, fine, fine],
    ['the one of all that comes in', { vhost: { name: 'inbound|http|80' } }, unknown, unknown],
    ['its domain', { vhost: { domainName: 'ledger.bank' } }, unknown, fine],
    ['another domain', { vhost: { domainName: 'till.bank:80' } }, fine, fine],
    ['all domains', { vhost: { domainName: '*' } }, fine, unknown],
    ['a route of whatever name', { vhost: { route: { name: 'x' } } }, unknown, unknown],
  ])('a patch of routes in %s: at the client, and at the server (EXT-7)', (_, routeConfiguration, atClient, atServer) => {
    const routes = [patch({ applyTo: 'HTTP_ROUTE', operation: 'MERGE', value: { route: {} }, match: { routeConfiguration } })]
    expect(told(call(filter('shop/f', routes)))).toBe(atClient)
    expect(told(call(filter('bank/f', routes)))).toBe(atServer)
  })

  it('a patch of clusters at the server is for those of what comes in (EXT-7)', () => {
    const at = (match: Manifest) => [
      patch({ applyTo: 'CLUSTER', operation: 'MERGE', value: { lb_policy: 'RANDOM' }, match: { cluster: match } }),
    ]
    expect(told(call(filter('bank/f', at({ name: 'outbound|80||ledger.bank.svc.cluster.local' }))))).toBe(fine)
    expect(told(call(filter('bank/f', at({ subset: 'v1' }))))).toBe(fine)
    expect(told(call(filter('bank/f', at({ name: 'inbound|8080||' }))))).toBe(unknown)
  })
})
