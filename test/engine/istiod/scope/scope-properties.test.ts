import { assert, constantFrom, property, subarray, uniqueArray } from 'fast-check'
import { describe, it } from 'vitest'
import { scopeOf } from '#engine/istiod/scope/scope-of'
import { clientOf, type Manifest, service, serviceEntry, sidecar, west, world } from '../../analysis/calling.js'

const objects = [
  service('shop/front'),
  service('other/reviews'),
  service('other/ratings'),
  serviceEntry('other/wild', { hosts: ['*.example.com'], resolution: 'NONE', ports: [{ name: 'http', number: 80, protocol: 'HTTP' }] }),
]
const entries = [
  './*',
  '*/*',
  'other/*',
  'other/reviews.other.svc.cluster.local',
  '*/ratings.other.svc.cluster.local',
  '*/*.com',
  'shop/*.local',
]

const seen = (list: readonly Manifest[]): readonly string[] =>
  [...(scopeOf(clientOf(world({ clusters: { west: west(...list) } })))?.services.keys() ?? [])].sort()
const under = (hosts: readonly string[]): readonly string[] => seen([...objects, sidecar('shop/default', { egress: [{ hosts }] })])

describe('what always holds of a scope', () => {
  it('widening a Sidecar never hides a host (VIS-18)', () => {
    const lists = uniqueArray(constantFrom(...entries), { minLength: 1 })
    assert(
      property(lists, constantFrom(...entries), (hosts, more) => {
        const wider = new Set(under([...hosts, more]))
        return under(hosts).every((host) => wider.has(host))
      }),
      { numRuns: 30 },
    )
  })

  it('the order of objects never matters (VIS-8)', () => {
    assert(
      property(subarray(objects, { minLength: objects.length }), uniqueArray(constantFrom(...entries), { minLength: 1 }), (list, hosts) => {
        const narrow = sidecar('shop/default', { egress: [{ hosts }] })
        return seen([...list, narrow]).join() === seen([narrow, ...[...list].reverse()]).join()
      }),
      { numRuns: 20 },
    )
  })
})
