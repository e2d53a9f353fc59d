import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { formatNames } from '#formats/all-formats'
import { call } from './call.js'
import { writeShop } from './shop.js'

const folder = writeShop()
afterAll(() => rmSync(folder, { recursive: true }))

describe('a report in another format', () => {
  it.each(formatNames)('%s ends with the same exit code', async (format) => {
    const warned = 'test/golden/scenarios/one-way-remote-secret'
    expect((await call(['validate', warned, '--format', format])).code).toBe(0)
    const { code, out } = await call(['validate', warned, '--format', format, '--fail-on', 'warning'])
    expect([code, out.includes('CTL101')]).toEqual([1, true])
  })

  it('is refused where there is none of its name', async () => {
    expect((await call(['validate', folder, '--format', 'xml'])).err).toContain('it is one of `json`, `sarif`')
    expect((await call(['trace', folder, '--from', 'west/shop/client', '--to', 'reviews', '--format', 'sarif'])).code).toBe(2)
  })
})

describe('explain', () => {
  it('prints the page of a rule, by our code or by that of another tool', async () => {
    const { code, out } = await call(['explain', 'NET101'])
    expect([code, out.split('\n')[0]]).toEqual([0, '# NET101 network-without-gateway'])
    expect((await call(['explain', 'net101'])).out).toBe(out)
    expect((await call(['explain', 'IST0127'])).out).toContain('# AUT101 policy-selects-nothing')
  })

  it('prints the page of a code of answers: what it means, when it comes, and how to settle it', async () => {
    const { code, out } = await call(['explain', 'tls_rejected'])
    expect([code, out.split('\n')[0]]).toEqual([0, '# TLS_REJECTED'])
    for (const part of ['the server does not take the transport', '**When:**', '**Example:**', '**Settle:**', '**Rules:** TLS-1'])
      expect(out.toLowerCase()).toContain(part.toLowerCase())
  })

  it.each(['NET999', 'README', '../README', 'IST9999'])('says that there is no rule %s', async (word) => {
    expect(await call(['explain', word])).toMatchObject({ code: 2, out: '' })
  })
})
