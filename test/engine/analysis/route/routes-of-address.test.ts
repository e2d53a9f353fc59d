import { describe, expect, it } from 'vitest'
import { type Manifest, service, serviceEntry, virtualService } from '../calling.js'
import { choose, targets, to } from '../routing.js'

const entry = serviceEntry('shop/store', {
  hosts: ['store.example.org'],
  addresses: ['192.0.2.80'],
  resolution: 'STATIC',
  endpoints: [{ address: '198.51.100.9' }],
  ports: [
    { number: 80, name: 'http', protocol: 'HTTP' },
    { number: 81, name: 'http-more', protocol: 'HTTP' },
  ],
})
const proxy = service('shop/proxy', { clusterIP: '10.0.0.20', ports: [{ name: 'http', port: 80 }] })
const byAddress = virtualService('shop/by-address', { hosts: ['192.0.2.80'], http: [{ route: [to('proxy')] }] })
const own = virtualService('shop/a-first', {
  hosts: ['store.example.org'],
  http: [{ route: [to('store.example.org', { port: { number: 81 } })] }],
})

const ends = (objects: readonly Manifest[], host: string, port = 80): readonly string[] =>
  targets(choose([entry, proxy, ...objects], { host, port })).flat()

describe('an address of a service that a VirtualService has for a host', () => {
  it('follows the routes for the address, which come before the service itself (ROUTE-1, ROUTE-32)', () => {
    expect(ends([byAddress], '192.0.2.80')).toEqual(['proxy:80/ 1'])
    expect(ends([byAddress], 'store.example.org')).toEqual(['store:80/ 1'])
  })

  it('has them on port 80 alone, where no other host of theirs is a service (ROUTE-1)', () => {
    expect(ends([byAddress], '192.0.2.80', 81)).toEqual(['store:81/ 1'])
  })

  it('keeps the routes of the service’s own VirtualService where that one comes first (ROUTE-1)', () => {
    expect(ends([byAddress, own], '192.0.2.80')).toEqual(['store:81/ 1'])
    expect(ends([byAddress, own], 'store.example.org')).toEqual(['store:81/ 1'])
  })

  it('follows them at an address of a Service as well', () => {
    const routes = virtualService('shop/vs', { hosts: ['10.0.0.20'], http: [{ route: [to('store.example.org')] }] })
    expect(ends([routes], '10.0.0.20')).toEqual(['store:80/ 1'])
    expect(ends([routes], 'proxy')).toEqual(['proxy:80/ 1'])
  })
})
