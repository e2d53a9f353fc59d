import Type from 'typebox'
import { VersionSummary } from '#engine/model/stored/stored-version'
import { listVersions } from '#operations/versions/list-versions'
import { readVersion } from '#operations/versions/read-version'
import { notModified, readHeaders, sendNotModified } from './not-modified.js'
import { sample } from './openapi/sample.js'
import { pageAnswer, pageHeaders } from './page-answer.js'
import { etagHeader, etagOf } from './expected-version.js'
import type { RestDependencies, Routes } from './routes.js'
import { listOf, NoQuery, PageQuery, problems, TopologyPath, VersionPath } from './shapes.js'

const tags = ['versions']

/** Versions without their documents: list and read. */
export function versionRoutes(routes: Routes, dependencies: RestDependencies): void {
  const list = {
    operationId: 'listVersions',
    summary: 'Versions, the newest first',
    tags,
    params: TopologyPath,
    querystring: PageQuery,
    response: { 200: listOf(VersionSummary), ...problems(404) },
    'x-notes': {
      answerHeaders: pageHeaders,
      example: { answer: { items: [sample.version], page: { nextCursor: 'dmVyc2lvbnM6Mw', hasMore: true } } },
    },
  }
  routes.get('/topologies/:name/versions', { schema: list }, async (request, reply) =>
    pageAnswer(request, reply, await listVersions(dependencies.of(request), request.params.name, request.query)),
  )

  const read = {
    operationId: 'readVersion',
    summary: 'A version, without its document',
    tags,
    params: VersionPath,
    querystring: NoQuery,
    response: { 200: VersionSummary, 304: Type.Null(), ...problems(404) },
    'x-notes': { requestHeaders: readHeaders, answerHeaders: etagHeader, example: { answer: sample.version } },
  }
  routes.get('/topologies/:name/versions/:ref', { schema: read }, async (request, reply) => {
    const { name: topology, ref } = request.params
    const { summary } = await readVersion(dependencies.of(request), { topology, ref })
    // Tags move, so that the summary of even a numbered version changes.
    return notModified(request, reply, 'CHANGES', etagOf(summary.number, summary.tags)) ? sendNotModified(reply) : reply.send(summary)
  })
}
