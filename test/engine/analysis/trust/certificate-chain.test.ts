import { describe, expect, it } from 'vitest'
import { chainPaths, unreadableCount } from '#engine/analysis/trust/chain-paths'
import { isAuthority } from '#engine/snapshot/certificates/read-x509'
import { asCertificate, issueAuthority } from '../../certificates.js'

const rootA = await issueAuthority('root A')
const rootB = await issueAuthority('root B')
const west = await issueAuthority('west', rootA)
const east = await issueAuthority('east', rootA, { until: '2030-01-01T00:00:00Z' })
const deep = await issueAuthority('deep', west)

const chain = (...authorities: { pem: string }[]) => authorities.map(asCertificate)

describe('a chain of certificates', () => {
  it('intermediates of one root reach it, each with its own end (TRUST-4, TRUST-6)', () => {
    expect(chainPaths(chain(west), chain(rootA)).map(({ until }) => until)).toEqual([Date.parse('2046-01-01T00:00:00Z')])
    expect(chainPaths(chain(east), chain(rootA)).map(({ until }) => until)).toEqual([Date.parse('2030-01-01T00:00:00Z')])
  })

  it('an intermediate of another root reaches nothing (TRUST-3, TRUST-6)', () => {
    expect(chainPaths(chain(west), chain(rootB))).toEqual([])
  })

  it('one common root among several is enough, in any order (TRUST-4, TRUST-8)', () => {
    expect(chainPaths(chain(west), chain(rootB, rootA))).toHaveLength(1)
    expect(chainPaths(chain(west), chain(rootA, rootB))).toHaveLength(1)
  })

  it('a deeper signer needs the intermediates of its own chain (TRUST-6)', () => {
    expect(chainPaths(chain(deep), chain(rootA))).toEqual([])
    expect(chainPaths(chain(deep, west), chain(rootA))).toHaveLength(1)
  })

  it('a root signed again with the same key is the same anchor (TRUST-6)', async () => {
    const renewed = await issueAuthority('root A', undefined, { keys: rootA.keys, until: '2050-01-01T00:00:00Z' })
    expect(chainPaths(chain(rootA), chain(renewed)).map(({ until }) => until)).toEqual([Date.parse('2050-01-01T00:00:00Z')])
  })

  it('of two roots of one subject a verifier takes the first, whichever is right, unless key identifiers tell them apart (TRUST-6)', async () => {
    const first = await issueAuthority('shared')
    const second = await issueAuthority('shared')
    const below = await issueAuthority('below', second)
    for (const signer of [second, below]) {
      expect(chainPaths(chain(signer), chain(second, first))).toHaveLength(1)
      expect(chainPaths(chain(signer), chain(first, second))).toEqual([])
    }
    const [one, other] = [
      await issueAuthority('marked', undefined, { marked: true }),
      await issueAuthority('marked', undefined, { marked: true }),
    ]
    expect(chainPaths(chain(other), chain(one, other))).toHaveLength(1)
  })

  it('a root of the same name with another key is another anchor (TRUST-6)', async () => {
    const twin = await issueAuthority('root A')
    expect(chainPaths(chain(rootA), chain(twin))).toEqual([])
    expect(chainPaths(chain(west), chain(twin))).toEqual([])
  })

  it('a signer that is no CA reaches nothing (TRUST-6)', async () => {
    const leaf = await issueAuthority('leaf', rootA, { ca: false })
    expect(chainPaths(chain(leaf), chain(rootA))).toEqual([])
    expect(isAuthority(asCertificate(leaf))).toBe(false)
  })

  it('CAs that signed one another in a ring end the search, not the process (TRUST-6)', async () => {
    const keys = await Promise.all(Array.from({ length: 12 }, (_, index) => issueAuthority(`ring ${index}`)))
    const crossed = await Promise.all(keys.flatMap((a, i) => keys.map((b) => issueAuthority(`ring ${i}`, b, { keys: a.keys }))))
    const started = performance.now()
    expect(chainPaths(chain(...crossed), chain(rootB))).toEqual([])
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('damaged certificates are counted, never thrown at anyone (TRUST-10)', () => {
    const cut = { pem: rootA.pem.slice(0, 200) }
    const padded = { pem: rootA.pem.replace('-----END', 'AAAA\n-----END') }
    const damaged = chain(cut, padded, { pem: '' })
    expect(unreadableCount(damaged)).toBe(3)
    expect(chainPaths(chain(west), damaged)).toEqual([])
    expect(chainPaths(damaged, chain(rootA))).toEqual([])
  })
})
