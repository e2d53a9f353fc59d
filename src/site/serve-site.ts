import { readFile } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { AppError } from '#engine/model/app-error'
import { findPage, packageFolder } from './find-page.js'
import { homePage } from './home-page.js'

const hidden = { schema: { hide: true } }

/** `/`, and the guide below `/docs`: Markdown of the package, rendered when somebody reads it for the first time. */
export function serveSite(app: FastifyInstance, { graphiql }: { readonly graphiql: boolean }): void {
  const rendered = new Map<string, Promise<string>>()
  const page = (path: string): Promise<string> => {
    const known = rendered.get(path)
    if (known !== undefined) return known
    const found = findPage(path)
    if (found === undefined) throw new AppError('NOT_FOUND', `there is no page \`${path.slice(0, 200)}\``)
    // Loaded only here: whoever asks over REST never needs the renderer.
    const html = import('./guide-page.js').then(({ guidePage }) => guidePage(found, graphiql))
    rendered.set(path, html)
    return html
  }
  app.get('/', hidden, async (_request, reply) => send(reply, homePage(graphiql)))
  app.get('/docs/site.css', hidden, async (_request, reply) => sendFile(reply, 'docs/site.css', 'text/css'))
  app.get('/docs/icon.svg', hidden, async (_request, reply) => sendFile(reply, 'docs/icon.svg', 'image/svg+xml'))
  app.get('/docs', hidden, async (_request, reply) => send(reply, await page('/docs')))
  app.get<{ readonly Params: { readonly '*': string } }>('/docs/*', hidden, async ({ params }, reply) => {
    const name = params['*'].replace(/\/$/, '')
    return send(reply, await page(name === '' ? '/docs' : `/docs/${name}`))
  })
}

const send = (reply: FastifyReply, html: string): FastifyReply =>
  reply.type('text/html; charset=utf-8').header('cache-control', 'public, max-age=300').send(html)

const sendFile = async (reply: FastifyReply, file: string, type: string): Promise<FastifyReply> =>
  reply
    .type(`${type}; charset=utf-8`)
    .header('cache-control', 'public, max-age=300')
    .send(await readFile(new URL(file, packageFolder)))
