import { readFileSync } from 'node:fs'
import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenGraphql, openGraphql } from './open-graphql.js'

let graphql: OpenGraphql
beforeAll(async () => {
  graphql = await openGraphql()
})
afterAll(() => graphql?.close())

const times = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_, index) => text(index)).join(' ')
const aliases = (count: number): string => `{ ${times(count, (index) => `a${index}: __typename`)} }`
/** Deep by types that lead back to themselves: a topology has versions, found by `node`. */
const page = (fields: string, first = 100): string => `{ topologies(first: ${first}) { nodes { ${fields} } } }`

async function refused(query: string, variables?: Readonly<Record<string, unknown>>): Promise<string> {
  const { status, body } = await graphql.ask(query, variables)
  expect(status).toBe(400)
  expect(body).not.toHaveProperty('data')
  expect(body.errors[0].extensions.code).toBe('TOO_COMPLEX')
  return body.errors[0].message
}

async function answered(query: string, variables?: Readonly<Record<string, unknown>>): Promise<void> {
  const { status, body } = await graphql.ask(query, variables)
  expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined })
}

const from = 'from: { cluster: "west", namespace: "shop", workload: "web" }'
const inVersion = (fields: string): string => `{ topology(name: "shop") { version { ${fields} } } }`

describe('a document', () => {
  it('nests fields 12 deep at most', async () => {
    // topology, version, serviceVisibility, nodes, ports, subsets, dropped, because, source, file: 10; by edges 11, in a list of topologies 13
    const deep = `serviceVisibility(${from}, first: 1) { edges { node { ports { subsets { dropped { because { source { file } } } } } } } }`
    await answered(inVersion(deep))
    expect(await refused(`{ topologies(first: 1) { edges { node { version { ${deep} } } } } }`)).toBe('fields nest more than 12 deep')
    const shallow = `fragment Seen on TopologyVersion { ${deep} }`
    expect(await refused(`{ topologies(first: 1) { edges { node { version { ...Seen } } } } } ${shallow}`)).toBe(
      'fields nest more than 12 deep',
    )
  })

  it('may ask for the whole schema, as tools do', async () => {
    await answered(
      getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true, directiveIsRepeatable: true }),
    )
  })

  it('may not follow the schema in circles', async () => {
    const circle = times(8, () => 'fields { type {')
    const { status, body } = await graphql.ask(`{ __schema { types { ${circle} name ${'}'.repeat(16)} } } `)
    expect({ status, data: body.data }).toEqual({ status: 400, data: undefined })
  })

  it('has 2,000 tokens at most', async () => {
    const tokens = (fields: number): string => `{ ${times(fields, () => '__typename')} }`
    expect(await refused(tokens(1_999))).toContain('2000 tokens')
    await refused(`{ ${times(2_500, (index) => `a${index}: __typename`)} }`)
  })

  it('tells too many tokens from a mistake behind many', async () => {
    const codeOf = async (query: string): Promise<unknown> => {
      const { errors } = (await graphql.ask(query)).body as {
        readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[]
      }
      return errors?.[0]?.extensions?.code
    }
    expect(await codeOf(`{ ${times(2_000, () => '__typename')} }`)).toBe('TOO_COMPLEX')
    expect(await codeOf(`{ ${times(1_900, () => '__typename')} ? }`)).toBe('PARAMETER_INVALID')
    expect(await codeOf(`{ ${times(1_900, () => '__typename')} } }`)).toBe('PARAMETER_INVALID')
    expect(await codeOf('{ __typename @a(b: "\\q") }')).toBe('PARAMETER_INVALID')
  })

  it('has 64 KiB at most, comments included', async () => {
    await answered(`{ __typename } # ${'x'.repeat(60_000)}`)
    expect(await refused(`{ __typename } # ${'x'.repeat(66_000)}`)).toContain('longer than 65536')
  })

  it('has 50 aliases at most', async () => {
    await answered(`{ topology(name: "shop") ${aliases(50)} }`)
    expect(await refused(`{ topology(name: "shop") ${aliases(51)} }`)).toBe('more than 50 aliases')
  })

  it('has 50 directives at most', async () => {
    await answered(`{ topology(name: "shop") { ${times(50, () => '__typename @include(if: true)')} } }`)
    expect(await refused(`{ topology(name: "shop") { ${times(51, () => '__typename @include(if: true)')} } }`)).toBe(
      'more than 50 directives',
    )
    expect(await refused(`{ __typename ${times(51, () => '@skip(if: false)')} }`)).toBe('more than 50 directives')
  })

  it('has 10 fields at its root at most, those in fragments included', async () => {
    await answered(aliases(10))
    expect(await refused(aliases(11))).toBe('more than 10 fields at the root')
    expect(await refused(`{ ...A ... { ...A } } fragment A on Query ${aliases(6)}`)).toBe('more than 10 fields at the root')
  })

  it('nests brackets 60 deep at most, before anything reads it', async () => {
    expect(await refused(`{ topology(name: ${'['.repeat(20_000)}${']'.repeat(20_000)}) { name } }`)).toContain('nests brackets')
    expect(await refused(`query ($a: ${'['.repeat(61)}Int${']'.repeat(61)}) { __typename }`)).toContain('nests brackets')
    await answered(`{ __typename } # ${'['.repeat(100)}`)
    await answered(`{ topology(name: "${'['.repeat(100)}") { name } }`)
  })

  it('has 20 of its mistakes told, without names that it did not say', async () => {
    const { status, body } = await graphql.ask(
      `{ ${times(9, (index) => `topologi${index}`)} topology(name: "x") { ${times(40, (index) => `nam${index}`)} } }`,
    )
    expect(status).toBe(400)
    expect(body.errors.length).toBeLessThanOrEqual(21)
    expect(JSON.stringify(body)).not.toContain('Did you mean')
  })
})

