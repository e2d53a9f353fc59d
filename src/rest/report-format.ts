import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { AppError } from '#engine/model/app-error'
import type { Check } from '#engine/model/check'
import type { Report } from '#engine/model/report'
import { allFormats, findFormat, formatNames } from '#formats/all-formats'
import type { Format } from '#formats/format'
import { readRulePage } from '#formats/rule-page'
import { acceptedTypes } from './accepted-types.js'
import { version } from './version.js'

export const FormatName = Type.Optional(
  Type.Enum([...formatNames], {
    description: 'the form of the report, which wins over `Accept`; `gitlab` and `github` are asked for here only',
  }),
)

const accepted = allFormats.filter(({ isAccepted }) => isAccepted)

const reportTypes = accepted.map(({ mediaType }) => mediaType)
/** What `Accept` may name besides JSON. */
export const otherTypes = reportTypes.filter((type) => type !== 'application/json')

/** Which form to write: `?format=` wins over `Accept`; JSON where neither says. */
export function reportFormat({ headers, query }: FastifyRequest<{ Querystring: { readonly format?: string } }>): Format {
  const [json] = allFormats
  const asked = query.format === undefined ? undefined : findFormat(query.format)
  if (asked !== undefined) return asked
  for (const type of acceptedTypes(headers.accept ?? '*/*')) {
    const found = type === '*/*' || type === 'application/*' ? json : accepted.find(({ mediaType }) => covers(type, mediaType))
    if (found !== undefined) return found
  }
  throw new AppError(
    'NOT_ACCEPTABLE',
    `a report is written as ${reportTypes.map((type) => `\`${type}\``).join(', ')}, or as \`?format=\` says`,
  )
}

const covers = (type: string, mediaType: string): boolean => type === mediaType || (type === 'text/*' && mediaType.startsWith('text/'))

/** The report, or the check that it is part of, in the form that was asked for. */
export function sendReport(
  reply: FastifyReply,
  format: Format,
  status: number,
  answer: { readonly report: Report; readonly check?: Check },
): FastifyReply {
  reply.code(status).header('vary', 'accept')
  if (format.name === 'json') return reply.send(answer.check ?? answer.report)
  return reply
    .type(`${format.mediaType}; charset=utf-8`)
    .serializer((text: string) => text)
    .send(format.write({ ...answer, version, pageOf: readRulePage }))
}
