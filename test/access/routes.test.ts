import { fastify, type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '#app'
import { type Deed, permissions } from '#access/permissions'
import { readConfig } from '#config'
import { createInProcessAnalyst } from '#analyst/in-process'
import { AppError } from '#engine/model/app-error'
import { createTelemetry } from '#telemetry'
import { guardRequests } from '#http/guard-requests'
import { type Answer, matrix } from './matrix.js'
import { type Role, roleNames, roles } from './roles.js'

interface Route {
  readonly method: string
  readonly url: string
}

const routes: Route[] = []
let app: FastifyInstance
beforeAll(async () => {
  const read = readConfig({ GRAPHIQL: 'true', EVENT_LOOP_DELAY_MS: '0' })
  if ('problems' in read) throw new Error(read.problems.join())
  app = await buildApp({
    config: read.config,
    telemetry: createTelemetry({ level: 'silent' }),
    store: { ping: () => Promise.resolve(), recordDenials: async () => {} } as never,
    analyst: createInProcessAnalyst(),
    now: () => 0,
    isDraining: () => false,
    identify: async ({ authorization }) => {
      const role = authorization as Role | undefined
      if (role === undefined) throw new AppError('UNAUTHENTICATED', 'who are you?')
      return roles[role]
    },
  })
  await app.ready()
  routes.push(...routesOf(app))
})
afterAll(() => app?.close())

/** Fastify prints a tree, in which a line continues the address of the line that it is indented under. */
function routesOf(instance: FastifyInstance): readonly Route[] {
  const above: string[] = []
  return instance
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', piece, methods = ''] = /^((?:[│ ] {3})*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line) ?? []
      if (piece === undefined) return []
      const depth = indent.length / 4
      const url = `${above[depth - 1] ?? ''}${piece}`
      above.splice(depth, above.length, url)
      return methods === '' ? [] : methods.split(', ').map((method) => ({ method, url }))
    })
}

const addressOf = (url: string): string =>
  url
    .replace(':name', 'shop')
    .replace(':ref', 'latest')
    .replace(':cluster', 'west')
    .replace(':tag', 'production')
    .replace(':code', 'REF101')
    .replace('tokens/:id', 'tokens/000000000000')
    .replace(':id', '00000000-0000-4000-8000-000000000000')
    .replace('*', 'nothing')

const ask = (role: Role | undefined, { method, url }: Pick<Route, 'method' | 'url'>) =>
  app.inject({ method: method as 'GET', url: addressOf(url), ...(role === undefined ? {} : { headers: { authorization: role } }) })

describe('every route', () => {
  it('is found', () => {
    expect(routes.filter(({ url }) => url.startsWith('/v1/')).length).toBeGreaterThan(20)
  })

  it('asks who is there, unless it shows nobody’s data', async () => {
    const open: string[] = []
    for (const route of routes) if ((await ask(undefined, route)).statusCode !== 401) open.push(route.url)
    expect([...new Set(open.filter((url) => !/^\/(docs.|graphiql)/.test(url)))].toSorted()).toEqual(
      [
        '/',
        '/docs',
        '/graphql/schema.graphql',
        '/livez',
        '/openapi.json',
        '/readyz',
        '/reasons/:code',
        '/rules/:code',
        '/schemas/topology.json',
      ].toSorted(),
    )
  })

  it('holds each role to its row before it takes a body', async () => {
    const held = routes.flatMap((route) => {
      const deed = deedOf(route)
      return deed === undefined ? [] : roleNames.map((role) => ({ route, role, expected: expectedAt(route, deed, role) }))
    })
    expect(held.length).toBeGreaterThan(100)
    const wrong: string[] = []
    for (const { route, role, expected } of held) {
      const answer = answerOf(await ask(role, route))
      if (answer !== expected) wrong.push(`${route.method} ${route.url} for a ${role}: ${answer}, not ${expected}`)
    }
    expect(wrong).toEqual([])
  })
})

/** What is asked of a version is asked at the version's address, where the topology is looked at first. */
function expectedAt({ url }: Route, deed: Deed, role: Role): Answer {
  const answer = matrix.find(([of, by]) => of === deed && by === role)?.[2] ?? 'FORBIDDEN'
  return answer === 'YES' && role === 'stranger' && url.includes(':name') ? 'NOT_FOUND' : answer
}

function answerOf({ statusCode, payload }: { readonly statusCode: number; readonly payload: string }): Answer {
  const { code } = statusCode === 403 || statusCode === 404 ? (JSON.parse(payload) as { readonly code: string }) : { code: '' }
  return code === 'FORBIDDEN' ? 'FORBIDDEN' : code === 'TOPOLOGY_NOT_FOUND' ? 'NOT_FOUND' : 'YES'
}

const deedOf = ({ method, url }: Route): Deed | undefined => {
  const { operationId } = (app.swagger() as unknown as Paths).paths[url.replaceAll(/:([a-z]+)/g, '{$1}')]?.[method.toLowerCase()] ?? {}
  return operationId !== undefined && operationId in permissions ? (operationId as Deed) : undefined
}

interface Paths {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>
}

describe('a route that nobody has decided about', () => {
  it('keeps the service from starting', () => {
    const bare = fastify()
    guardRequests(bare, async () => roles.reader, { denials: { note: () => {} } })
    expect(() => bare.get('/v1/secrets', async () => 'all')).toThrow('nobody has said who may use GET /v1/secrets')
  })
})
