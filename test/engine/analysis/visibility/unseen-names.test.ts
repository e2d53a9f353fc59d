import { describe, expect, it } from 'vitest'
import { listVisible } from '#engine/analysis/visibility/list-visible'
import type { SourceInput } from '#engine/model/question'
import type { HiddenService } from '#engine/model/visibility'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { narrowTo, servicesInView } from '#engine/tenancy/services-in-view'
import { sightOf } from '#engine/tenancy/sight'
import { deployment, type Manifest, namespace, service, serviceEntry, virtualService, world } from '../calling.js'

const client: SourceInput = { cluster: 'west', namespace: 'shop', workload: 'client' }

/** Why the client does not see the one host. */
function unseen(snapshot: Snapshot, host: string, from = client): HiddenService {
  const seen = listVisible(snapshot, { from, host })
  if ('problem' in seen) throw new Error(seen.problem.message)
  expect(seen.services).toEqual([])
  const [only, ...others] = seen.hidden
  if (only === undefined || others.length > 0) throw new Error(`${seen.hidden.length} are hidden`)
  return only
}

const here = [namespace('shop'), namespace('plain', {}), deployment('shop/client'), deployment('plain/client')]
const apart = (east: readonly Manifest[], remoteSecrets: readonly string[] | null = [], west: readonly Manifest[] = []): Snapshot =>
  world({
    clusters: { west: [...here, ...west], east },
    every: () => (remoteSecrets === null ? { remoteSecrets: undefined } : { remoteSecrets }),
  })

