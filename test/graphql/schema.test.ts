import { readFileSync } from 'node:fs'
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
} from 'graphql'
import { describe, expect, it } from 'vitest'

const text = readFileSync('src/graphql/schema.graphql', 'utf8')
const schema = buildSchema(text)
const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))

interface Described {
  readonly name: string
  readonly description: string | null | undefined
}

function partsOf(type: GraphQLNamedType): readonly Described[] {
  const within = (outer: string, part: { readonly name: string; readonly description?: string | null | undefined }): Described => ({
    name: `${outer}.${part.name}`,
    description: part.description,
  })
  if (isEnumType(type)) return type.getValues().map((value) => within(type.name, value))
  if (isInputObjectType(type)) return Object.values(type.getFields()).map((field) => within(type.name, field))
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field) => [
    within(type.name, field),
    ...field.args.map((arg) => within(`${type.name}.${field.name}`, arg)),
  ])
}

describe('the schema', () => {
  it('describes every type, field, argument, input and enum value', () => {
    const all = types.flatMap((type): readonly Described[] => [{ name: type.name, description: type.description }, ...partsOf(type)])
    expect(all.length).toBeGreaterThan(250)
    expect(all.filter(({ description }) => !description?.trim()).map(({ name }) => name)).toEqual([])
  })

  it('names types in PascalCase, fields and arguments in camelCase, enum values in UPPER_SNAKE', () => {
    for (const type of types) {
      expect(type.name).toMatch(/^[A-Z][A-Za-z]+$/)
      const pattern = isEnumType(type) ? /^[A-Z]+(_[A-Z]+)*$/ : /^[a-z][A-Za-z]*$/
      for (const { name } of partsOf(type)) expect(name.split('.').at(-1)).toMatch(pattern)
    }
  })

  it('shapes each connection alike: edges, nodes and pageInfo, asked for by first and after', () => {
    for (const type of types.filter(isObjectType).filter(({ name }) => name.endsWith('Connection'))) {
      const item = type.name.replace(/Connection$/, '')
      const fields = Object.fromEntries(Object.entries(type.getFields()).map(([name, field]) => [name, String(field.type)]))
      expect(fields).toMatchObject({ edges: `[${item}Edge!]!`, nodes: `[${item}!]!`, pageInfo: 'PageInfo!' })
    }
    for (const type of types.filter(isObjectType)) {
      for (const field of Object.values(type.getFields())) {
        if (!/Connection!?$/.test(String(field.type))) continue
        const args = Object.fromEntries(field.args.map((arg) => [arg.name, String(arg.type)]))
        expect(args, `${type.name}.${field.name}`).toMatchObject({ first: 'Int', after: 'String' })
      }
    }
  })

  it('leaves questions that cannot be asked null, and everything of the version itself not', () => {
    const fields = (schema.getType('TopologyVersion') as { getFields(): Record<string, { type: unknown }> }).getFields()
    for (const question of ['reachability', 'serviceVisibility', 'identityTrust', 'callers', 'reach', 'isolation', 'effectivePolicy'])
      expect(String(fields[question]?.type)).not.toMatch(/!$/)
    for (const own of ['id', 'number', 'contentHash', 'deployment', 'findings', 'services', 'workloads', 'meshes', 'tenants']) {
      expect(String(fields[own]?.type)).toMatch(/!$/)
    }
  })

  it('is the one that the contract names', () => {
    for (const signature of [
      'topology("The topology\'s name." name: String!): Topology',
      'interface AnsweringVersion {',
      'type TopologyVersion implements Node & AnsweringVersion {',
      'type Topology implements Node {',
    ]) {
      expect(text).toContain(signature)
    }
  })
})
