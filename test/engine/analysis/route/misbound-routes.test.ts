import { describe, expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { deployment, edgeGateway, gateway, type Manifest, service, virtualService, west, world } from '../calling.js'

const server = (protocol: string, tls?: Manifest): Manifest => ({
  port: { number: 443, name: 'port', protocol },
  hosts: ['shop.example.com'],
  ...(tls && { tls }),
})
const front = (name: string, one: Manifest, year: number) =>
  gateway(name, { selector: { istio: 'edge' }, servers: [one] }, { creationTimestamp: `${year}-01-01T00:00:00Z` })
const route = [{ destination: { host: 'web', port: { number: 80 } } }]
const simple = { mode: 'SIMPLE', credentialName: 'cert' }

const ask = (objects: readonly Manifest[]) =>
  answerTo(world({ clusters: { west: west(edgeGateway, service('shop/web'), deployment('shop/web'), ...objects) } }), {
    from: { gateway: 'west/istio-system/edge' },
    to: { host: 'shop.example.com', port: 443 },
  })

describe('routes that are of no use to the server that takes their host', () => {
  it.each([
    ['http', server('TLS', { mode: 'PASSTHROUGH' }), { http: [{ route }] }, 'takes `tls` routes alone'],
    ['tls', server('HTTPS', simple), { tls: [{ match: [{ sniHosts: ['shop.example.com'] }], route }] }, 'takes `http` routes alone'],
    ['http', server('TLS', simple), { http: [{ route }] }, 'takes `tcp` routes alone'],
  ])('%s: say which ones it takes (ROUTE-9)', (_kind, one, routes, told) => {
    const answer = ask([
      front('shop/front', one, 2026),
      virtualService('shop/web', { hosts: ['shop.example.com'], gateways: ['front'], ...routes }),
    ])
    expect(answer.reason).toBe('NO_ROUTE')
    expect(answer.summary).toContain('VirtualService `shop/web` has it')
    expect(answer.summary).toContain(told)
  })

  it('stand behind a Gateway whose server is left out (ROUTE-12)', () => {
    const routes = virtualService('shop/web', { hosts: ['shop.example.com'], gateways: ['other/late'], http: [{ route }] })
    const answer = ask([front('shop/front', server('HTTPS', simple), 2025), front('other/late', server('HTTPS', simple), 2026), routes])
    expect(answer.reason).toBe('NO_ROUTE')
    expect(answer.summary).toContain('for Gateway `other/late`, whose server is left out, as Gateway `shop/front` came first')
  })
})
