import Type from 'typebox'
import { AppError } from '#engine/model/app-error'
import { readRulePage } from '#formats/rule-page'
import type { Routes } from './routes.js'
import { problems } from './shapes.js'

const RulePath = Type.Object({ code: Type.String({ pattern: '^[A-Z][A-Z0-9_]{2,40}$', description: 'code of a finding' }) })

/** What a finding's `help` leads to: why the rule is there and what to do, as Markdown. */
export function rulePageRoute(routes: Routes): void {
  routes.get(
    '/rules/:code',
    {
      schema: {
        operationId: 'readRule',
        summary: 'The page of a rule: why it is there, and what to do',
        tags: ['validate'],
        params: RulePath,
        response: { 200: Type.Unsafe<string>({ type: 'string', description: 'Markdown' }), ...problems(400, 404) },
        'x-notes': { answerType: 'text/markdown', example: { answer: '# REF101 reference-unknown\n\nSeverity: ERROR\n' } },
      },
    },
    async ({ params: { code } }, reply) => {
      const page = readRulePage(code)
      if (page === undefined) throw new AppError('NOT_FOUND', `there is no rule \`${code}\``)
      return reply
        .type('text/markdown; charset=utf-8')
        .header('cache-control', 'public, max-age=3600')
        .serializer((text: string) => text)
        .send(page)
    },
  )
}
