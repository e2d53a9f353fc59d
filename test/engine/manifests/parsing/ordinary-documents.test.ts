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

  it.each([
    ['{"a":1,"b":["x",2.5,-5,true,null],"c":"d\\n\\"e\\"","f":{"constructors":1}}'],
    ['{"a":"1e400 -0 9007199254740992","b":"\\u003cx\\u0026\\u2028","\\\\":0}'],
    ['{"metadata":{"labels":{"proto":"x"}},"b":123456789012345}'],
  ])('the JSON %j', (text) => {
    expect([documentOf(text).isOrdinary, codesOf(text)]).toEqual([true, []])
  })

  it.each([
    ['{"a":9007199254740992}', 'NUMBER_REFUSED'],
    ['{"a":[{"b":-0}]}', 'NUMBER_REFUSED'],
    ['{"a":-0.0}', 'NUMBER_REFUSED'],
    ['{"a":1e400}', 'NUMBER_REFUSED'],
    ['{"a":1E30}', 'NUMBER_REFUSED'],
    ['{"a":"\\u0000"}', 'CHARACTER_REFUSED'],
    ['{"a\\u0000":1}', 'CHARACTER_REFUSED'],
    ['{"a":"\\ud800"}', 'CHARACTER_REFUSED'],
    ['{"a":"\\uDFFF"}', 'CHARACTER_REFUSED'],
    ['{"constructor":1}', 'KEY_REFUSED'],
    ['{"\\u0063onstructor":1}', 'KEY_REFUSED'],
    ['{"metadata":{"prototype":1}}', 'KEY_REFUSED'],
    ['{"a":{ "__proto__" :1}}', 'KEY_REFUSED'],
    ['{"a":{"\\u005f_proto__":1}}', 'KEY_REFUSED'],
  ])('and the JSON %j is none', (text, code) => {
    expect([documentOf(text).isOrdinary, codesOf(text)]).toEqual([false, [code]])
  })

  it.each(['\\u0000', 'constructor'])('nor one of which the %j stands beyond a mebibyte', (odd) => {
    const text = `{"a":"${'x'.repeat(1024 * 1024 - 10)}","${odd}":1}`
    expect(documentOf(text).isOrdinary).toBe(false)
  })
})

describe('a document that may have names that were never filled in', () => {
  it.each([
    ['{"a":"{{ .Release.Name }}"}', true],
    ['{"a":"x-${ENV}"}', true],
    ['{"a":"\\u007b{ x }}"}', true],
    ['{"a":"$x","b":{"c":"{ d }"}}', false],
    ['a: x', true],
  ])('%j: %j', (text, may) => {
    expect(documentOf(text).mayHavePlaceholders).toBe(may)
  })
})
