import { errors } from '#engine/model/app-error'
import { accessOf } from './access-of.js'
import { ProblemDocument } from '../problem-document.js'
import { sampleOperation } from './sample-operation.js'
import type { Media, NotedOperation, Operation, Response } from './operation.js'
import { answerHeader } from './request-header.js'
import type { RouteNotes } from './route-notes.js'

const problemType = 'application/problem+json'

const locationHeader = { Location: answerHeader('address of the operation') }

const wentWell: Readonly<Record<string, string>> = {
  200: 'the answer',
  201: 'made',
  202: 'begun: `Location` says where to ask for it',
  204: 'gone',
  304: 'the client has this state',
}

/** What schemas do not say: who may use the route, its own notes, media types of failures, what a status means. */
export function describeOperation({ 'x-notes': notes = {}, ...operation }: NotedOperation, path: string): Operation {
  const { refusals, ...access } = accessOf(operation.operationId, path)
  const parameters = [...(operation.parameters ?? []), ...(notes.requestHeaders ?? [])]
  const requestBody = describeBody(operation, notes)
  return {
    ...operation,
    ...access,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: Object.fromEntries(
      Object.entries<Response>({ ...operation.responses, ...refusals }).map(([status, response]) => [
        status,
        describeResponse(Number(status), response, notes),
      ]),
    ),
  }
}

function describeBody({ requestBody }: Operation, notes: RouteNotes): Operation['requestBody'] {
  const { document, files = false, requestType, bodyOptional = false, example } = notes
  if (requestType !== undefined) return { required: true, content: { [requestType]: { schema: { type: 'string', format: 'binary' } } } }
  if (document?.request !== undefined)
    return { required: !bodyOptional, content: { ...jsonOrYaml(document.request, example?.request), ...(files ? filesOf : {}) } }
  const json = requestBody?.content['application/json']
  return json && { required: !bodyOptional, content: { 'application/json': { ...json, example: example?.request } } }
}

function describeResponse(status: number, response: Response, notes: RouteNotes): Response {
  if (status >= 400) return { description: failures(status), content: failureContent(response) }
  const description = wentWell[status] ?? response.description
  if (status === 202)
    return {
      description,
      headers: { ...locationHeader },
      content: { 'application/json': { ...response.content?.['application/json'], example: sampleOperation } },
    }
  const { answerHeaders: headers } = notes
  const content = response.content && contentOf(response.content, notes)
  return { description, ...(headers && status < 300 ? { headers } : {}), ...(content ? { content } : {}) }
}

function contentOf(
  content: NonNullable<Response['content']>,
  { document, answerType = 'application/json', otherTypes = [], example }: RouteNotes,
): Response['content'] {
  if (document?.answer !== undefined) return jsonOrYaml(document.answer, example?.answer)
  return {
    [answerType]: { ...content['application/json'], example: example?.answer },
    ...Object.fromEntries(otherTypes.map((type) => [type, { schema: { type: 'string' } }])),
  }
}

const jsonOrYaml = (schema: object, example: unknown): Readonly<Record<string, Media>> => ({
  'application/json': { schema, example },
  'application/yaml': { schema },
})

const archive = { schema: { type: 'string', format: 'binary', description: 'a tar archive, packed with gzip or not' } }

const file = { type: 'string', format: 'binary' }

/** Several files at once. */
const filesOf: Readonly<Record<string, Media>> = {
  'application/gzip': archive,
  'application/x-tar': archive,
  'multipart/form-data': {
    schema: {
      type: 'object',
      properties: {
        document: { ...file, description: 'the topology document' },
        file: { type: 'array', items: file, description: 'files that it includes or, without a document, of one cluster’s objects' },
        assertions: { ...file, description: 'of a report: assertions to hold it to besides those of the document' },
      },
    },
  },
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
