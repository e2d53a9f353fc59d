import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { AppError } from '#engine/model/app-error'
import type { FailOn } from '#engine/model/fail-on'
import { roomOf } from '#engine/model/answer-too-large'
import type { Manner, WrittenReport } from '#engine/model/written'
import { allFormats, formatNames } from '#formats/all-formats'
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

/** The name of the form to write: `?format=` wins over `Accept`; JSON where neither says. */
export function reportFormat({ headers, query }: FastifyRequest<{ Querystring: { readonly format?: string } }>): string {
  if (query.format !== undefined) return query.format
  for (const type of acceptedTypes(headers.accept ?? '*/*')) {
    const found = type === '*/*' || type === 'application/*' ? allFormats[0] : accepted.find(({ mediaType }) => covers(type, mediaType))
    if (found !== undefined) return found.name
  }
  throw new AppError(
    'NOT_ACCEPTABLE',
    `a report is written as ${reportTypes.map((type) => `\`${type}\``).join(', ')}, or as \`?format=\` says`,
  )
}

const covers = (type: string, mediaType: string): boolean => type === mediaType || (type === 'text/*' && mediaType.startsWith('text/'))

/** How the analyst is to write a report for this program. */
export const mannerOf = (form: string, answerLimit: number, failOn?: FailOn): Manner => ({
  form,
  program: version,
  failOn,
  room: roomOf(answerLimit),
})

/** The report as it was written, or the check that it is part of; `strict`: 422 where it is a failure. */
export const sendReport = (reply: FastifyReply, { type, text, failed }: WrittenReport, strict: boolean | undefined): FastifyReply =>
  reply
    .code(strict === true && failed ? 422 : 200)
    .header('vary', 'accept')
    .type(type)
    .send(Buffer.from(text.buffer, text.byteOffset, text.byteLength))
