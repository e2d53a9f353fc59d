import type { FastifyRequest } from 'fastify'
import { AppError } from '#engine/model/app-error'
import type { AppendRequest } from '#operations/versions/append-version'
import { mediaTypeOf, mediaTypes } from './media-types.js'
import { readArchive } from './read-archive.js'
import { type Part, readParts } from './read-parts.js'
import { uploadOfFiles } from './upload-of-files.js'
import { bodyMissing, uploadFault } from './upload-fault.js'

type Upload = AppendRequest['upload']

/** What a request brings: the document or its files, and assertions beside them. */
export interface Uploaded {
  readonly upload: Upload
  readonly assertions?: SentText
}

type SentText = Pick<Upload, 'body' | 'mediaType' | 'name'>

/** The document in the body, or the objects of `cluster`: plain, as an archive, or as a form; the bytes are handed on and gone afterwards. */
export async function uploadedBy(request: FastifyRequest, cluster = 'default'): Promise<Uploaded> {
  const { body, headers, routeOptions } = request
  if (!Buffer.isBuffer(body) || body.length === 0) throw bodyMissing()
  const type = headers['content-type']
  switch (mediaTypes.get(mediaTypeOf(type))) {
    case 'ARCHIVE': {
      const { files, links } = await readArchive(body, routeOptions.bodyLimit ?? body.length)
      return { upload: uploadOfFiles(files, links, cluster) }
    }
    case 'PARTS':
      return ofParts(readParts(body, type ?? ''), cluster)
    default:
      return { upload: plainUpload(request, cluster) }
  }
}

/** Where one text is expected: no archive, and no form. */
export function plainUpload({ body, headers }: FastifyRequest, cluster = 'default'): Upload {
  if (!Buffer.isBuffer(body) || body.length === 0) throw bodyMissing()
  const type = mediaTypeOf(headers['content-type'])
  const written = mediaTypes.get(type)
  if (written === 'JSON' || written === 'YAML')
    return { body, cluster, mediaType: written === 'JSON' ? 'application/json' : 'application/yaml' }
  throw new AppError('MEDIA_TYPE_UNSUPPORTED', `a body of type \`${type}\` is not taken here: send JSON or YAML`)
}

/** Assertions in the body, where nothing else is asked for; nothing said is something as well. */
export function sentAssertions(request: FastifyRequest): SentText | undefined {
  const { body } = request
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined
  const { cluster: _, ...text } = plainUpload(request)
  return text
}

/** Only a report is held to assertions that are sent along. */
export async function uploadedAlone(request: FastifyRequest, cluster?: string): Promise<Upload> {
  const { upload, assertions } = await uploadedBy(request, cluster)
  if (assertions === undefined) return upload
  throw uploadFault('PART_UNKNOWN', 'the part `assertions` is for reports; here the assertions of the document itself count')
}

const known = ['document', 'assertions', 'file'] as const

function ofParts(parts: readonly Part[], cluster: string): Uploaded {
  const unknown = parts.find(({ name }) => !(known as readonly string[]).includes(name))
  if (unknown !== undefined) {
    const names = known.map((name) => `\`${name}\``).join(', ')
    throw uploadFault(
      'PART_UNKNOWN',
      `there is no part \`${unknown.name.slice(0, 100)}\`; there are ${names}, the last as often as there are files`,
    )
  }
  const assertions = only(parts, 'assertions')
  const document = only(parts, 'document')
  const files = parts.filter(({ name }) => name === 'file').map(({ fileName, body }) => ({ path: fileName ?? '', body }))
  return {
    upload: document === undefined ? uploadOfFiles(files, [], cluster) : withDocument(document, files, cluster),
    ...(assertions === undefined ? {} : { assertions: { ...textOf(assertions), name: assertions.fileName ?? 'assertions' } }),
  }
}

/** With a document in a part of its own the files are what it includes; alone it is read as a plain body is. */
function withDocument(document: Part, files: readonly { readonly path: string; readonly body: Buffer }[], cluster: string): Upload {
  if (files.length === 0) return { ...textOf(document), cluster, ...(document.fileName === undefined ? {} : { name: document.fileName }) }
  const path = textOf(document).mediaType === 'application/json' ? 'topology.json' : 'topology.yaml'
  return uploadOfFiles([...files, { path, body: document.body }], [], cluster)
}

const textOf = ({ body, type, fileName }: Part): Pick<Upload, 'body' | 'mediaType'> => {
  const isJson = mediaTypeOf(type) === 'application/json' || fileName?.endsWith('.json') === true
  return { body, mediaType: isJson ? 'application/json' : 'application/yaml' }
}

function only(parts: readonly Part[], wanted: string): Part | undefined {
  const [first, another] = parts.filter(({ name }) => name === wanted)
  if (another !== undefined) throw uploadFault('PART_REPEATED', `the part \`${wanted}\` was sent twice`)
  return first
}
