import { afterEach, describe, expect, it } from 'vitest'
import { parseWithPauses } from '#engine/manifests/parsing/parse-with-pauses'
import { whenPausing } from '#engine/pause'

afterEach(() => whenPausing(undefined))

const long = Array.from({ length: 4_000 }, (_, index) => ({ name: `n${index}`, values: [index, null, true, `"\\é😀\u2028`] }))

describe('a long JSON text', () => {
  it.each([
    ['a list', long],
    ['a map', { first: long, 'a "name"': { nested: { deeper: long } }, last: 1.5e-7 }],
    ['a long text', { text: 'a"b\\'.repeat(100_000) }],
    ['a name that maps have anyway', JSON.parse(`{"__proto__": ${JSON.stringify(long)}, "constructor": 1}`)],
    [
      'words between other things',
      Array.from({ length: 60_000 }, (_, at) => (at % 9_000 === 0 ? [at, { a: [] }] : at % 3 === 0 ? null : at)),
    ],
    ['many short members', Object.fromEntries(long.map((each, at) => [`k${at} `, at % 3 === 0 ? each : at]))],
    ['a name twice', JSON.parse('{"a": 1, "b": 2, "a": 3}')],
    ['lists in lists', Array.from({ length: 60 }).reduce<unknown>((inner) => [inner], long)],
  ])('is read as JSON.parse reads it: %s', (_, value) => {
    for (const text of [JSON.stringify(value), JSON.stringify(value, undefined, 1)]) {
      expect(JSON.stringify(parseWithPauses(text))).toBe(JSON.stringify(value))
    }
  })

  it.each(['[[]BLANKS]', '{"a": {}BLANKS}', '[]BLANKS', '{}BLANKS', '[BLANKS1BLANKS,BLANKS[2]BLANKS]', '{BLANKS"a"BLANKS:BLANKS[]BLANKS}'])(
    'is read where blanks make it long: %s',
    (form) => {
      const text = form.replaceAll('BLANKS', ' '.repeat(100_000))
      expect(parseWithPauses(text)).toEqual(JSON.parse(text))
    },
  )

  it('has the last of members of one name, where the first stood', () => {
    const text = `{"a": 1, ${JSON.stringify({ long }).slice(1, -1)}, "b": 2, ${'"c": 3, '.repeat(20_000)} "a": 4}`
    expect(JSON.stringify(parseWithPauses(text))).toBe(JSON.stringify(JSON.parse(text)))
  })

  it('keeps a name that maps have anyway as a member', () => {
    const read = parseWithPauses(`{"__proto__": ${JSON.stringify(long)}}`) as object
    expect(Object.keys(read)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
  })

  it.each([
    '',
    '[',
    '{',
    '{"a":1',
    '[1,]',
    '[,1]',
    '[ , 1]',
    '[1,,1]',
    '{"a" 1}',
    '{a:1}',
    '[1 2]',
    '1 2',
    '[1]]',
    '{"a":1,}',
    'nul',
    '"a',
    '[1}',
    '[[1},1]',
    '{"a":[1},"b":1]}',
    '{,"a":1}',
    '{"a":1,,"b":1}',
    '{"a":1}}',
    '[1],[1]',
  ])('is refused where JSON.parse refuses it: %s', (text) => {
    expect(() => parseWithPauses(text)).toThrow(SyntaxError)
    expect(() => parseWithPauses(text.replace('1', JSON.stringify(long)))).toThrow(SyntaxError)
  })

  it.each([
    ['items', [...long, ...long, ...long, ...long, ...long, ...long, ...long, ...long]],
    ['members', Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`key ${at}`, at]))],
    ['numbers', Array.from({ length: 300_000 }, (_, at) => at)],
  ])('lets others have their turn all the way: %s', (_, value) => {
    let turns = 0
    whenPausing(() => void (turns += 1))
    const text = JSON.stringify(value)
    parseWithPauses(text)
    // Not after every pause: each is a part of a millisecond.
    expect(turns).toBeGreaterThan(text.length / 400_000)
  })
})
