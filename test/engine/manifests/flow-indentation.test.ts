import { describe, expect, it } from 'vitest'
import { isTextFault, parseText } from '#engine/manifests/parsing/parse-text'

const parse = (text: string) => {
  const parsed = parseText(text, 'application/yaml')
  if (isTextFault(parsed)) throw new Error(`${parsed.code}: ${parsed.detail} at ${parsed.position?.line}:${parsed.position?.column}`)
  return parsed
}
const values = (text: string): readonly unknown[] => parse(text).documents.map(({ value }) => value)
const fault = (text: string) => {
  const parsed = parseText(text, 'application/yaml')
  return isTextFault(parsed) ? parsed : undefined
}

describe('inside of brackets and quotes indentation means nothing, as for kubectl', () => {
  it.each<[string, string, unknown]>([
    ['a list closed at its key’s column', 'a:\n  args: [\n    x,\n  ]\n', { a: { args: ['x'] } }],
    ['a list closed left of its key', 'a:\n  b:\n    args: [\n  x\n]\n  c: 1\n', { a: { b: { args: ['x'] }, c: 1 } }],
    ['a map closed at its key’s column', 'a:\n  b: {\n    x: 1,\n  }\n', { a: { b: { x: 1 } } }],
    ['one in another', 'a:\n  b: [\n  {\n  x: [\n  1\n  ]\n  }\n  ]\n', { a: { b: [{ x: [1] }] } }],
    ['in the items of a list', 'a:\n- b: [\n  x,\n  ]\n  c: 2\n- - d: [\n]\n', { a: [{ b: ['x'], c: 2 }, [{ d: [] }]] }],
    [
      'with comments and empty lines between',
      'a:\n  b: [ # one\n\n# two\n    x, # three\n# four\n  ]\n  c: 1\n',
      { a: { b: ['x'], c: 1 } },
    ],
    ['with tabs for spaces', 'a:\n  b: [\n\tx,\n\t]\n', { a: { b: ['x'] } }],
    ['a plain text over lines', 'a:\n  b: [one\ntwo,\n  three]\n', { a: { b: ['one two', 'three'] } }],
    ['a quoted text over lines', 'a:\n  b: \'one\ntwo\'\n  c: "three\n\nfour"\n', { a: { b: 'one two', c: 'three\nfour' } }],
    ['with the line ends of Windows', 'a:\r\n  b: [\r\n    x,\r\n  ]\r\n  c: 1\r\n', { a: { b: ['x'], c: 1 } }],
    ['at the end of the text', 'a:\n  b: [\n  x\n  ]', { a: { b: ['x'] } }],
  ])('%s', (_, text, expected) => expect(values(text)).toEqual([expected]))

  it('in each document of several', () => {
    const one = 'a:\n  b: [\n    x,\n  ]\n'
    expect(values(`${one}---\n${one}--- # next\nc: 1\n---\n${one}`)).toEqual([
      { a: { b: ['x'] } },
      { a: { b: ['x'] } },
      { c: 1 },
      { a: { b: ['x'] } },
    ])
  })

  it('texts of blocks keep every character', () => {
    const text = 'a:\n  b: |\n    [\n    ]\n'
    expect(values(`x:\n  z: [\n  1\n  ]\n${text}`)).toEqual([{ x: { z: [1] }, a: { b: '[\n]\n' } }])
  })

  it('places stay those of the text as it came', () => {
    const { documents } = parse('items: [\n    {x: 1},\n  {y: 2},\n  ]\nc:\n  d: 1\n')
    const [document] = documents
    const whole = document?.value as { readonly items: readonly object[] }
    expect([whole, ...whole.items].map((part) => document?.lineOf(part)())).toEqual([1, 2, 3])
    expect(fault('a:\n  b: [\n  x\n  ]\nc: !!int x\n')?.position).toEqual({ line: 5, column: 10 })
  })

  it('what is wrong otherwise is refused as before, also where a document ends within brackets', () => {
    expect(fault('a:\n  b: [\n  x\n---\nc: 1\n')?.code).toBe('NOT_YAML')
    expect(fault('a:\n  b: [\n  x\n...\n')?.code).toBe('NOT_YAML')
    expect(fault('a:\n  b: [\n  x\n  }\n')?.code).toBe('NOT_YAML')
    expect(fault('a:\n    b: 1\n  c: 2\n')?.code).toBe('NOT_YAML')
    expect(fault('a:\n  b: [\n  x\n  ]\n c: 1\n')?.code).toBe('NOT_YAML')
  })

  it('a text that asks for it again and again is bounded', () => {
    const lines = `a:\n  b: [\n${'x,\n'.repeat(20_000)}]\n`
    const start = performance.now()
    fault(lines)
    expect(performance.now() - start).toBeLessThan(20_000)
  })
})
