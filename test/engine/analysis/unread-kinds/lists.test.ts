import { describe, expect, it } from 'vitest'
import { listHidden, listVisible } from '#engine/analysis/visibility/list-visible'
import { cluster, pod, service, topology } from '../objects.js'

const shop = [pod('web', '10.1.0.1', { app: 'web' }), service('cart', { clusterIP: '10.255.0.1' })]
const unread = (kind: string, namespace?: string) => ({ kind, ...(namespace === undefined ? {} : { namespace }), reason: 'forbidden' })

const assumed = (kind: ReturnType<typeof unread>, question: { readonly host?: string; readonly endpoints?: boolean } = {}) => {
  const asked = { from: { cluster: 'west', namespace: 'shop', workload: 'web' }, ...question }
  const snapshot = topology([cluster('west', shop, { unread: [kind] })])
  const [seen, unseen] = [listVisible(snapshot, asked), listHidden(snapshot, asked)]
  if ('problem' in seen || 'problem' in unseen) throw new Error('no answer')
  expect(unseen.assumptions).toEqual(seen.assumptions)
  return seen.assumptions.map(({ code, message }) => `${code}: ${message}`)
}

const says = (what: string): readonly string[] => [`KIND_NOT_READ: could not be read and could change this: ${what} (forbidden)`]

describe('a list of what a client sees says which kinds could not be read', () => {
  it.each<[string, ReturnType<typeof unread>, object, readonly string[]]>([
    ['Services of any namespace', unread('Service', 'bank'), {}, says('Service objects of namespace `bank` in cluster `west`')],
    ['ServiceEntries', unread('ServiceEntry'), {}, says('ServiceEntry objects of cluster `west`')],
    ['a Sidecar of the client’s namespace', unread('Sidecar', 'shop'), {}, says('Sidecar objects of namespace `shop` in cluster `west`')],
    ['not a Sidecar of a third one (VIS-14)', unread('Sidecar', 'other'), {}, []],
    ['DestinationRules, which make subsets', unread('DestinationRule'), {}, says('DestinationRule objects of cluster `west`')],
    [
      'pods, where endpoints are asked for',
      unread('Pod', 'bank'),
      { endpoints: true },
      says('Pod objects of namespace `bank` in cluster `west`'),
    ],
    ['not pods where they are not', unread('Pod', 'bank'), {}, []],
    ['not policies, which hide nothing', unread('AuthorizationPolicy'), {}, []],
    [
      'Services of the namespace of a name',
      unread('Service', 'bank'),
      { host: 'a.bank' },
      says('Service objects of namespace `bank` in cluster `west`'),
    ],
    ['not those of others', unread('Service', 'bank'), { host: 'a.vault' }, []],
  ])('%s', (_, kind, question, expected) => {
    expect(assumed(kind, question)).toEqual(expected)
  })
})
