import { readFileSync } from 'node:fs'
import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identifyNobody } from '#access/identify'
import { operator } from '#access/operator'
import { buildApp } from '#app'
import { readConfig } from '#config'
import type { Dependencies } from '#operations/dependencies'
import { registerRest } from '#rest/register-rest'
import { createTelemetry } from '#telemetry'
import { fastify } from 'fastify'

interface Media {
  readonly schema: object
  readonly example?: unknown
}
interface Answer {
  readonly description: string
  readonly content?: Readonly<Record<string, Media>>
}
interface Parameter {
  readonly in: string
  readonly name: string
  readonly required?: boolean
}
interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> }
  readonly responses: Readonly<Record<string, Answer>>
  readonly security: readonly object[]
  readonly 'x-scope'?: string
}
interface OpenApi {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

const untouched = { store: {} as Dependencies['store'], analyst: {} as Dependencies['analyst'], now: () => 0 }
let app: Awaited<ReturnType<typeof buildApp>>
let description: OpenApi
beforeAll(async () => {
  // However busy the machine is, there is only one thing to answer here.
  const read = readConfig({ EVENT_LOOP_DELAY_MS: '0' })
  if ('problems' in read) throw new Error(read.problems.join())
  app = await buildApp({
    ...untouched,
    config: read.config,
    telemetry: createTelemetry({ level: 'silent' }),
    isDraining: () => false,
    identify: identifyNobody,
  })
  description = (await app.inject('/openapi.json')).json()
})
afterAll(() => app?.close())

const operations = (): (Operation & { readonly route: string; readonly path: string })[] =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, route: `${method.toUpperCase()} ${path}` })),
  )

/** With every reference followed, so that a validator can be made of it. */
const whole = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(whole)
  if (typeof value !== 'object' || value === null) return value
  const reference = (value as { readonly $ref?: string }).$ref
  if (reference === undefined) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, whole(each)]))
  const name = reference.replace('#/components/schemas/', '')
  expect(Object.keys(description.components.schemas)).toContain(name)
  return whole(description.components.schemas[name])
}

const media = () =>
  operations().flatMap(({ operationId, requestBody, responses }) => [
    ...Object.entries(requestBody?.content ?? {}).map(([type, each]) => ({ where: `${operationId} request ${type}`, ...each })),
    ...Object.entries(responses).flatMap(([status, { content }]) =>
      Object.entries(content ?? {}).map(([type, each]) => ({ where: `${operationId} ${status} ${type}`, ...each })),
    ),
  ])

