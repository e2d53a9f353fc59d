import { describe, expect, it } from 'vitest'
import { checkValues } from '#engine/manifests/check-values'
import { isTextFault, parseText } from '#engine/manifests/parsing/parse-text'

const documentOf = (text: string) => {
  const parsed = parseText(text, 'application/yaml')
  const [document] = isTextFault(parsed) ? [] : parsed.documents
  if (document === undefined) throw new Error('this is no document')
  return document
}

/** What a walk over the values finds, whatever their reader says. */
const codesOf = (text: string): readonly string[] => checkValues({ value: documentOf(text).value, path: [] }).map(({ code }) => code)

describe('a document that its reader calls ordinary holds nothing that may not be stored', () => {
  it.each([
    ['a: 1\nb: [x, 2.0, -5, true, ~]\nc: "d\\n\\"e\\""\nf: |\n  g\n'],
    ['constructors: 1\nmetadata: { labels: { proto: x } }\n'],
    ['a: &x { b: 9007199254740991 }\nc: *x\nd: { <<: *x }\n'],
  ])('%j', (text) => {
    expect([documentOf(text).isOrdinary, codesOf(text)]).toEqual([true, []])
  })

  it.each([
    ['a: 9007199254740992', 'NUMBER_REFUSED'],
    ['a: [{ b: -0.0 }]', 'NUMBER_REFUSED'],
    ['a: .inf', 'NUMBER_REFUSED'],
    ['a: !!float -0.0', 'NUMBER_REFUSED'],
    ['a: "\\0"', 'CHARACTER_REFUSED'],
    ['a: "\\x00"', 'CHARACTER_REFUSED'],
    ['"a\\u0000": 1', 'CHARACTER_REFUSED'],
    ['a: !!binary AA==', 'CHARACTER_REFUSED'],
    ['constructor: 1', 'KEY_REFUSED'],
    ['a: 1\n"prototype": 1', 'KEY_REFUSED'],
    ['metadata: { constructor: 1 }', 'KEY_REFUSED'],
    ['a: { __proto__: 1 }', 'KEY_REFUSED'],
    ['a: [? __proto__ : 1]', 'KEY_REFUSED'],
    ['a: [__proto__: 1]', 'KEY_REFUSED'],
    ['a: &k __proto__\nb: { *k : 1 }', 'KEY_REFUSED'],
  ])('and %j is none', (text, code) => {
    expect([documentOf(text).isOrdinary, codesOf(text)]).toEqual([false, [code]])
  })

  it('in every document of a stream, though a key was read before', () => {
    const parsed = parseText('constructor: 1\n---\nconstructor: 1\n---\na: 1\n', 'application/yaml')
    expect(isTextFault(parsed) ? [] : parsed.documents.map(({ isOrdinary }) => isOrdinary)).toEqual([false, false, true])
  })

  it('and none is JSON, which is read by the runtime', () => {
    expect(documentOf('{"a":1}').isOrdinary).toBe(false)
  })
})
