import { type Arbitrary, array, assert, constantFrom, dictionary, letrec, oneof, property } from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { findBreaches } from '#engine/rules/make-report'
import { noticeOriginal, type Originals } from '#engine/rules/originals'
import { schemaRules } from '#engine/rules/schema/rules'
import { validationRules } from '#engine/rules/validation/rules'
import { loadRules, loadSchemas } from '#engine/schemas/load-schemas'
import type { CheckRules } from '#engine/schemas/cel/cel-rules'
import type { Schema, SchemaKinds } from '#engine/schemas/schema'
import { snapshotOf } from '../../from-yaml.js'

/** Every name of a field that Istio's kinds have, and some that every object of JavaScript answers to. */
const namesIn = (schema: Schema, found = new Set<string>(['constructor', 'toString', '__proto__'])): Set<string> => {
  for (const [name, { schema: below }] of schema.fields ?? []) {
    found.add(name)
    namesIn(below, found)
  }
  for (const below of [schema.items, schema.values]) if (below !== undefined) namesIn(below, found)
  return found
}

const words = [
  '',
  '*',
  'a',
  'a.b',
  '10.0.0.1',
  '::1',
  '(?=a)',
  '{**}/a',
  '~/x',
  'unix://',
  '5s',
  'HTTP',
  'DENY',
  'CUSTOM',
  'STATIC',
  '["\\q"]',
  'constructor',
]

/** Objects of fields that there are, in any order and of any type. */
const anyValue = (names: readonly string[]): Arbitrary<unknown> =>
  letrec((tie) => ({
    value: oneof(
      { maxDepth: 6, withCrossShrink: true },
      constantFrom<unknown>(...words, null, true, 0, -1, 1.5, 80, 70_000),
      array(tie('value'), { maxLength: 3 }),
      dictionary(constantFrom(...names), tie('value'), { maxKeys: 5 }),
    ),
  })).value

describe('what istiod refuses', () => {
  let kinds: SchemaKinds
  let checkRules: CheckRules
  beforeAll(async () => {
    kinds = await loadSchemas()
    checkRules = await loadRules()
  })

  it('is said of any object at all, each place with a path and a sentence', () => {
    const istio = [...kinds].filter(([kind]) => kind.includes('.istio.io/'))
    const served = istio.flatMap(([kind, { versions }]) => [...versions].map(([version, schema]) => ({ kind, version, schema })))
    const snapshot = snapshotOf('clusters: [{ name: west }]')
    const names = [...new Set(istio.flatMap(([, { versions }]) => [...versions.values()].flatMap((schema) => [...namesIn(schema)])))]
    assert(
      property(constantFrom(...served), anyValue(names), ({ kind, version }, spec) => {
        const [group = '', name = ''] = kind.split('/')
        const object: unknown = JSON.parse(
          JSON.stringify({ apiVersion: `${group}/${version}`, kind: name, metadata: { name: 'x', namespace: 'shop' }, spec }),
        )
        const originals: Originals = { of: new Map([['west', [noticeOriginal(kinds)(object, 0) ?? []].flat()]]), checkRules }
        for (const { message } of findBreaches(snapshot, [...schemaRules, ...validationRules], { at: 0, originals }))
          expect(message).toMatch(/\S/)
      }),
      { numRuns: 1500 },
    )
  })
})
