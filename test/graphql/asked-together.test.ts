import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBookinfo } from './open-bookinfo.js'
import type { OpenGraphql } from './open-graphql.js'

let graphql: OpenGraphql
/** Kinds of questions that the analyst was asked, one after the other. */
let asked: string[] = []
beforeAll(async () => {
  graphql = await openBookinfo((dependencies) => {
    const { analyst } = dependencies
    return {
      ...dependencies,
      analyst: {
        ...analyst,
        write: (kind, question, room, ...about) => {
          asked.push(kind === 'each' ? `each of ${(question as { readonly of: string }).of}` : kind)
          return analyst.write(kind, question, room, ...about)
        },
      },
    }
  })
})
afterAll(() => graphql?.close())

async function kindsAskedBy(fields: string): Promise<readonly string[]> {
  asked = []
  const { body } = await graphql.ask(`{ topology(name: "bookinfo") { version { ${fields} } } }`)
  expect(body.errors).toBeUndefined()
  return asked.toSorted()
}

const ofService = `runsIn { name } callers(first: 3) { nodes { verdict } } reach(first: 3) { nodes { verdict } } findings(first: 3) { nodes { code } }
  routes { state } identities { spiffeId } source { name } labels { name } annotations { name }`
const ofWorkload =
  'runsIn { name } managedBy { name } identity { spiffeId } source { name } labels { name } visible(first: 2) { nodes { host } hidden(first: 2) { nodes { host } } } reach(first: 2) { nodes { verdict } }'

describe('what is asked for every item of a page is one question of the analyst for each kind', () => {
  it('of services', async () => {
    const page = (first: number): Promise<readonly string[]> => kindsAskedBy(`services(first: ${first}) { nodes { ${ofService} } }`)
    const one = await page(1)
    expect(one).toEqual(['each of callers', 'each of reach', 'findings', 'inventory', 'serviceFacts', 'services'])
    for (const first of [2, 3, 4]) expect(await page(first)).toEqual(one)
  })

  it('of workloads', async () => {
    const page = (first: number): Promise<readonly string[]> => kindsAskedBy(`workloads(first: ${first}) { nodes { ${ofWorkload} } }`)
    const one = await page(1)
    expect(one).toEqual(['each of hidden', 'each of reach', 'each of visibility', 'inventory', 'workloadFacts', 'workloads'])
    for (const first of [2, 3, 9]) expect(await page(first)).toEqual(one)
  })

  it('of workloads behind services', async () => {
    const page = (first: number): Promise<readonly string[]> =>
      kindsAskedBy(`services(first: ${first}) { nodes { workloads(first: 5) { nodes { runsIn { name } identity { spiffeId } } } } }`)
    const one = await page(1)
    expect(one).toEqual(['inventory', 'serviceFacts', 'services', 'workloadFacts'])
    for (const first of [2, 4]) expect(await page(first)).toEqual(one)
  })

  it('and under two names, with different arguments, still one', async () => {
    expect(
      await kindsAskedBy(
        'services(first: 3) { nodes { a: callers(by: WORKLOAD) { nodes { verdict } } b: callers(port: 9080) { nodes { verdict } } } }',
      ),
    ).toEqual(['each of callers', 'services'])
  })
})

describe('one question that cannot be asked', () => {
  it('leaves the others of its page answered', async () => {
    const { body } = await graphql.ask(
      `{ topology(name: "bookinfo") { version { services(first: 2) { nodes { a: callers(at: "yesterday") { nodes { verdict } } b: callers { totals { count } } } } } } }`,
    )
    const { services } = (
      body.data as { readonly topology: { readonly version: { readonly services: { readonly nodes: readonly object[] } } } }
    ).topology.version
    expect(services.nodes).toMatchObject([{ a: null }, { a: null }])
    expect(services.nodes.every((node) => (node as { readonly b: unknown }).b !== null)).toBe(true)
    expect(body.errors.map(({ path }) => path?.slice(-3))).toEqual([
      ['nodes', 0, 'a'],
      ['nodes', 1, 'a'],
    ])
  })
})