describe('the OpenAPI description', () => {
  it('has every route of REST, and nothing else', async () => {
    const bare = fastify()
    const routes: string[] = []
    bare.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${url.replaceAll(/:([a-z]+)/g, '{$1}')}`)
    })
    await registerRest(bare, { of: () => ({ ...untouched, caller: operator }), now: () => 0, limits: {} as never })
    expect(
      operations()
        .map(({ route }) => route)
        .toSorted(),
    ).toEqual(routes.toSorted())
    await bare.close()
  })

  it('says who may use what, and how the others are refused', () => {
    const told = operations().map(({ operationId, security, responses, ...more }) => ({
      operationId,
      security,
      scope: more['x-scope'],
      refusals: ['401', '403', '429'].filter((status) => status in responses),
    }))
    expect(told.filter(({ security }) => security.length === 0)).toEqual(
      ['readTopologySchema', 'readRule', 'readReason'].map((operationId) => ({
        operationId,
        security: [],
        scope: undefined,
        refusals: [],
      })),
    )
    for (const { operationId, security, refusals } of told.filter((one) => one.security.length > 0))
      expect([security, refusals]).toEqual([[{ token: [] }], operationId === 'readLimits' ? ['401', '429'] : ['401', '403', '429']])
    const scopeOf = (id: string): unknown => told.find(({ operationId }) => operationId === id)?.scope
    expect(['askTrust', 'appendVersion', 'deleteTopology', 'readOperation'].map(scopeOf)).toEqual(['read', 'write', 'admin', undefined])
    expect(description.components).toMatchObject({ securitySchemes: { token: { type: 'http', scheme: 'bearer' } } })
  })

  it('refers to a shape by its name where a field says what it means there, too', () => {
    const { AssertionHeader } = description.components.schemas as Readonly<Record<string, { readonly properties: object }>>
    expect(AssertionHeader?.properties).toMatchObject({
      expect: { $ref: '#/components/schemas/Verdict', description: 'The verdict that is right.' },
    })
  })

  it('is OpenAPI 3.1 with a title, a version and a licence', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
    expect(description).toMatchObject({ openapi: '3.1.0', info: { title: 'Sightline', version, license: { name: 'Apache-2.0' } } })
  })

  it('names every operation once, says what it does, and puts it under a heading that is described', () => {
    const ids = operations().map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const headings = description.tags.map(({ name }) => name)
    for (const { route, summary, tags } of operations()) {
      expect(summary, route).toMatch(/^[A-Z].*[^.]$/)
      expect(headings, route).toEqual(expect.arrayContaining([...tags]))
    }
  })

  it('states each part of a path as a parameter, and no parameter twice', () => {
    for (const { route, path, parameters = [] } of operations()) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path')
      expect(inPath.map(({ name }) => name).toSorted(), route).toEqual(
        [...path.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name).toSorted(),
      )
      expect(
        inPath.every(({ required }) => required === true),
        route,
      ).toBe(true)
      const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`)
      expect(new Set(keys).size, route).toBe(keys.length)
    }
  })

  it('says of every operation how it succeeds and how it fails', () => {
    for (const { route, responses } of operations()) {
      const statuses = Object.keys(responses).map(Number)
      expect(
        statuses.some((status) => status < 300),
        route,
      ).toBe(true)
      if (route.includes('/v1/')) expect(statuses, route).toEqual(expect.arrayContaining([400, 500, 503]))
      for (const [status, { description: told }] of Object.entries(responses))
        expect(told, `${route} ${status}`).not.toMatch(/^(Default Response)?$/)
    }
  })

  it('describes failures as problem documents', () => {
    for (const { route, responses } of operations()) {
      for (const [status, { content }] of Object.entries(responses)) {
        if (Number(status) < 400) continue
        const problem = content?.['application/problem+json']?.schema
        // Only a report that says FAIL is no problem document.
        if (problem === undefined) expect(`${route} ${status}`).toBe('POST /v1/topologies/{name}/versions/{ref}/validate 422')
        else expect(problem, route).toEqual({ $ref: '#/components/schemas/Problem' })
      }
    }
  })

  it('takes a body wherever a service does, a document in both its forms', () => {
    const types = Object.fromEntries(
      operations().map(({ operationId, requestBody }) => [operationId, Object.keys(requestBody?.content ?? {})]),
    )
    const document = ['application/json', 'application/yaml']
    const files = ['application/gzip', 'application/x-tar', 'multipart/form-data']
    const json = ['application/json']
    expect(types).toEqual({
      listTopologies: [],
      createToken: json,
      listAudit: [],
      listTokens: [],
      revokeToken: [],
      putTopology: json,
      readTopology: [],
      deleteTopology: [],
      listVersions: [],
      readVersion: [],
      readDocument: [],
      putTag: json,
      appendVersion: [...document, ...files],
      replaceCluster: document,
      validateDocument: [...document, ...files],
      validateVersion: document,
      checkCandidate: [...document, ...files],
      pruneVersions: json,
      verifyStore: [],
      backUpStore: [],
      restoreStore: ['application/x-tar'],
      readOperation: [],
      listenToOperation: [],
      cancelOperation: [],
      askReachability: json,
      askVisibility: json,
      askTrust: json,
      askProxyConfig: json,
      askCallers: json,
      askReach: json,
      askIsolation: json,
      askEffectivePolicy: json,
      readLimits: [],
      readRule: [],
      readReason: [],
      readTopologySchema: [],
    })
  })

  it('has only schemas that a validator can be made of, every reference leading somewhere', () => {
    for (const { where, schema } of media()) expect(() => Compile(whole(schema) as never), where).not.toThrow()
    const used = new Set(JSON.stringify(description).match(/(?<=#\/components\/schemas\/)\w+/g))
    expect(Object.keys(description.components.schemas).filter((name) => !used.has(name))).toEqual([])
  })

  it('shows an example of every body and every answer that goes well, and each is true', () => {
    for (const { where, schema, example } of media()) {
      if (example === undefined)
        expect(where).toMatch(/yaml$|gzip$|tar$|form-data$|sarif\+json$|xml$|markdown$|plain$|problem\+json$| 4\d\d /)
      else expect([...Compile(whole(schema) as never).Errors(example)], where).toEqual([])
    }
  })
})

describe('the pages of the service itself', () => {
  it.each([
    ['/openapi.json', 'application/json'],
    ['/schemas/topology.json', 'application/schema+json'],
    ['/docs', 'text/html'],
  ])('%s is served as %s', async (path, type) => {
    const answer = await app.inject(path)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toContain(type)
  })

  it('the document’s schema takes a document and refuses a misspelt one', async () => {
    const validator = Compile((await app.inject('/schemas/topology.json')).json())
    expect(validator.Check({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: 'west' }] })).toBe(true)
    expect(validator.Check({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ nmae: 'west' }] })).toBe(false)
  })
})
