import { readFileSync } from 'node:fs'
import { buildSchema, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { costOf } from '#graphql/cost'
import { graphqlLimits } from '#graphql/graphql-limits'
import { openBookinfo } from './open-bookinfo.js'
import type { OpenGraphql } from './open-graphql.js'

const page = readFileSync('docs/service-page.md', 'utf8')
const block = (kind: string): string => new RegExp(`^\`\`\`${kind}\\n([^]*?)^\`\`\``, 'm').exec(page)?.[1] ?? ''
const query = block('graphql')
const variables = JSON.parse(/`(\{ "topology".*?\})`/.exec(page)?.[1] ?? '') as Readonly<Record<string, string>>

let graphql: OpenGraphql
beforeAll(async () => {
  graphql = await openBookinfo()
})
afterAll(() => graphql?.close())

describe('the page about a service', () => {
  it('shows one query and the answer that it has', async () => {
    const { status, body } = await graphql.ask(query, variables)
    expect(status).toBe(200)
    expect(body).toEqual(JSON.parse(block('json')))
  })

  it('which costs a quarter of what a query may, at most', () => {
    const { cost, fixed } = costOf(buildSchema(readFileSync('src/graphql/schema.graphql', 'utf8')), parse(query), undefined)
    expect(fixed).toBe(true)
    expect(cost).toBeLessThan(graphqlLimits.cost / 4)
  })
})