const hosts: Manifest = { hosts: ['db.example'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'DNS' }
const reviews = [namespace('shop'), service('shop/reviews')]

describe('a name that the client’s control plane does not have', () => {
  it('and that is one of a cluster that it does not read: the cluster is named (EDS-1, MODEL-20)', () => {
    for (const host of ['reviews', 'reviews.shop', 'reviews.shop.svc.cluster.local']) {
      const { reason, message, because } = unseen(apart(reviews), host)
      expect(reason).toBe('CLUSTER_NOT_READ')
      expect(message).toBe('Service `shop/reviews` is in cluster `east` only, which control plane `west` does not read')
      expect(because.map(({ cluster, kind, name }) => [cluster, kind, name])).toContainEqual(['east', 'Service', 'reviews'])
    }
  })

  it('and that may be one, as nothing says what it reads: that is missing (EDS-2)', () => {
    const { reason, message } = unseen(apart(reviews, null), 'reviews')
    expect(reason).toBe('INPUT_MISSING')
    expect(message).toBe(
      'Service `shop/reviews` is in cluster `east` only, and whether control plane `west` reads it is not given (`remoteSecrets`)',
    )
  })

  it('and that a ServiceEntry gives which another control plane reads (MODEL-16)', () => {
    const { reason, message } = unseen(apart([namespace('shop'), serviceEntry('shop/db', hosts)], ['west', 'east']), 'db.example')
    expect(reason).toBe('CLUSTER_NOT_READ')
    expect(message).toBe(
      '`db.example` is a name of ServiceEntry `shop/db` in cluster `east`, whose Istio objects control plane `west` does not read',
    )
  })

  it('and that is one of a namespace which its discovery selectors leave out (MODEL-7)', () => {
    const meshConfig = { discoverySelectors: [{ matchLabels: { mesh: 'yes' } }] }
    const snapshot = world({
      clusters: {
        west: [
          namespace('shop', { mesh: 'yes', 'istio-injection': 'enabled' }),
          namespace('bank'),
          deployment('shop/client'),
          service('bank/vault'),
        ],
      },
      meshConfig,
    })
    const { reason, message } = unseen(snapshot, 'vault.bank')
    expect(reason).toBe('NAMESPACE_LEFT_OUT')
    expect(message).toBe('control plane `west` leaves out namespace `bank` by its discovery selectors')
  })

  it('and that no service has but a route of the proxy: it is no service (ROUTE-1)', () => {
    const routes = virtualService('shop/any', { hosts: ['any.example'], http: [{ route: [{ destination: { host: 'reviews' } }] }] })
    const { reason, message } = unseen(apart([], [], [service('shop/reviews'), routes]), 'any.example')
    expect(reason).toBe('ROUTED_HOST')
    expect(message).toBe('`any.example` is no service, but VirtualService `shop/any` routes requests for it')
  })

  it('and that stands in a namespace of which nothing is given: whether it exists is missing (DNS-6)', () => {
    const { reason, message } = unseen(apart([]), 'orders.payments')
    expect(reason).toBe('INPUT_MISSING')
    expect(message).toContain('no cluster of the document has namespace `payments`')
  })

  it('and whose namespace is nearly one that has such a Service: that one may be meant (DNS-6)', () => {
    const { reason, message, because } = unseen(apart([], [], [service('shop/reviews')]), 'reviews.shp')
    expect(reason).toBe('INPUT_MISSING')
    expect(message).toContain('no cluster of the document has namespace `shp`: `reviews.shop` may be meant')
    expect(because.map(({ name }) => name)).toEqual(['reviews'])
  })

  it('and that nobody has: what is near to it is named, and nobody else is (DNS-6)', () => {
    const { reason, message, because } = unseen(apart([], [], [service('shop/reviews')]), 'reviws')
    expect(reason).toBe('NAME_NOT_RESOLVED')
    expect(message).toBe('no cluster has a Service, and no ServiceEntry a host, that `reviws` names; did you mean `reviews`')
    expect(because.map(({ name }) => name)).toEqual(['reviews'])
  })

  it('and that may be among what could not be read (EDS-2)', () => {
    const snapshot = world({ clusters: { west: here }, cluster: { unread: [{ kind: 'Service', reason: 'forbidden' }] } })
    const { reason, message } = unseen(snapshot, 'reviews')
    expect(reason).toBe('INPUT_MISSING')
    expect(message).toContain('could not be read')
  })
})

describe('a name of a single pod behind a headless Service', () => {
  it('is the Service’s for whoever sees that (DNS-4)', () => {
    const snapshot = world({ clusters: { west: [...here, service('shop/redis', { clusterIP: 'None' })] } })
    for (const host of ['redis-0.redis', 'redis-0.redis.shop', 'redis-0.redis.shop.svc.cluster.local']) {
      const seen = listVisible(snapshot, { from: client, host })
      if ('problem' in seen) throw new Error(seen.problem.message)
      expect(seen.services.map((one) => one.host)).toEqual(['redis.shop.svc.cluster.local'])
    }
  })
})

describe('a name that a client without a proxy does not have', () => {
  const plain: SourceInput = { cluster: 'west', namespace: 'plain', workload: 'client' }

  it('and another cluster has: its own cluster’s DNS is all it asks (DNS-7)', () => {
    const { reason, message } = unseen(apart(reviews, ['west', 'east']), 'reviews.shop', plain)
    expect(reason).toBe('NAME_NOT_RESOLVED')
    expect(message).toBe('the client has no proxy, and cluster `west` has no Service `shop/reviews`, which is in `east` only')
  })

  it('and a ServiceEntry gives to proxies (DNS-7)', () => {
    const { reason, message } = unseen(apart([], [], [serviceEntry('shop/db', hosts)]), 'db.example', plain)
    expect(reason).toBe('NO_PROXY')
    expect(message).toBe(
      '`db.example` is a name of ServiceEntry `shop/db` in cluster `west`, which is for proxies, and the client has none',
    )
  })
})

describe('a name that lies with others than the tenant who asks', () => {
  const theirs = [namespace('bank'), namespace('bank-2'), service('bank/vault')]
  const snapshot = world({
    clusters: { west: here, east: theirs },
    every: () => ({ remoteSecrets: [] }),
    tenants: [{ name: 'shop', kind: 'NAMESPACE', members: ['shop'] }],
  })
  const sight = sightOf(snapshot, { tenants: [...snapshot.tenants] })

  it.each(['vault.bank', 'none.bank', 'vault.nowhere', 'nothing'])('%s is told as one that nobody has', (host) => {
    const seen = listVisible(snapshot, { from: client, host }, narrowTo(sight))
    if ('problem' in seen) throw new Error(seen.problem.message)
    const [only] = servicesInView(sight, seen).hidden
    expect([only?.reason, only?.message]).toEqual(['NAME_NOT_RESOLVED', 'the application gets no address for the name'])
    expect(JSON.stringify(only)).not.toMatch(/east|near/)
  })
})

describe('a source of which several workloads are meant', () => {
  it('sees what all of them see: what one knows nothing of is hidden, with why (VIS-19, DNS-7)', () => {
    const bare = deployment('shop/bare', { 'sidecar.istio.io/inject': 'false' })
    const snapshot = world({ clusters: { west: [...here, bare, service('shop/reviews'), serviceEntry('shop/db', hosts)] } })
    const seen = listVisible(snapshot, { from: { cluster: 'west', namespace: 'shop' } })
    if ('problem' in seen) throw new Error(seen.problem.message)
    expect(seen.services.map(({ host }) => host)).toEqual(['reviews.shop.svc.cluster.local'])
    expect(seen.hidden.map(({ host, reason }) => [host, reason])).toEqual([['db.example', 'NO_PROXY']])
  })
})
