import { Readable } from 'node:stream'
import Type from 'typebox'
import { TopologyDocument } from '#engine/model/topology-document'
import { readDocument } from '#operations/documents/read-document'
import { readVersion } from '#operations/versions/read-version'
import { documentFormat } from './document-format.js'
import { etagHeader } from './expected-version.js'
import { notModified, readHeaders, sendNotModified } from './not-modified.js'
import { requestHeader } from './openapi/request-header.js'
import { sample } from './openapi/sample.js'
import type { RestDependencies, Routes } from './routes.js'
import { problems, VersionPath } from './shapes.js'

const FormatQuery = Type.Object(
  { format: Type.Optional(Type.Enum(['json', 'yaml'], { description: 'wins over `Accept`' })) },
  { additionalProperties: false },
)

const notes = {
  requestHeaders: [...readHeaders, requestHeader('Accept', '`application/json` or `application/yaml`')],
  answerHeaders: etagHeader,
  document: { answer: TopologyDocument },
  example: { answer: sample.document },
}

const immutable = /^(\d+|sha256:.*)$/

/** A version's document, streamed as it is stored. */
export function documentRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    operationId: 'readDocument',
    summary: 'The document in normal form, as JSON or YAML',
    tags: ['versions'],
    params: VersionPath,
    querystring: FormatQuery,
    response: { 200: Type.Unsafe<Readable>({ type: 'object', title: 'Document' }), 304: Type.Null(), ...problems(404, 406) },
    'x-notes': notes,
  }
  routes.get('/topologies/:name/versions/:ref/document', { schema }, async (request, reply) => {
    const { name: topology, ref } = request.params
    const format = documentFormat(request.headers.accept, request.query.format)
    const needs = dependencies.of(request)
    const { summary, content } = await readVersion(needs, { topology, ref })
    reply.header('vary', 'accept').header('content-location', `/v1/topologies/${topology}/versions/${summary.number}/document`)
    const keeps = immutable.test(ref) ? 'FOR_EVER' : 'CHANGES'
    if (notModified(request, reply, keeps, `"${summary.contentHash}.${format}"`)) return sendNotModified(reply)
    reply.type(format === 'JSON' ? 'application/json; charset=utf-8' : 'application/yaml; charset=utf-8')
    return reply.send(Readable.from(readDocument(needs, content, format), { objectMode: false }))
  })
}