describe('what answering may cost', () => {
  it('is bounded before anything runs: pages in pages', async () => {
    expect(await refused(page('versions(first: 100) { nodes { number } }'))).toMatch(/^answering this may cost 1\d{4}, more than 6000/)
    expect(
      await refused(
        page(
          'version { reachability(from: {}, to: { host: "x" }) { verdict } serviceVisibility(from: {}) { nodes { host } } findings { nodes { code } } }',
        ),
      ),
    ).toContain('may cost')
  })

  it('counts 20 items where `first` is not given', async () => {
    await answered('{ topologies { nodes { versions { nodes { number contentHash } } } } }')
    await refused('{ topologies { nodes { versions { nodes { services { nodes { host } } } } } } }')
  })

  it('counts fragments wherever they are spread', async () => {
    await refused(
      `{ topologies(first: 100) { ...T } } fragment T on TopologyConnection { nodes { ...V } } fragment V on Topology { versions(first: 100) { edges { node { number } } } }`,
    )
  })

  it('counts what variables say, each time anew', async () => {
    const query =
      'query ($outer: Int, $inner: Int = 100) { topologies(first: $outer) { nodes { versions(first: $inner) { nodes { number } } } } }'
    for (let round = 0; round < 3; round += 1) {
      await answered(query, { outer: 5, inner: 5 })
      await refused(query, { outer: 100, inner: 100 })
      await refused(query, { outer: 100 })
    }
  })

  it('lets a whole page of what a source sees and does not see through', async () => {
    const because = 'because { cluster kind namespace name path source { file line } }'
    await answered(
      inVersion(`serviceVisibility(${from}, endpoints: true, first: 100) {
        nodes { host namespace resolvesTo ${because} ports { number name protocol subsets { name tls
          endpoints { address port cluster network locality weight priority viaGateway health } dropped { address cluster reason ${because} } } } }
        pageInfo { hasNextPage endCursor }
        hidden(first: 100) { nodes { host namespace reason ${because} } pageInfo { hasNextPage endCursor } } }`),
    )
  })

  it('lets a page of everything that there is to read of 100 services through', async () => {
    const because = 'because { cluster kind namespace name path source { file line } }'
    const assumptions = `assumptions { code message general help ${because} }`
    const everything = `host namespace resolvesTo ${because} ports { number name protocol subsets { name tls
      endpoints { address port cluster network locality weight priority viaGateway health } dropped { address cluster reason ${because} } } }
      routes { route { cluster kind namespace name path source { file line } } applies message ${because} }`
    const hidden = `hidden(first: 100) { edges { cursor node { host namespace reason ${because} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`
    await answered(
      inVersion(`serviceVisibility(${from}, endpoints: true, first: 100) { edges { cursor node { ${everything} } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } ${assumptions} ${hidden} }`),
    )
  })

  it('bounds items and questions alike, however little or much is read of each', async () => {
    const versions = (first: number, fields: string): string => page(`versions(first: ${first}) { nodes { ${fields} } }`)
    for (const fields of ['number', 'number author']) {
      await answered(versions(57, fields))
      await refused(versions(58, fields))
    }
    await refused(versions(57, 'number author message'))
    const reach = `reach(of: { cluster: "west", namespace: "shop", workload: "web" }) { isolation }`
    await refused(inVersion(times(30, (index) => `q${index}: ${reach}`)))
  })

  it('lets ten questions through, but not hundreds', async () => {
    const question = (index: number): string => `q${index}: reachability(${from}, to: { host: "cart" }) { verdict steps { stage } }`
    await answered(inVersion(times(10, question)))
    await refused(page(`version { ${times(5, question)} }`))
  })
})

