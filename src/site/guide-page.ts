import { readdir, readFile } from 'node:fs/promises'
import { contents, type SitePage } from './contents.js'
import { packageFolder } from './find-page.js'
import { escapeHtml, linkTo, pageShell } from './page-shell.js'
import { type Rendered, renderMarkdown } from './render-markdown.js'

const pages = contents.flatMap((chapter) => chapter.pages)

/** A page of the guide: its text, the contents at its side, and where to read on. */
export async function guidePage(page: SitePage, graphiql: boolean): Promise<string> {
  const rendered = renderMarkdown(await textOf(page), page.file)
  const body = `<div class="frame">
${sideOf(page)}
<main id="content">
<article>
${rendered.html}</article>
${neighboursOf(page)}
</main>
${headingsOf(rendered)}
</div>`
  return pageShell({ title: page.path === '/docs' ? 'Sightline' : `${page.title} · Sightline`, graphiql, path: page.path, body })
}

/** An example is shown whole: what it tells, and its files. */
async function textOf({ file, path }: SitePage): Promise<string> {
  const text = await readFile(new URL(file, packageFolder), 'utf8')
  if (!path.startsWith('/docs/examples/')) return text
  const folder = new URL('./', new URL(file, packageFolder))
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml') && name !== 'expect.yaml').toSorted()
  const shown = names.map(async (name) => `\n## ${name}\n\n\`\`\`yaml\n${await readFile(new URL(name, folder), 'utf8')}\`\`\`\n`)
  return [text, ...(await Promise.all(shown))].join('')
}

const sideOf = ({ path }: SitePage): string =>
  `<nav class="side" id="contents" aria-label="Contents">
${contents.map((chapter) => `<h2>${chapter.title}</h2>\n<ul>${chapter.pages.map((each) => `<li>${linkTo(each.path, each.title, path)}</li>`).join('')}</ul>`).join('\n')}
</nav>`

const headingsOf = ({ headings }: Rendered): string =>
  headings.length < 3
    ? '<div class="headings"></div>'
    : `<nav class="headings" aria-label="On this page"><h2>On this page</h2><ul>${headings
        .map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`)
        .join('')}</ul></nav>`

function neighboursOf({ path }: SitePage): string {
  const at = pages.findIndex((page) => page.path === path)
  const [before, after] = at < 0 ? [] : [pages[at - 1], pages[at + 1]]
  const link = (page: SitePage | undefined, rel: string): string =>
    page === undefined ? '<span></span>' : `<a rel="${rel}" href="${page.path}">${escapeHtml(page.title)}</a>`
  return `<nav class="neighbours" aria-label="Read on">${link(before, 'prev')}${link(after, 'next')}</nav>`
}
