import { Readable } from 'node:stream'
import Type from 'typebox'
import { ProxyConfig, ProxyConfigQuestion } from '#engine/model/proxy-config'
import { readContent } from '#operations/documents/read-content'
import { askProxyConfig } from '#operations/questions/ask-proxy-config'
import type { RestDependencies, Routes } from './routes.js'
import { NoQuery, problems, VersionPath } from './shapes.js'

/** What proxies are given, streamed: the answer for a whole mesh is never held here, nor read. */
export function proxyConfigRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    operationId: 'askProxyConfig',
    summary: 'What do control planes give to this proxy, or to all of them?',
    tags: ['questions'],
    params: VersionPath,
    querystring: NoQuery,
    body: ProxyConfigQuestion,
    response: { 200: Type.Unsafe<Readable>(ProxyConfig), ...problems(404, 413, 415, 422) },
  }
  routes.post(
    '/topologies/:name/versions/:ref/proxy-config',
    {
      schema,
      // To name no source is to ask about all.
      preValidation: async (request) => {
        request.body ??= {}
      },
    },
    async ({ params, body }, reply) => {
      const content = await readContent(dependencies, { topology: params.name, ref: params.ref })
      const stretches = await askProxyConfig(dependencies, content, body)
      return reply.type('application/json; charset=utf-8').send(Readable.from(stretches, { objectMode: false }))
    },
  )
}
