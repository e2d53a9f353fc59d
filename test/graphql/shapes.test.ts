import { readFileSync } from 'node:fs'
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLInputType,
} from 'graphql'
import type { TSchema } from 'typebox'
import { describe, expect, it } from 'vitest'
import * as deployment from '#engine/model/deployment-model'
import * as policies from '#engine/model/groups/effective-policy'
import * as groupQuestions from '#engine/model/groups/group-question'
import * as groups from '#engine/model/groups/grouped-calls'
import * as subjects from '#engine/model/groups/subject-input'
import * as trust from '#engine/model/identity-trust'
import * as proxies from '#engine/model/proxy-config'
import * as questions from '#engine/model/question'
import * as reachability from '#engine/model/reachability'
import * as reports from '#engine/model/report'
import * as refs from '#engine/model/resource-ref'
import * as steps from '#engine/model/step'
import * as stored from '#engine/model/stored/stored-version'
import * as verdicts from '#engine/model/verdict'
import * as visibility from '#engine/model/visibility'

const schema = buildSchema(readFileSync('src/graphql/schema.graphql', 'utf8'))

interface JsonShape {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, JsonShape>>
  readonly required?: readonly string[]
  readonly items?: JsonShape
  readonly anyOf?: readonly JsonShape[]
  readonly patternProperties?: Readonly<Record<string, JsonShape>>
}

const model: Readonly<Record<string, unknown>> = {
  ...policies,
  ...groupQuestions,
  ...groups,
  ...subjects,
  ...deployment,
  ...trust,
  ...proxies,
  ...questions,
  ...reachability,
  ...reports,
  ...refs,
  ...steps,
  ...stored,
  ...verdicts,
  ...visibility,
}
const shape = (name: string): JsonShape => model[name] as TSchema as JsonShape

const names: Readonly<Record<string, string>> = { LabelInput: 'NamedValue', Condition: 'ToldCondition', Assumption: 'ToldAssumption' }

/** A shape without its `or null`, and whether it had one. */
function plain(json: JsonShape): { readonly json: JsonShape; readonly nullable: boolean } {
  const [one, other] = json.anyOf ?? []
  return one && other?.type === 'null' ? { json: one, nullable: true } : { json, nullable: false }
}

const scalars: Readonly<Record<string, string>> = {
  String: 'string',
  ID: 'string',
  DateTime: 'string',
  Int: 'integer',
  Float: 'number',
  Boolean: 'boolean',
}

/** What a GraphQL type and a REST shape disagree about, by place. */
function differences(type: GraphQLOutputType | GraphQLInputType, json: JsonShape, place: string): readonly string[] {
  const bare = getNullableType(type)
  if (isListType(bare)) return listDifferences(bare.ofType as GraphQLOutputType, json, place)
  const named = bare as { readonly name: string }
  if (isEnumType(bare)) {
    const values = bare.getValues().map(({ name }) => name)
    return String(values) === String(json.enum) ? [] : [`${place}: ${String(values)} there, ${String(json.enum)} here`]
  }
  if (!isObjectType(bare) && !isInputObjectType(bare)) {
    return scalars[named.name] === json.type ? [] : [`${place}: ${named.name} there, ${json.type} here`]
  }
  return objectDifferences(bare.getFields(), json, place, isInputObjectType(bare))
}

/** GraphQL knows no maps either: they are lists of `{ key, value }`. */
function listDifferences(item: GraphQLOutputType, json: JsonShape, place: string): readonly string[] {
  const values = mapOf(json)
  if (values !== undefined) return entryDifferences(getNamedType(item), values, place)
  if (json.type !== 'array' || json.items === undefined) return [`${place}: a list there, ${json.type} here`]
  return [...(isNonNullType(item) ? [] : [`${place}: items may be null`]), ...differences(item, json.items, `${place}[]`)]
}

/** The values of a map; of a choice between a word and a map, the map's: a word is an entry of its own. */
const mapOf = (json: JsonShape): JsonShape | undefined =>
  Object.values([json, ...(json.anyOf ?? [])].find((each) => each.patternProperties !== undefined)?.patternProperties ?? {})[0]

function entryDifferences(entry: GraphQLNamedType, value: JsonShape, place: string): readonly string[] {
  const fields = isObjectType(entry) ? entry.getFields() : {}
  if (String(Object.keys(fields)) !== 'key,value' || fields['value'] === undefined) return [`${place}: a map here, no entries there`]
  return differences(fields['value'].type, value, `${place}.value`)
}

function objectDifferences(
  fields: Readonly<Record<string, GraphQLField<unknown, unknown> | GraphQLInputField>>,
  json: JsonShape,
  place: string,
  isInput: boolean,
): readonly string[] {
  const here = Object.keys(json.properties ?? {})
  const missing = here.filter((name) => !(name in fields)).map((name) => `${place}.${name}: not there`)
  return Object.entries(fields).reduce<readonly string[]>((found, [name, field]) => {
    const property = json.properties?.[name]
    if (property === undefined) return [...found, `${place}.${name}: not here`]
    const { json: inside, nullable } = plain(property)
    const mayBeAbsent = nullable || !json.required?.includes(name)
    const same = isNonNullType(field.type) !== (isInput || isAbsentForNull(json) ? mayBeAbsent : nullable)
    return [
      ...found,
      ...(same ? [] : [`${place}.${name}: nullable on one side only`]),
      ...differences(field.type, inside, `${place}.${name}`),
    ]
  }, missing)
}

