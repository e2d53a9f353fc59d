import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeAnswer } from '#analyst/writing/write-answer'
import { readWritten, sizeOf } from '#engine/model/written'

const same = <T>(value: T): T => value
const room = 1024 ** 3

/** More than is written at once. */
const padding = { padding: 'é'.repeat(40_000) }

describe('an answer in words', () => {
  it.each([
    ['short', { verdict: 'REACHABLE', steps: [{ because: [] }] }],
    ['long', { ...padding, steps: [{ because: [{ name: 'a', source: { file: 'f', line: 1 } }] }, { because: [] }] }],
    ['a list', Array.from({ length: 3 }, () => padding)],
  ])('is JSON that says the same (%s)', (_title, answer) => {
    expect(readWritten(writeAnswer(answer, same, room) ?? '')).toEqual(answer)
  })

  it('is what JSON.stringify writes, whatever the answer, byte by byte', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.boolean(), (values, isLong) => {
        const answer = isLong ? [padding, ...values] : values
        const written = writeAnswer(answer, same, room)
        expect(typeof written === 'string' ? written : new TextDecoder().decode(written)).toBe(JSON.stringify(answer))
      }),
    )
  })

  it.each([
    ['short', { text: 'é' }],
    ['long', { list: Array.from({ length: 900 }, (_, at) => ({ ...padding, at })) }],
  ])('fits or is not given, to the byte (%s)', (_title, answer) => {
    const size = Buffer.byteLength(JSON.stringify(answer))
    expect(sizeOf(writeAnswer(answer, same, size) ?? '')).toBe(size)
    expect(writeAnswer(answer, same, size - 1)).toBeUndefined()
  })

  it('leaves out what is undefined, and tells places wherever they stand', () => {
    const marked = (at: number) => ({ name: 'a', source: { file: null, line: at } })
    const findings = [{ resource: marked(1), source: marked(2).source, other: undefined, steps: [{ because: [marked(3)] }] }]
    const lines: unknown[] = []
    const tell = <T>(value: T): T => {
      lines.push(...JSON.stringify(value).matchAll(/"line":(\d)/g))
      return value
    }
    const written = readWritten(writeAnswer({ ...padding, findings }, tell, room) ?? '')
    expect(written).toEqual(JSON.parse(JSON.stringify({ ...padding, findings })))
    expect(new Set(lines.map((match) => (match as RegExpMatchArray)[1]))).toEqual(new Set(['1', '2', '3']))
  })

  it('that does not fit is given up after the first pieces: what follows is not looked at', () => {
    let looked = 0
    const items = Array.from({ length: 2_000 }, () => ({
      get text() {
        looked += 1
        return 'x'.repeat(1_000)
      },
    }))
    expect(writeAnswer({ items }, same, 100_000)).toBeUndefined()
    // Looked at twice: to see that there is a list, and to write.
    expect(looked).toBeLessThan(800)
  })
})
