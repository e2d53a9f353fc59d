import { beforeAll, describe, expect, it } from 'vitest'
import { asksRules } from '#engine/schemas/asks-rules'
import { celRules } from '#engine/schemas/cel/cel-rules'
import { loadSchemas } from '#engine/schemas/load-schemas'
import type { Schema, SchemaKinds } from '#engine/schemas/schema'

/** Texts of the forms that rules ask about. */
const texts = [
  '',
  'a',
  '*.example.com',
  '10s',
  '10.0.0.0/8',
  'unix:///tmp/a',
  'https://keys.example/a',
  'HTTP',
  'example.com/name',
  '%zz',
  '65536',
]

/** Ways in which a value may be filled in: which of the texts, how much of an object. */
const rounds = 24
const deepest = 12

const nth = <T>(list: readonly T[], round: number): T | undefined => list[round % list.length]

/** A value of the schema: in some rounds with all that it may hold, in others with what it must hold, and in the ways that its texts may be. */
const valueOf = (schema: Schema, round: number, depth = 0): unknown => {
  if (schema.allowed !== undefined) return nth(schema.allowed, round)
  switch (schema.type) {
    case 'a':
      return depth > deepest || schema.items === undefined
        ? []
        : [0, 1].map((more) => valueOf(schema.items as Schema, round + more, depth + 1))
    case 'o':
      return depth > deepest ? {} : objectOf(schema, round, depth)
    case 's':
      return nth(texts, round)
    case 'b':
      return round % 2 === 0
    default:
      return schema.type === undefined ? {} : nth([0, 80, 65536], round)
  }
}

const objectOf = ({ fields = new Map(), required, values }: Schema, round: number, depth: number): object => {
  const held = [...fields].filter(([name]) => round % 3 !== 1 || required.includes(name))
  const keys = values === undefined ? [] : [[nth(['app', '8080', 'a/b'], round), valueOf(values, round, depth + 1)]]
  return Object.fromEntries([...held.map(([name, field]) => [name, valueOf(field.schema, round, depth + 1)]), ...keys])
}

describe('the rules in CEL of every kind', () => {
  let kinds: SchemaKinds = new Map()
  beforeAll(async () => {
    kinds = await loadSchemas()
  })

  it('can be run: none asks for what the evaluator does not have', () => {
    const errors = new Map<string, string>()
    const asked = new Set<string>()
    const check = celRules((rule, error) => errors.set(rule, error))
    for (const { versions } of kinds.values()) {
      for (const schema of versions.values()) {
        for (const rule of rulesIn(schema)) asked.add(rule)
        for (let round = 0; round < rounds; round += 1) check(schema, valueOf(schema, round), kinds)
      }
    }
    expect([...errors]).toEqual([])
    expect(asked.size).toBeGreaterThan(120)
  })

  it('are asked for where an object has some, and nowhere else', () => {
    const asks = (kind: string, spec: object) => {
      const schema = kinds.get(kind)?.versions.get('v1')
      return schema !== undefined && asksRules(schema, { spec })
    }
    expect(asks('/Service', { ports: [{ port: 80 }] })).toBe(false)
    expect(asks('networking.istio.io/VirtualService', { hosts: ['a'], http: [{ route: [{ destination: { host: 'a' } }] }] })).toBe(false)
    expect(asks('networking.istio.io/VirtualService', { hosts: ['a'], http: [{ timeout: '5s' }] })).toBe(true)
    expect(asks('networking.istio.io/ServiceEntry', { hosts: ['a'] })).toBe(true)
  })
})

function rulesIn(schema: Schema): readonly string[] {
  if (!schema.ruled) return []
  const below = [...(schema.fields?.values() ?? [])].map((field) => field.schema)
  return [
    ...schema.rules.map(({ rule }) => rule),
    ...[...below, schema.items, schema.values].flatMap((each) => (each === undefined ? [] : rulesIn(each))),
  ]
}
