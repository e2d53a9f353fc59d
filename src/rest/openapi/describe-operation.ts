import { errors } from '#engine/model/app-error'
import { TopologyDocument } from '#engine/model/topology-document'
import { ClusterBody, TopologyBody } from '../kubernetes-objects.js'
import { ProblemDocument } from '../problem-document.js'
import { type Examples, examples } from './examples.js'
import type { Media, Operation, Response } from './operation.js'

const documentBodies: Readonly<Record<string, object>> = {
  appendVersion: TopologyBody,
  validateDocument: TopologyBody,
  replaceCluster: ClusterBody,
}
/** Of which nothing said is something as well. */
const optionalBodies: ReadonlySet<string> = new Set(['putTopology', 'askProxyConfig'])
const text = { type: 'string' }
const problemType = 'application/problem+json'

const header = (name: string, description: string): object => ({ in: 'header', name, required: false, description, schema: text })
const writeHeaders = [
  header('If-Match', 'the newest version that the writer saw, such as `"42"`; the same as `expectedVersion`'),
  header('Idempotency-Key', 'of a request that may be sent again: it is carried out once'),
]
const readHeaders = [header('If-None-Match', 'entity tags of the states that the client has')]

const requestHeaders: Readonly<Record<string, readonly object[]>> = {
  appendVersion: writeHeaders,
  replaceCluster: writeHeaders,
  readVersion: readHeaders,
  readDocument: [...readHeaders, header('Accept', '`application/json` or `application/yaml`')],
}

const etag = { ETag: { description: 'this state; for a version its number, such as `"42"`', schema: text } }
const location = { Location: { description: 'address of what was made', schema: text } }
const responseHeaders: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  appendVersion: { ...etag, ...location },
  replaceCluster: { ...etag, ...location },
  putTopology: location,
  readTopology: etag,
  readVersion: etag,
  readDocument: etag,
  putTag: etag,
  listTopologies: { Link: { description: 'address of the next page, `rel="next"`', schema: text } },
  listVersions: { Link: { description: 'address of the next page, `rel="next"`', schema: text } },
}

const answerTypes: Readonly<Record<string, string>> = { readTopologySchema: 'application/schema+json', readRule: 'text/markdown' }

const wentWell: Readonly<Record<string, string>> = {
  200: 'the answer',
  201: 'made',
  204: 'gone',
  304: 'the client has this state',
}

/** What routes do not say of themselves: bodies that stay bytes, headers, media types of failures, examples, what a status means. */
export function describeOperation(operation: Operation): Operation {
  const id = operation.operationId ?? ''
  const example = examples[id]
  const parameters = [...(operation.parameters ?? []), ...(requestHeaders[id] ?? [])]
  const requestBody = describeBody(operation, documentBodies[id], example?.request)
  return {
    ...operation,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: Object.fromEntries(
      Object.entries(operation.responses).map(([status, response]) => [status, describeResponse(id, Number(status), response, example)]),
    ),
  }
}

function describeBody({ requestBody, operationId }: Operation, document: object | undefined, example: unknown): Operation['requestBody'] {
  if (document !== undefined) {
    return { required: true, content: { 'application/json': { schema: document, example }, 'application/yaml': { schema: document } } }
  }
  const json = requestBody?.content['application/json']
  return json && { required: !optionalBodies.has(operationId ?? ''), content: { 'application/json': { ...json, example } } }
}

function describeResponse(id: string, status: number, response: Response, example: Examples | undefined): Response {
  if (status >= 400) return { description: failures(status), content: failureContent(response) }
  const description = wentWell[status] ?? response.description
  const headers = responseHeaders[id]
  const content = response.content && contentOf(id, response.content, example?.answer)
  return { description, ...(headers && status < 300 ? { headers } : {}), ...(content ? { content } : {}) }
}

function contentOf(id: string, content: NonNullable<Response['content']>, example: unknown): Response['content'] {
  if (id === 'readDocument') {
    return { 'application/json': { schema: TopologyDocument, example }, 'application/yaml': { schema: TopologyDocument } }
  }
  const media: Media = { ...content['application/json'], example }
  return { [answerTypes[id] ?? 'application/json']: media }
}

/** A report whose status says FAIL is not a problem document; everything else that failed is. */
function failureContent({ content }: Response): NonNullable<Response['content']> {
  const schema = content?.['application/json']?.schema as { readonly title?: string; readonly anyOf?: readonly object[] } | undefined
  const problem = { [problemType]: { schema: ProblemDocument } }
  if (schema === undefined || schema.title === (ProblemDocument as { readonly title?: string }).title) return problem
  const [report] = schema.anyOf ?? [schema]
  return { 'application/json': { schema: report ?? schema }, ...(schema.anyOf === undefined ? {} : problem) }
}

const failures = (status: number): string =>
  Object.entries(errors)
    .filter(([, error]) => error.status === status)
    .map(([code, { title }]) => `\`${code}\`: ${title}`)
    .join('; ')
