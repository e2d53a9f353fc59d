import Type from 'typebox'
import { CreatedToken, TokenRequest, TokenSummary } from '#engine/model/access/token'
import { createToken } from '#operations/tokens/create-token'
import { listTokens } from '#operations/tokens/list-tokens'
import { revokeToken } from '#operations/tokens/revoke-token'
import { sample } from '../openapi/sample.js'
import { pageAnswer, pageHeaders } from '../page-answer.js'
import type { RestDependencies, Routes } from '../routes.js'
import { listOf, NoQuery, PageQuery, problems } from '../shapes.js'

const TokenPath = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{12}$', description: 'id of the token' }) })

const about = { tags: ['access'] }
const summary = {
  id: '5f2c8a1e90b7',
  name: 'the pipeline of shop',
  scopes: ['write'],
  topologies: ['shop', 'shop-*'],
  tenants: null,
  createdAt: sample.topology.createdAt,
  createdBy: 'token:admin-file',
  expiresAt: '2027-03-01T00:00:00.000Z',
  revokedAt: null,
}
const token = `slt_${'0'.repeat(49)}`

/** API tokens: made, listed and ended. */
export function tokenRoutes(routes: Routes, dependencies: RestDependencies): void {
  const create = {
    ...about,
    operationId: 'createToken',
    summary: 'Make an API token, which is told in this answer alone',
    querystring: NoQuery,
    body: TokenRequest,
    response: { 201: CreatedToken, ...problems(413, 415) },
    'x-notes': {
      example: { request: { name: summary.name, scopes: summary.scopes, topologies: summary.topologies }, answer: { ...summary, token } },
    },
  }
  routes.post('/tokens', { schema: create }, async (request, reply) => {
    const created = await createToken(dependencies.of(request), request.body)
    return reply.code(201).header('cache-control', 'no-store').send(created)
  })

  const list = {
    ...about,
    operationId: 'listTokens',
    summary: 'API tokens by id, without what they are',
    querystring: PageQuery,
    response: { 200: listOf(TokenSummary), ...problems() },
    'x-notes': { answerHeaders: pageHeaders, example: { answer: { items: [summary], page: sample.lastPage } } },
  }
  routes.get('/tokens', { schema: list }, async (request, reply) =>
    pageAnswer(request, reply, await listTokens(dependencies.of(request), request.query)),
  )

  const revoke = {
    ...about,
    operationId: 'revokeToken',
    summary: 'End an API token: it is not taken any more within five seconds',
    params: TokenPath,
    querystring: NoQuery,
    response: { 204: Type.Null(), ...problems(404) },
  }
  routes.delete('/tokens/:id', { schema: revoke }, async (request, reply) => {
    await revokeToken(dependencies.of(request), request.params.id)
    return reply.code(204).send(null)
  })
}
