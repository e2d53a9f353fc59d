import { expect, it } from 'vitest'
import { readDocument } from '#engine/manifests/read-document'

const half = `[${'[],'.repeat(4_000_000)}1]`
it.each([
  ['JSON', 'json', `[${half},${half}]`],
  ['YAML', 'yaml', `a: ${half}\nb: ${half}\n`],
  ['JSON values one after the other', 'yaml', `{"a":${half}}\n{"a":${half}}\n`],
  ['documents of YAML', 'yaml', `a: ${half}\n---\na: ${half}\n`],
  ['YAML after JSON', 'yaml', `{"a":${half}}\n---\na: ${half}\n`],
] as const)('of more than eight million lists and maps in %s one fault says so, with its place', { timeout: 120_000 }, (_, type, text) => {
  expect(readDocument({ body: new TextEncoder().encode(text), mediaType: `application/${type}` })).toMatchObject({
    code: 'DOCUMENT_INVALID',
    details: {
      errors: [{ code: 'TOO_MANY_VALUES', detail: 'a text may hold at most 8000000 lists and maps', source: { line: expect.any(Number) } }],
    },
  })
})
