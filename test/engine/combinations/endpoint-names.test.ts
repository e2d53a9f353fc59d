import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, istio, type Manifest, service, told, topology } from './asking.js'

/** A host outside whose only endpoint is a name; the proxy resolves it by its own cluster's DNS (EDS-17). */
const twin = (address: string, port = 80): Manifest =>
  istio('ServiceEntry', 'shop/twin', {
    hosts: ['twin.partner.example'],
    resolution: 'DNS',
    ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
    endpoints: [{ address, ports: { http: port } }],
  })
const alias = (externalName: string): Manifest =>
  service('shop/alias', { type: 'ExternalName', externalName, selector: undefined, ports: undefined })
const call = (objects: readonly Manifest[], elsewhere: readonly Manifest[] = []) =>
  told(
    ask(
      topology([cluster('west', [deployment('shop/web'), ...objects]), cluster('east', elsewhere)]),
      'west/shop/web',
      'twin.partner.example:80',
    ),
  )
const reviews = [service('bank/reviews'), deployment('bank/reviews')]
const full = 'reviews.bank.svc.cluster.local'

describe('an endpoint that is a name', () => {
  it('of a Service of the caller’s cluster is that Service (DNS-2, EDS-17)', () => {
    expect(call([twin(full), ...reviews])).toBe('REACHABLE DELIVERED')
    expect(call([twin(full.toUpperCase()), ...reviews])).toBe('REACHABLE DELIVERED')
  })

  it('of no Service there has no address, whatever other clusters have (DNS-2)', () => {
    expect(call([twin('gone.bank.svc.cluster.local')])).toBe('UNREACHABLE NAME_NOT_RESOLVED at NETWORK')
    expect(call([twin(full)], reviews)).toBe('UNREACHABLE NAME_NOT_RESOLVED at NETWORK')
  })

  it('is looked up by the search path of the caller’s pod (DNS-6, EDS-17)', () => {
    const strict = istio('PeerAuthentication', 'bank/default', { mtls: { mode: 'STRICT' } })
    for (const name of ['reviews.bank', 'reviews.bank.svc']) {
      expect(call([twin(name), ...reviews])).toBe('REACHABLE DELIVERED')
      expect(call([twin(name), ...reviews, strict])).toBe('UNREACHABLE TLS_REJECTED at TRANSPORT')
    }
    expect(call([twin('gone.bank'), ...reviews])).toBe('UNREACHABLE NAME_NOT_RESOLVED at NETWORK')
    expect(call([twin('reviews.vault'), ...reviews])).toBe('UNDETERMINED INPUT_MISSING at NETWORK')
  })

  it('of an ExternalName is what that stands for, whose ports count alone (DNS-2)', () => {
    expect(call([twin('alias.shop.svc.cluster.local'), alias(full), ...reviews])).toBe('REACHABLE DELIVERED')
    expect(call([twin('alias.shop.svc.cluster.local'), alias('gone.bank.svc.cluster.local')])).toBe(
      'UNREACHABLE NAME_NOT_RESOLVED at NETWORK',
    )
    expect(call([twin('alias.shop.svc.cluster.local'), alias('db.partner.example')])).toMatch(/^REACHABLE/)
  })

  it('of an ExternalName without an end says so, and of one that stands for a host outside names that (DNS-2)', () => {
    const named = (...objects: readonly Manifest[]) =>
      JSON.stringify(ask(topology([cluster('west', [deployment('shop/web'), ...objects])]), 'west/shop/web', 'twin.partner.example:80'))
    const entry = twin('alias.shop.svc.cluster.local')
    const circle = named(entry, alias('back.shop.svc.cluster.local'), {
      ...service('shop/back', {
        type: 'ExternalName',
        externalName: 'alias.shop.svc.cluster.local',
        selector: undefined,
        ports: undefined,
      }),
    })
    expect(circle).toContain('`alias.shop.svc.cluster.local` leads from one ExternalName of cluster `west` to the next without end')
    expect(circle).not.toContain('has no Service that')
    expect(named(entry, alias('db.partner.example'))).toContain(
      '`db.partner.example`, which `alias.shop.svc.cluster.local` stands for, is outside the topology; it is taken to be reachable',
    )
  })

  it('of a Service without the port is refused there (EDS-18)', () => {
    expect(call([twin(full, 81), ...reviews])).toBe('UNREACHABLE NOT_LISTENING at NETWORK')
  })

  it('of a headless Service leads to the pods, at the port that is dialled (DNS-4)', () => {
    const headless = [service('bank/reviews', { clusterIP: 'None' }), deployment('bank/reviews')]
    expect(call([twin(full, 8080), ...headless])).toBe('REACHABLE DELIVERED')
    expect(call([twin(full, 80), ...headless])).toBe('UNREACHABLE NOT_LISTENING at NETWORK')
  })

  it('outside the clusters is taken to answer (EDS-17)', () => {
    expect(call([twin('db.partner.example')])).toMatch(/^REACHABLE/)
  })
})
