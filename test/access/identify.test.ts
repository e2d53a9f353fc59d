import { describe, expect, it } from 'vitest'
import { identifyBy } from '#access/identify'
import { createTokenBook } from '#access/token-book'
import { digestOf, makeToken } from '#access/make-token'
import type { StoredToken } from '#store/store'

const now = Date.parse('2026-03-01T00:00:00Z')
const stored = (token: string, changed: Partial<StoredToken> = {}): StoredToken => ({
  id: 'a1b2c3d4e5f6',
  digest: digestOf(token),
  name: 'a test',
  scopes: ['read'],
  topologies: ['shop'],
  tenants: undefined,
  createdBy: 'operator',
  createdAt: new Date(0),
  expiresAt: null,
  revokedAt: null,
  ...changed,
})

const adminToken = 'a token of the operator, 32 long'.replaceAll(' ', '_')
const identifyWith = (tokens: readonly StoredToken[], asked: string[] = []) =>
  identifyBy({
    findToken: async (digest) => {
      asked.push(Buffer.from(digest).toString('hex'))
      return tokens.find((one) => Buffer.from(one.digest).equals(digest))
    },
    adminDigest: digestOf(adminToken),
    now: () => now,
  })

const address = '192.0.2.1'

describe('a caller with an API token', () => {
  const token = makeToken()

  it('has its scopes and topologies, and is told apart by its id', async () => {
    const caller = await identifyWith([stored(token, { tenants: ['team-a'] })])({ authorization: `Bearer ${token}`, address })
    expect(caller).toEqual({
      id: 'token:a1b2c3d4e5f6',
      key: 'token:a1b2c3d4e5f6',
      address,
      scopes: ['read'],
      topologies: ['shop'],
      tenants: ['team-a'],
    })
  })

  it('of the operator’s file may do everything', async () => {
    const caller = await identifyWith([])({ authorization: `bearer ${adminToken}`, address })
    expect(caller).toMatchObject({ id: 'token:admin-file', scopes: ['read', 'write', 'admin'], topologies: ['*'], tenants: undefined })
  })

  it.each([
    ['no header', undefined],
    ['another way', 'Basic dXNlcjpwYXNz'],
    ['an empty token', 'Bearer '],
    ['two tokens', `Bearer ${token} ${token}`],
    ['a token alone', token],
    ['one that was never made', `Bearer ${makeToken()}`],
    ['something else', 'Bearer hunter2'],
    ['a huge one', `Bearer ${'x'.repeat(20_000)}`],
  ])('is not known by %s', async (_what, authorization) => {
    const refused = identifyWith([stored(token)])({ authorization, address })
    await expect(refused).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await refused.catch(({ message }: Error) => expect(message).not.toMatch(/hunter2|slt_|xxxx|dXNlc/))
  })

  it.each([
    ['was revoked', { revokedAt: new Date(now - 1) }],
    ['has expired', { expiresAt: new Date(now) }],
  ])('is not known any more when it %s', async (why, changed) => {
    const identify = identifyWith([stored(token, changed)])
    await expect(identify({ authorization: `Bearer ${token}`, address })).rejects.toThrow(why)
    const other = identifyWith([stored(token, { expiresAt: new Date(now + 1) })])
    await expect(other({ authorization: `Bearer ${token}`, address })).resolves.toMatchObject({ id: 'token:a1b2c3d4e5f6' })
  })

  it('that has no checksum is not looked for', async () => {
    const asked: string[] = []
    const identify = identifyWith([], asked)
    await identify({ authorization: `Bearer slt_${'a'.repeat(49)}`, address }).catch(() => {})
    expect(asked).toEqual([])
  })
})

describe('the book of tokens', () => {
  it('asks the store once in three seconds for each, and again after that', async () => {
    let [asked, clock] = [0, 0]
    const find = createTokenBook(
      {
        findToken: async () => {
          asked += 1
          return undefined
        },
      },
      () => clock,
    )
    await Promise.all([find(digestOf('a')), find(digestOf('a')), find(digestOf('b'))])
    expect(asked).toBe(2)
    clock = 2_999
    await find(digestOf('a'))
    expect(asked).toBe(2)
    clock = 3_000
    await find(digestOf('a'))
    expect(asked).toBe(3)
  })

  it('asks a store that did not answer again', async () => {
    let down = true
    const find = createTokenBook({ findToken: async () => (down ? Promise.reject(new Error('down')) : undefined) }, () => 0)
    await expect(find(digestOf('a'))).rejects.toThrow('down')
    down = false
    await expect(find(digestOf('a'))).resolves.toBeUndefined()
  })

  it('keeps so many and no more', async () => {
    const asked = new Map<string, number>()
    const find = createTokenBook(
      {
        findToken: async (digest) => {
          const key = Buffer.from(digest).toString('hex')
          asked.set(key, (asked.get(key) ?? 0) + 1)
          return undefined
        },
      },
      () => 0,
    )
    for (let one = 0; one <= 10_000; one += 1) await find(digestOf(`${one}`))
    await find(digestOf('10000'))
    await find(digestOf('0'))
    expect([asked.get(Buffer.from(digestOf('10000')).toString('hex')), asked.get(Buffer.from(digestOf('0')).toString('hex'))]).toEqual([
      1, 2,
    ])
  })
})
