import Type from 'typebox'
import { VersionSummary } from '#engine/model/stored/stored-version'
import { putTag } from '#operations/versions/put-tag'
import { etagHeader, etagOf } from './expected-version.js'
import { sample } from './openapi/sample.js'
import type { RestDependencies, Routes } from './routes.js'
import { NoQuery, problems, TopologyName } from './shapes.js'

const TagPath = Type.Object({
  name: TopologyName,
  tag: Type.String({ description: 'an environment, such as `production`; neither a number nor `latest`' }),
})

const TagTarget = Type.Object(
  {
    version: Type.Union([Type.Integer({ minimum: 1 }), Type.String({ pattern: '^(sha256:[0-9a-f]{64}|[-a-z0-9]{1,63})$' })], {
      description: 'a number, `latest`, another tag, or `sha256:…`',
    }),
  },
  { additionalProperties: false },
)

/** Names for versions that move: environments. */
export function tagRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    operationId: 'putTag',
    summary: 'Point a tag (an environment) at a version',
    tags: ['versions'],
    params: TagPath,
    querystring: NoQuery,
    body: TagTarget,
    response: { 200: VersionSummary, ...problems(404, 413, 415) },
    'x-notes': { answerHeaders: etagHeader, example: { request: { version: sample.version.number }, answer: sample.version } },
  }
  routes.put('/topologies/:name/tags/:tag', { schema }, async (request, reply) => {
    const { params, body } = request
    const version = await putTag(dependencies.of(request), { topology: params.name, ref: String(body.version) }, params.tag)
    return reply.header('etag', etagOf(version.number, version.tags)).send(version)
  })
}
