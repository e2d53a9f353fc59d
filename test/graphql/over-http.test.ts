import { auditServer, serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphqlType, type OpenGraphql, openGraphql } from './open-graphql.js'

let graphql: OpenGraphql
beforeAll(async () => {
  graphql = await openGraphql()
})
afterAll(() => graphql?.close())

const code = 'PARAMETER_INVALID'

describe('GraphQL over HTTP, as its public audits have it', () => {
  it('has 61 audits to pass', () => expect(serverAudits({ url: 'http://127.0.0.1' })).toHaveLength(61))

  it.each([
    ['without a header of its own', {}],
    ['with the header that makes browsers ask first', { 'mercurius-require-preflight': '1' }],
  ])('passes each of them %s', async (_which, own) => {
    const fetchFn = (url: string, init?: RequestInit): Promise<Response> =>
      fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), ...own } })
    const results = await auditServer({ url: graphql.url, fetchFn })
    expect(results.filter(({ status }) => status !== 'ok').map(({ id, name, status }) => `${status} ${id} ${name}`)).toEqual([])
    expect(results).toHaveLength(61)
  })
})

describe('requests that are not GraphQL', () => {
  it.each([
    ['several operations at once', [{ query: '{ __typename }' }]],
    ['no query', {}],
    ['a query that is no text', { query: 7 }],
    ['a name that is no text', { query: '{ __typename }', operationName: 7 }],
    ['variables in a list', { query: '{ __typename }', variables: [] }],
    ['extensions in a text', { query: '{ __typename }', extensions: 'x' }],
    ['JSON that does not end', '{ "query": '],
    ['keys that change prototypes', '{ "query": "{ __typename }", "variables": { "__proto__": { "x": 1 } } }'],
  ])('are refused with 400: %s', async (_what, body) => {
    const { status, body: answer } = await graphql.send(body)
    expect({ status, code: answer.errors[0].extensions.code }).toEqual({ status: 400, code })
    expect(answer).not.toHaveProperty('data')
  })

  it('are refused by what is wrong with them', async () => {
    expect(await graphql.send('query', { 'content-type': 'application/xml' })).toMatchObject({
      status: 415,
      body: { errors: [{ extensions: { code: 'MEDIA_TYPE_UNSUPPORTED' } }] },
    })
    expect(await graphql.send({ query: `{ __typename } # ${'x'.repeat(1_100_000)}` })).toMatchObject({
      status: 413,
      body: { errors: [{ extensions: { code: 'BODY_TOO_LARGE' } }] },
    })
    expect(await graphql.send({ query: '{ __typename }' }, { accept: 'text/html' })).toMatchObject({
      status: 406,
      body: { errors: [{ extensions: { code: 'NOT_ACCEPTABLE' } }] },
    })
  })

  it.each(['{ "query": "{ __typename }" }', 'query={ __typename }'])('are refused when a form could have sent them: %s', async (body) => {
    expect((await graphql.send(body, { 'content-type': 'text/plain' })).status).toBe(400)
    expect((await graphql.send(body, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415)
  })

  it.each(['cross-site', 'same-site'])('are refused when a %s page made a browser send them without asking first', async (site) => {
    const query = { query: '{ __typename }' }
    expect(await graphql.find(query, { 'sec-fetch-site': site })).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code } }] },
    })
    expect((await graphql.find(query, { 'sec-fetch-site': site, 'mercurius-require-preflight': '1' })).status).toBe(200)
    expect((await graphql.find(query, { 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  it('are refused as documents when they hold a syntax tree in JSON', async () => {
    const tree = '{"kind":"Document","definitions":[]}'
    for (const query of [tree, ` ${tree}`, '{}', '[]', '1', 'null', '"x"', '']) {
      const { status, body } = await graphql.ask(query)
      expect({ query, status, code: body.errors[0].extensions.code }).toEqual({ query, status: 400, code })
    }
  })
})

describe('media types', () => {
  it('is the one accepted, with the status that belongs to it', async () => {
    const wrong = { query: '{ nothing }' }
    expect(await graphql.send(wrong)).toMatchObject({ status: 400, type: `${graphqlType}; charset=utf-8` })
    expect(await graphql.send(wrong, { accept: 'application/json' })).toMatchObject({
      status: 200,
      type: 'application/json; charset=utf-8',
    })
    expect((await graphql.send(wrong, { accept: `application/json;q=0.5, ${graphqlType}` })).type).toContain(graphqlType)
  })
})

describe('documents of several operations', () => {
  const query = 'query One { one: __typename } query Two { two: __typename }'

  it('run the one that is named, compiled or not', async () => {
    for (let round = 0; round < 4; round += 1) {
      expect((await graphql.send({ query, operationName: 'One' })).body).toEqual({ data: { one: 'Query' } })
      expect((await graphql.send({ query, operationName: 'Two' })).body).toEqual({ data: { two: 'Query' } })
    }
  })

  it('are refused, by POST and GET, when none is named or there is no such one', async () => {
    for (const request of [{ query }, { query, operationName: 'Three' }, { query, operationName: '\n} { __typename' }]) {
      for (const { status, body } of [await graphql.send(request), await graphql.find(request)]) {
        expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 400, code })
      }
    }
    expect(graphql.logged).toEqual([])
  })
})

describe('variables of the wrong type', () => {
  it('are refused each time alike, before and after the query is compiled', async () => {
    const query = 'query ($name: String!) { topology(name: $name) { name } }'
    for (let round = 0; round < 4; round += 1) {
      const { status, body } = await graphql.ask(query, { name: 7 })
      expect({ status, code: body.errors[0].extensions.code, data: body.data }).toEqual({ status: 400, code, data: undefined })
    }
    expect(await graphql.find({ query, variables: '{ "name": ' })).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code } }] },
    })
    expect(await graphql.find({ query, variables: '{ "name": "shop" }' })).toMatchObject({ body: { data: { topology: { name: 'shop' } } } })
  })
})
