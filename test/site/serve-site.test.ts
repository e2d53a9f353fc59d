import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenService, openService } from '../rest/open-service.js'

interface Page {
  readonly path: string
  readonly status: number
  readonly type: string
  readonly html: string
  readonly links: readonly string[]
}

const linksIn = (html: string): string[] =>
  [...html.matchAll(/\b(?:href|src)="([^"]+)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'))
const pathOf = (link: string, from: string): string => new URL(link, `http://here${from}`).pathname
const isOurs = (link: string): boolean => !/^(https?|data|mailto):/.test(link)

describe('the site', () => {
  let service: OpenService
  const pages = new Map<string, Page>()

  async function visit(path: string): Promise<void> {
    if (pages.has(path)) return
    const answer = await fetch(`${service.url}${path}`)
    const type = answer.headers.get('content-type') ?? ''
    const html = type.startsWith('text/html') ? await answer.text() : ''
    // What other packages show is theirs.
    const links = /^\/(docs\/api|graphiql)/.test(path) ? [] : linksIn(html).filter(isOurs)
    pages.set(path, { path, status: answer.status, type, html, links })
    for (const link of links) await visit(pathOf(link, path))
  }

  beforeAll(async () => {
    service = await openService()
    await visit('/')
  })
  afterAll(() => service?.close())

  it('has no link that leads to nothing', () => {
    const dead = [...pages.values()].filter(({ status }) => status !== 200).map(({ path }) => path)
    const from = (path: string) => [...pages.values()].filter(({ links, path: at }) => links.some((link) => pathOf(link, at) === path))
    expect(
      dead.map(
        (path) =>
          `${path}, from ${from(path)
            .map((page) => page.path)
            .join()}`,
      ),
    ).toEqual([])
    expect(pages.size).toBeGreaterThan(40)
  })

  it('has every heading that a link names', () => {
    const missing = [...pages.values()].flatMap(({ path, links }) =>
      links.flatMap((link) => {
        const { pathname, hash } = new URL(link, `http://here${path}`)
        const target = pages.get(pathname)
        return hash === '' || target?.html.includes(`id="${decodeURIComponent(hash.slice(1))}"`) ? [] : [`${path}: ${link}`]
      }),
    )
    expect(missing).toEqual([])
  })

  it('leads from its first page to the guide, every rule, every example, the REST reference and GraphiQL', () => {
    expect([...pages.keys()]).toEqual(
      expect.arrayContaining([
        '/docs',
        '/docs/start',
        '/docs/topology',
        '/docs/rules/NET101',
        '/docs/examples/single-cluster',
        '/docs/api',
        '/graphiql',
      ]),
    )
  })

  it('shows the document of an example below what it tells', () => {
    expect(pages.get('/docs/examples/single-cluster')?.html).toContain('kind: AuthorizationPolicy')
  })

  it('uses no script, no style in its text, and nothing from elsewhere', () => {
    const ours = [...pages.values()].filter(({ path, html }) => html !== '' && !/^\/(docs\/api|graphiql)/.test(path))
    expect(ours.length).toBeGreaterThan(40)
    for (const { path, html } of ours) {
      expect(html, path).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=/)
      expect(html.match(/<(?:img|link|source)[^>]+(?:src|href)="https?:/g), path).toBeNull()
    }
  })

  it('says of every page what it is called, in one heading', () => {
    for (const { path, html } of pages.values()) {
      if (html === '' || /^\/(docs\/api|graphiql)/.test(path)) continue
      expect(html.match(/<h1[\s>]/g), path).toHaveLength(1)
      expect(html, path).toMatch(/<title>[^<]*Sightline<\/title>/)
    }
  })

  it.each(['/docs/nothing', '/docs/rules/NONE', '/docs/rules/README', '/docs/examples/certificates', '/docs/..%2f..%2fpackage.json'])(
    'answers %s as anything that is not there',
    async (path) => {
      const answer = await fetch(`${service.url}${path}`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, expect.stringContaining('application/problem+json')])
    },
  )

  it('leaves GraphiQL out where it is not served', async () => {
    const closed = await openService({ GRAPHIQL: 'false' })
    const html = await (await fetch(`${closed.url}/`)).text()
    await closed.close()
    expect(html).not.toContain('href="/graphiql"')
    expect(html).toContain('href="/docs/start"')
  })
})
