import Type from 'typebox'
import { AppError } from '#engine/model/app-error'
import { readReasonPage } from '#formats/reason-page'
import type { Routes } from './routes.js'
import { problems } from './shapes.js'

const ReasonPath = Type.Object({
  code: Type.String({ pattern: '^[A-Z][A-Z0-9_]{2,60}$', description: 'code of a step, a condition or an assumption' }),
})

const example = '# NAME_NOT_RESOLVED\n\nThe application gets no address for the name: a reason.\n'

/** What `help` of a step, a condition or an assumption leads to, as Markdown. */
export function reasonPageRoute(routes: Routes): void {
  routes.get(
    '/reasons/:code',
    {
      schema: {
        operationId: 'readReason',
        summary: 'The page of a code: what it means, when it comes, and how to settle it',
        tags: ['questions'],
        params: ReasonPath,
        response: { 200: Type.Unsafe<string>({ type: 'string', description: 'Markdown' }), ...problems(400, 404) },
        'x-notes': { answerType: 'text/markdown', example: { answer: example } },
      },
    },
    async ({ params: { code } }, reply) => {
      const page = readReasonPage(code)
      if (page === undefined) throw new AppError('NOT_FOUND', `there is no code \`${code}\``)
      return reply
        .type('text/markdown; charset=utf-8')
        .header('cache-control', 'public, max-age=3600')
        .serializer((text: string) => text)
        .send(page)
    },
  )
}