/** What proxies are given, and a finding, say nothing where GraphQL says null. */
const isAbsentForNull = (json: JsonShape): boolean => [...Object.values(proxies), reports.Finding].includes(json as never)

const compared = (name: string): readonly string[] =>
  differences(schema.getType(name) as GraphQLOutputType, shape(names[name] ?? name), name)

describe('GraphQL and REST show the same names, enums and nullability, one for one', () => {
  it.each([
    'Reachability',
    'EndpointPath',
    'ViaGateway',
    'Step',
    'Hop',
    'NearMiss',
    'Condition',
    'Assumption',
    'Remedy',
    'ResourceRef',
    'SourcePlace',
  ])('reachability: %s', (name) => {
    expect(compared(name)).toEqual([])
  })

  it.each(['VisibleService', 'VisiblePort', 'VisibleSubset', 'VisibleEndpoint', 'DroppedEndpoint', 'HiddenService'])(
    'visibility: %s',
    (name) => {
      expect(compared(name)).toEqual([])
    },
  )

  it.each(['ProxyConfig', 'ControlPlaneAnswer', 'NetworkEntrance', 'ProxyAnswer', 'ScopedHost', 'ProxyTarget', 'TargetEndpoint'])(
    'what proxies are given: %s',
    (name) => expect(compared(name)).toEqual([]),
  )

  it.each(['UnknownHosts', 'TargetType', 'SentProtocol', 'InboundMode'])('%s', (name) => expect(compared(name)).toEqual([]))

  it.each(['Group', 'GroupRow', 'GroupTotal', 'TracedCall', 'PolicyRow'])('the question turned round: %s', (name) =>
    expect(compared(name)).toEqual([]),
  )

  it.each(['IdentityTrust', 'TrustDirection'])('trust: %s', (name) => expect(compared(name)).toEqual([]))

  it.each(['DeploymentModel', 'MeshDeployment'])('the version: %s', (name) => expect(compared(name)).toEqual([]))

  it('the version: Finding, which GraphQL compares with no baseline', () =>
    expect(compared('Finding')).toEqual(['Finding.change: not there']))

  it.each(['SourceInput', 'SubjectInput', 'ProxyInput', 'DestinationInput', 'IdentityInput', 'LabelInput', 'HeaderInput', 'FindingFilter'])(
    'questions: %s',
    (name) => {
      expect(compared(name)).toEqual([])
    },
  )

  it.each([
    'SpokenProtocol',
    'Verdict',
    'TrustVerdict',
    'Stage',
    'StepOutcome',
    'HopKind',
    'GroupBy',
    'GroupKind',
    'IsolationVerdict',
    'PolicyConcern',
    'PolicyState',
    'Multiplicity',
    'TenancyKind',
    'Availability',
    'Severity',
    'Compatibility',
  ])('%s', (name) => {
    expect(compared(name)).toEqual([])
  })

  it.each([
    ['Topology', 'TopologySummary', ['id', 'version', 'versions']],
    ['TopologyVersion', 'VersionSummary', undefined],
  ] as const)('%s holds what REST shows of it', (name, summary, more) => {
    const missing = compared2(name, summary).filter(
      (difference) => !difference.endsWith(': not here') && difference !== 'TopologyVersion.topology: not there',
    )
    expect(missing).toEqual([])
    if (more) expect(compared2(name, summary)).toEqual(more.map((field) => `${name}.${field}: not here`))
  })

  it('would tell a difference', () => {
    expect(compared2('Condition', 'ToldAssumption')).toEqual(['Condition.general: not there', 'Condition.on: not here'])
    expect(compared2('Assumption', 'ToldCondition')).toEqual(['Assumption.on: not there', 'Assumption.general: not here'])
    expect(compared2('Verdict', 'TrustVerdict')).toHaveLength(1)
  })

  it.each([
    ['reachability', 'ReachabilityQuestion'],
    ['serviceVisibility', 'VisibilityQuestion'],
    ['identityTrust', 'TrustQuestion'],
    ['proxyConfig', 'ProxyConfigQuestion'],
    ['callers', 'GroupQuestion'],
    ['reach', 'GroupQuestion'],
    ['isolation', 'IsolationQuestion'],
    ['effectivePolicy', 'EffectivePolicyQuestion'],
  ])('%s takes the arguments that REST takes as a body', (field, question) => {
    const version = schema.getType('AnsweringVersion') as { getFields(): Record<string, GraphQLField<unknown, unknown>> }
    const args = version.getFields()[field]?.args.map(({ name }) => name)
    expect(args).toEqual(Object.keys(shape(question).properties ?? {}))
  })
})

const compared2 = (name: string, other: string): readonly string[] =>
  differences(schema.getType(name) as GraphQLOutputType, shape(other), name)
