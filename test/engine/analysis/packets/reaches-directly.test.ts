import { describe, expect, it } from 'vitest'
import { reachesDirectly } from '#engine/analysis/packets/physical-network'
import { cluster, deployment, pod, type Raw, topology } from '../objects.js'
import { clientOf } from '../walk.js'

const label = (network: string): Raw => ({ 'topology.istio.io/network': network })

/** May packets of `web` in west reach `cart`, which is in east unless it is said to be in west as well? */
const reaches = (from: Raw, west: Raw, cart: readonly Raw[], east: Raw, networks: readonly Raw[] = []): boolean => {
  const clusters = [cluster('west', [from], west), cluster('east', cart, east)]
  const snapshot = topology(clusters, networks.length === 0 ? {} : { networks })
  return reachesDirectly(snapshot, clientOf(snapshot, 'west/shop/web').workload, clientOf(snapshot, 'east/shop/cart').workload)
}
const [n1, n2] = [{ network: 'n1' }, { network: 'n2' }]
const [web, cart] = [deployment('web'), deployment('cart')]

describe('packets from pod to pod', () => {
  it.each([
    ['within one network arrive', n1, n1, true],
    ['between two networks do not', n1, n2, false],
    ['between clusters that state no network do: they are taken to be flat', {}, {}, true],
  ])('%s (NET-4, NET-37)', (_story, west, east, expected) => {
    expect(reaches(web, west, [cart], east)).toBe(expected)
  })

  it('go by the pod’s own network before its cluster’s (NET-1, NET-37)', () => {
    expect(reaches(web, n1, [deployment('cart', {}, label('n1'))], n2)).toBe(true)
    expect(reaches(web, n1, [deployment('cart', {}, label('n2'))], n1)).toBe(false)
    expect(reaches(deployment('web', {}, label('n2')), n1, [cart], n2)).toBe(true)
  })

  it('arrive where the document says that the other network is routed, in that direction only (NET-37)', () => {
    const there = [{ name: 'n1', routableTo: ['n2'] }, { name: 'n2' }]
    const back = [{ name: 'n1' }, { name: 'n2', routableTo: ['n1'] }]
    expect(reaches(web, n1, [cart], n2, there)).toBe(true)
    expect(reaches(web, n1, [cart], n2, back)).toBe(false)
  })

  it('of one cluster always arrive, whatever labels say (NET-37)', () => {
    const [one, other] = [pod('web', '10.0.0.1', label('n1')), pod('cart', '10.0.0.2', label('n2'))]
    const snapshot = topology([cluster('west', [one, other], n1)])
    const ends = ['web', 'cart'].map((name) => clientOf(snapshot, `west/shop/${name}`).workload)
    expect(reachesDirectly(snapshot, ends[0]!, ends[1]!)).toBe(true)
  })
})
