import { describe, expect, it } from 'vitest'
import { listVisible } from '#engine/analysis/visibility/list-visible'
import { cluster, istio, pod, type Raw, service, slice, topology } from '../analysis/objects.js'
import { givenTo } from './given.js'

const web = pod('web', '10.1.0.1', { app: 'web' })
const two = [
  { name: 'http', port: 80 },
  { name: 'http-admin', port: 9000 },
]
const shop = [web, service('cart', { clusterIP: '10.255.0.1', ports: two }), service('bill', { clusterIP: '10.255.0.2' })]
const cart = 'cart.shop.svc.cluster.local'
const bill = 'bill.shop.svc.cluster.local'
const sidecar = (...egress: readonly Raw[]): Raw => istio('Sidecar', 'default', { egress })
const route = (name: string, hosts: readonly string[], to: string): Raw =>
  istio('VirtualService', name, { hosts, http: [{ route: [{ destination: { host: to } }] }] })
const given = (...objects: readonly Raw[]) => givenTo([cluster('west', [...shop, ...objects])])
const portsOf = ({ services }: ReturnType<typeof given>) => Object.fromEntries(services.map(({ host, ports }) => [host, ports]))

describe('a Sidecar and VirtualServices', () => {
  it('are compared by the host in full: a short one is of the VirtualService’s namespace (VIS-26)', () => {
    const answer = given(sidecar({ hosts: [`*/${cart}`] }), route('cart', ['cart'], 'bill'))
    expect(answer.routes[`${cart}:80`]).toEqual({ [`outbound|80||${bill}`]: 1 })
    expect(portsOf(answer)).toEqual({ [cart]: [80, 9000], [bill]: [80] })
  })

  it('are imported by each listener: one with a port brings in a destination on that port alone (VIS-20, VIS-21)', () => {
    const listeners = sidecar({ port: { number: 9000, name: 'http', protocol: 'HTTP' }, hosts: ['./*'] }, { hosts: [`*/${bill}`] })
    expect(portsOf(given(listeners, route('cart', [cart], bill)))).toEqual({ [cart]: [9000], [bill]: [80] })
  })

  it('of a listener with a port concern its requests alone (VIS-42)', () => {
    const listeners = sidecar(
      { port: { number: 9000, name: 'http', protocol: 'HTTP' }, hosts: [`*/${cart}`] },
      { hosts: ['*/*', `~*/${cart}`, `~/${cart}`] },
    )
    const { routes } = given(listeners, route('cart', [cart], cart), route('bill', [bill], bill))
    expect(Object.keys(routes).sort()).toEqual([`${bill}:80`, `${cart}:9000`])
  })

  it('that listen for something else leave no requests to route on the addresses that they take (VIS-42)', () => {
    const listeners = sidecar({ port: { number: 80, name: 'tcp', protocol: 'TCP' }, hosts: ['./*'] })
    expect(given(listeners)).toMatchObject({ services: [{ ports: [80] }, { ports: [80] }], routes: {} })
  })

  it('what a listener with a port takes from the routes keeps its name (VIS-42, DNS-8)', () => {
    const listeners = sidecar({ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [`*/${bill}`] }, { hosts: ['./*'] })
    const answer = givenTo([cluster('west', [...shop, listeners], { dns: { capture: true } })])
    expect([Object.keys(answer.names ?? {}).sort(), Object.keys(answer.routes).sort()]).toEqual([
      [bill, cart],
      [`${bill}:80`, `${cart}:9000`],
    ])
  })
})

describe('a VirtualService without routes', () => {
  it('leaves its host the default route, not a wider VirtualService’s (ROUTE-1, VIS-29)', () => {
    const wide = route('wide', ['*.shop.svc.cluster.local'], bill)
    const empty = istio('VirtualService', 'empty', { hosts: [cart], http: [{ delegate: { name: 'missing' } }] })
    expect(given(wide).routes[`${cart}:80`]).toEqual({ [`outbound|80||${bill}`]: 1 })
    expect(given(wide, empty).routes[`${cart}:80`]).toEqual({ [`outbound|80||${cart}`]: 1 })
  })
})

describe('what a client sees', () => {
  const seen = (objects: readonly Raw[], header: Raw = {}) => {
    const snapshot = topology([cluster('west', objects, { remoteSecrets: ['east'], ...header }), cluster('east', remote)])
    const told = listVisible(snapshot, { from: { cluster: 'west', namespace: 'shop', workload: 'web' }, endpoints: false })
    return 'problem' in told ? [] : told.services
  }
  const headless = service('db', { clusterIP: 'None', ports: [{ name: 'tcp', port: 5432 }] })
  const tcp = { port: { name: 'tcp', port: 5432 } }
  const remote = [headless, pod('db-1', '10.2.0.1', { app: 'db' }), slice('db', [{ ip: '10.2.0.1', pod: 'db-1' }], tcp)]

  it('are the ports that its Sidecar lets through (VIS-20)', () => {
    const listeners = sidecar({ port: { number: 9000, name: 'http', protocol: 'HTTP' }, hosts: ['./*'] })
    expect(seen([...shop, listeners]).map(({ host, ports }) => [host, ports.map(({ number }) => number)])).toEqual([[cart, [9000]]])
  })

  it('resolves as its proxy’s own table says under DNS capture, the pods of other clusters included (DNS-8, DNS-12)', () => {
    const local = [web, headless, pod('db-0', '10.1.0.5', { app: 'db' }), slice('db', [{ ip: '10.1.0.5', pod: 'db-0' }], tcp)]
    expect(seen(local).map(({ resolvesTo }) => resolvesTo)).toEqual([['10.1.0.5']])
    expect(seen(local, { dns: { capture: true } }).map(({ resolvesTo }) => resolvesTo)).toEqual([['10.1.0.5', '10.2.0.1']])
  })
})
