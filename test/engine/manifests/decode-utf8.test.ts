import { describe, expect, it } from 'vitest'
import { decodeUtf8 } from '#engine/manifests/document-text'

const mebibyte = 1024 * 1024
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('texts of more than a mebibyte in UTF-8', () => {
  it.each(['é', '€', '😀'])('are whole where the mebibyte ends inside of %s', (character) => {
    for (let before = 1; before <= 4; before += 1) {
      const text = `${'a'.repeat(mebibyte - before)}${character}${'b'.repeat(mebibyte)}${character}`
      expect(decodeUtf8(bytesOf(text)) === text).toBe(true)
    }
  })

  it('lose a byte order mark where they begin, and nowhere else', () => {
    const mark = String.fromCodePoint(0xfeff)
    const text = `${'a'.repeat(mebibyte)}${mark}b`
    expect(decodeUtf8(bytesOf(text)) === text).toBe(true)
    expect(decodeUtf8(bytesOf(`${mark}a`))).toBe('a')
    expect(decodeUtf8(bytesOf(''))).toBe('')
  })

  it.each([
    ['a character that is cut off', [0xe2, 0x82]],
    ['bytes that go on with nothing', [0x80, 0x80, 0x80, 0x80, 0x80]],
    ['half of a pair', [0xed, 0xa0, 0x80]],
  ])('are none with %s, where the mebibyte ends or they do', (_title, wrong) => {
    for (let before = 0; before <= 5; before += 1) {
      const body = new Uint8Array(mebibyte + 8).fill(97)
      body.set(wrong, mebibyte - before)
      expect(decodeUtf8(body)).toBeUndefined()
    }
    expect(decodeUtf8(Uint8Array.from([97, ...wrong]))).toBeUndefined()
  })
})
