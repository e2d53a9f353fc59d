import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { digestOf, isToken, makeToken } from '#access/make-token'

describe('a token', () => {
  it('is known by its prefix and its checksum', () => {
    const token = makeToken()
    expect(token).toMatch(/^slt_[0-9A-Za-z]{49}$/)
    expect(isToken(token)).toBe(true)
  })

  it('holds 256 random bits: no two are alike, and every character varies', () => {
    const tokens = Array.from({ length: 2_000 }, makeToken)
    expect(new Set(tokens).size).toBe(tokens.length)
    // The leading digits of both numbers are small: 62 is no power of two.
    const others = Array.from({ length: 49 }, (_, index) => index + 4).filter((at) => at !== 4 && at !== 47)
    for (const at of others) expect(new Set(tokens.map((token) => token[at])).size).toBeGreaterThan(40)
  })

  it('is none when a character was changed, lost or added', () => {
    const token = makeToken()
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'x' ? 'y' : 'x'
      expect(isToken(`${token.slice(0, at)}${other}${token.slice(at + 1)}`)).toBe(false)
      expect(isToken(`${token.slice(0, at)}${token.slice(at + 1)}`)).toBe(false)
    }
    expect(isToken(`${token}0`)).toBe(false)
    expect(isToken('')).toBe(false)
  })

  it('is kept as its SHA-256', () => {
    expect(Buffer.from(digestOf('slt_x')).toString('hex')).toBe(createHash('sha256').update('slt_x').digest('hex'))
  })
})
