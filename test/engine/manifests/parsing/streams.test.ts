import { describe, expect, it } from 'vitest'
import { isTextFault, parseText } from '#engine/manifests/parsing/parse-text'
import type { ParsedText } from '#engine/manifests/parsing/parsed-text'

const parse = (text: string): ParsedText => {
  const parsed = parseText(text, 'application/yaml')
  if (isTextFault(parsed)) throw new Error(`${parsed.code}: ${parsed.detail}`)
  return parsed
}
const valuesOf = (text: string): readonly unknown[] => parse(text).documents.map(({ value }) => value)
const faultOf = (text: string) => {
  const parsed = parseText(text, 'application/yaml')
  return isTextFault(parsed) ? [parsed.code, parsed.position?.line, parsed.position?.column] : undefined
}

describe('a stream is taken apart as kubectl does it, before any document is looked at', () => {
  it.each<[string, string, readonly unknown[]]>([
    ['by lines of three dashes', 'a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['with a comment after them', 'a: 1\n---   # b\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['with a comment at once after them', 'a: 1\n---# b\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['the first ones begin the first document', '---\na: 1\n', [{ a: 1 }]],
    ['documents of comments are empty', '# a\n---\n# b\n---\nc: 1\n', [null, null, { c: 1 }]],
    ['an end before the next beginning', 'a: 1\n...\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['with the line ends of Windows', 'a: 1\r\n---\r\nb: |\r\n  x\r\n', [{ a: 1 }, { b: 'x\n' }]],
    ['each may have its byte order mark', '\uFEFFa: 1\n---\n\uFEFFb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['a last line without an end has one', 'a: |+\n  x', [{ a: 'x\n' }]],
    ['dashes within a line are no line of dashes', 'a: b ---\nc: "---"\n', [{ a: 'b ---', c: '---' }]],
    ['nothing', '', [null]],
  ])('%s', (_, text, values) => expect(valuesOf(text)).toEqual(values))

  it.each([
    ['a document on the line of the dashes', 'a: 1\n--- b: 2\n', 2, 4],
    ['four dashes', 'a: 1\n----\n', 2, 4],
    ['a directive, which the dashes after it cut off', '%YAML 1.1\n---\na: 1\n', 1, 1],
    ['an end before any beginning', '...\na: 1\n', 1, 1],
    ['a line further left than the first', '  a: 1\nb: 2\n', 2, 1],
    ['text after brackets', '{a: 1}\nb\n', 2, 1],
  ])('refused is %s', (_, text, line, column) => expect(faultOf(text)).toEqual(['NOT_YAML', line, column]))

  it('what stands between an end and the next beginning is passed over, and told', () => {
    const { documents, unread } = parse('a: 1\n...\nb: 2\n---\nc: 3\n')
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { c: 3 }])
    expect(unread).toEqual([{ line: 3, column: 1 }])
    expect(parse('a: 1\n...\n# b\n').unread).toEqual([])
  })

  it('of a repeated key the last one holds, and it is told', () => {
    const { documents, repeated } = parse('a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 4\n')
    expect(documents[0]?.value).toEqual({ a: 4, b: { c: 3, d: 2 } })
    expect(repeated).toEqual([
      { line: 5, column: 3 },
      { line: 6, column: 1 },
    ])
    expect(parse('{<<: {a: 1}, a: 2}').repeated).toEqual([])
  })
})

it('of one kind a hundred places are told of a text, however many there are', () => {
  const { documents, ambiguous, repeated, unread } = parse('a: yes\nb: 1\nb: 2\n...\nc\n---\n'.repeat(300))
  expect([documents, ambiguous, repeated, unread].map(({ length }) => length)).toEqual([300, 100, 100, 100])
})

describe('JSON values one after the other', () => {
  it('are as many documents, each with its lines', () => {
    const { documents } = parse('{"a":1}\n  {"items":[\n{"b":2}]} {"c":"\\/"}\n')
    expect(documents.map(({ value, lineOf }) => [value, lineOf()()])).toEqual([
      [{ a: 1 }, 1],
      [{ items: [{ b: 2 }] }, 2],
      [{ c: '/' }, 3],
    ])
    const [, second] = documents
    const items = (second?.value as { readonly items: readonly object[] } | undefined)?.items
    expect(second?.lineOf(items?.[0], ['items', 0])()).toBe(3)
  })

  it('may be followed by YAML where there was one of them', () => {
    expect(valuesOf('{"a":1}\n---\nb: 2\n---\n{c: 3}\n')).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }])
    expect(faultOf('{"a":1}\n{"b":2}\n---\nc: 3\n')).toEqual(['NOT_JSON', 3, 1])
    expect(faultOf('{"a":1}\n---\nb: *c\n')).toEqual(['ALIAS_UNKNOWN', 3, 4])
  })

  it('a list of them is JSON too', () => expect(valuesOf('[{"a":"\\/"}]')).toEqual([[{ a: '/' }]]))
})

describe('what stops reading is told with its place and what was expected', () => {
  it.each<[string, string, number, number]>([
    ['a: [b', '`[` is not closed', 1, 4],
    ['a: {b: "c}', 'quote that opens here is not closed', 1, 8],
    ['a: [b}', '`,` or `]`', 1, 6],
    ['a:\n\tb: 1', 'a tab', 2, 1],
    ['a: b\n\tc: 1', 'tab', 2, 1],
    ['a: |\n\tb', 'tab', 2, 1],
    ['a:\n  b\n c: 1', 'has more lines', 3, 3],
    ['a: b: c', 'second `:`', 1, 5],
    ['a:\n  - b\n c: d', 'further left', 3, 2],
    ['a:\n- b\n  c: d', 'has more lines', 3, 4],
    ['a: [b,\n] c: d', 'a key at the column', 2, 3],
    ['a: 1\nb\nc: 2', 'a key and `:`', 2, 1],
    ['a: - b', 'line of its own', 1, 4],
    ['a: "\\q"', 'no such escape', 1, 5],
    ['a: "\\u12"', 'hexadecimal', 1, 5],
    ['a: | b', 'next line', 1, 4],
    ['a: {{ .Values.b }}', 'template', 1, 4],
    ['a: {[b]: c}', 'key must be', 1, 5],
    ['a: @b', 'none begins like this', 1, 4],
  ])('%j', (text, expected, line, column) => {
    const parsed = parseText(text, 'application/yaml')
    expect(isTextFault(parsed) && parsed).toMatchObject({ detail: expect.stringContaining(expected), position: { line, column } })
  })
})