describe('attacks', () => {
  const bomb = (spread: (next: number) => string): string =>
    `{ ...F0 } ${times(60, (index) => `fragment F${index} on Query { ${spread(index + 1)} }`)} fragment F60 on Query { __typename }`
  const attacks: readonly (readonly [string, string])[] = [
    ['5,000 aliases', aliases(5_000)],
    ['one field 1,900 times', `{ ${times(1_900, () => '__typename')} }`],
    ['a field with a selection 480 times', `{ topology(name: "shop") { ${times(480, () => 'version { number }')} } }`],
    [
      'overlapping fragments',
      `{ ${times(180, (index) => `...O${index}`)} } ${times(180, (index) => `fragment O${index} on Query { __typename }`)}`,
    ],
    ['fragments that double', bomb((next) => `...F${next} ...F${next}`)],
    [
      'fragments that double in an answer',
      `${inVersion(`reachability(${from}, to: { host: "cart" }) { ...S0 }`)} fragment S50 on Reachability { steps { stage } }
       ${times(50, (index) => `fragment S${index} on Reachability { ...S${index + 1} ...S${index + 1} }`)}`,
    ],
    ['a cycle of fragments', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
    [
      'a fragment in itself',
      '{ topology(name: "shop") { ...T } } fragment T on Topology { version { ...V } } fragment V on TopologyVersion { ...V }',
    ],
    [
      'a fragment that nests itself',
      '{ topologies { ...T } } fragment T on TopologyConnection { nodes { versions { nodes { number } } } ...T }',
    ],
    ['a list in a list 20,000 deep', `{ topology(name: ${'['.repeat(20_000)}`],
    ['an object in an object 3,000 deep', `{ topology(name: ${'{a:'.repeat(3_000)}1${'}'.repeat(3_000)}) { name } }`],
    ['selections 3,000 deep', `${'{ a '.repeat(3_000)}${'}'.repeat(3_000)}`],
    ['a text that does not end', '{ topology(name: "'],
    ['a block text that does not end', `{ topology(name: """${'\\"""'.repeat(5_000)}`],
    ['2,000 variables', `query (${times(400, (index) => `$v${index}: Int`)}) { __typename }`],
    ['a number of 60,000 digits', `{ topologies(first: ${'9'.repeat(60_000)}) { nodes { name } } }`],
    ['a name of 60,000 letters', `{ ${'a'.repeat(60_000)} }`],
    ['60,000 commas', `{ ${','.repeat(60_000)} nothing }`],
    ['a subscription', 'subscription { topologies { nodes { name } } }'],
    ['a mutation', 'mutation { deleteTopology(name: "shop") }'],
    ['a type definition', 'type Query { a: Int }'],
    ['@defer', '{ topology(name: "shop") { ... @defer { name } } }'],
  ]

  it.each(attacks)('%s: are refused soon, each time, without a word about how', async (_what, query) => {
    for (let round = 0; round < 3; round += 1) {
      const started = performance.now()
      const { status, body } = await graphql.ask(query)
      expect(performance.now() - started).toBeLessThan(3_000)
      expect(status).toBe(400)
      expect(['PARAMETER_INVALID', 'TOO_COMPLEX']).toContain(body.errors[0].extensions.code)
      expect(JSON.stringify(body)).not.toMatch(/call stack|node_modules|\.js:|undefined/)
    }
    expect(graphql.logged).toEqual([])
  })

  it('with variables nested 100,000 deep are refused', async () => {
    const query = 'query ($to: DestinationInput!) { topology(name: "shop") { version { reachability(from: {}, to: $to) { verdict } } } }'
    const { status, body } = await graphql.send(
      `{"query":${JSON.stringify(query)},"variables":{"to":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    )
    expect(status).toBe(400)
    expect(body.errors[0].extensions.code).toBe('PARAMETER_INVALID')
  })
})

it('the schema has no name for what it does not do', () => {
  expect(readFileSync('src/graphql/schema.graphql', 'utf8')).not.toMatch(/\b(compare|whatIf|HypotheticalVersion|ChangeInput|Mutation)\b/)
})
