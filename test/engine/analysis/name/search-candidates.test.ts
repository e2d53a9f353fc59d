import { describe, expect, it } from 'vitest'
import { searchCandidates } from '#engine/analysis/name/search-candidates'

describe('the names that a pod’s resolver asks for (DNS-6)', () => {
  it.each([
    ['reviews', 'reviews.shop.svc.cluster.local'],
    ['reviews.bank', 'reviews.bank.shop.svc.cluster.local'],
    ['reviews.bank.svc', 'reviews.bank.svc.shop.svc.cluster.local'],
    ['a.b.c.d.e', 'a.b.c.d.e.shop.svc.cluster.local'],
  ])('for `%s` begin with `%s`, as the name has fewer than five dots', (host, first) => {
    expect(searchCandidates(host, 'shop', 'cluster.local')[0]).toBe(first)
  })

  it('are the namespace’s, those of all Services, those of the cluster, and the name as it stands', () => {
    expect(searchCandidates('reviews.bank', 'shop', 'corp.example')).toEqual([
      'reviews.bank.shop.svc.corp.example',
      'reviews.bank.svc.corp.example',
      'reviews.bank.corp.example',
      'reviews.bank',
    ])
  })

  it('begin with the name as it stands where it has five dots', () => {
    expect(searchCandidates('a.b.c.d.e.f', 'shop', 'cluster.local')).toEqual([
      'a.b.c.d.e.f',
      'a.b.c.d.e.f.shop.svc.cluster.local',
      'a.b.c.d.e.f.svc.cluster.local',
      'a.b.c.d.e.f.cluster.local',
    ])
  })
})
