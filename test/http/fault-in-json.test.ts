import { describe, expect, it } from 'vitest'
import { faultInJson } from '#http/fault-in-json'

describe('where a text stops being JSON', () => {
  it.each([
    ['{"client": nobody}', 11, 1, 12],
    ['{\n"client": {},\n', 16, 3, 1],
    ['', 0, 1, 1],
    ['   ', 3, 1, 4],
    ['{"a":1,}', 7, 1, 8],
    ['[1,]', 3, 1, 4],
    ['[1 2]', 3, 1, 4],
    ['[1}', 2, 1, 3],
    ['{"a" 1}', 5, 1, 6],
    ['{"a":1 "b":2}', 7, 1, 8],
    ["{'a':1}", 1, 1, 2],
    ['{"a":"b\nc"}', 7, 1, 8],
    ['{"a":"\\x"}', 6, 1, 7],
    ['{"a":"\\u12g4"}', 6, 1, 7],
    ['"never closed', 13, 1, 14],
    ['01', 1, 1, 2],
    ['1.', 1, 1, 2],
    ['{} {}', 3, 1, 4],
    ['\ufeff{}', 0, 1, 1],
    ['{"a":\u00a01}', 5, 1, 6],
  ])('%j: at %i', (text, offset, line, column) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(faultInJson(text)).toEqual({ offset, line, column })
  })

  it.each(['{}', '[]', ' [ ] ', '{"a":[1,{"b":"\\"\\\\\\u00e9"}],"c":-1.5E+7,"d":null}', '"a"', 'true', '0', '[[],{}]'])(
    'is nowhere in %s',
    (text) => {
      expect(() => JSON.parse(text)).not.toThrow()
      expect(faultInJson(text)).toBeUndefined()
    },
  )

  it('is found in lists that nest deeper than any stack', () => {
    expect(faultInJson('['.repeat(1_000_000))?.offset).toBe(1_000_000)
  })

  it('is not looked for behind as many characters as are allowed', () => {
    const text = `[${'1,'.repeat(1_000)}]`
    expect(faultInJson(text, 5_000)?.offset).toBe(text.length - 1)
    expect(faultInJson(text, 500)).toBeUndefined()
  })

  it('is found behind a text of any length and any number of escapes', () => {
    const text = `{"a":"${'\\"é'.repeat(300_000)}", b}`
    expect(faultInJson(text)?.offset).toBe(text.indexOf(', b') + 2)
  })
})
