import MarkdownIt, { type Token } from 'markdown-it'
import { pathOfFile } from './find-page.js'

/** A page's text, and the headings by which it can be entered. */
export interface Rendered {
  readonly html: string
  readonly headings: readonly { readonly id: string; readonly text: string }[]
}

/** How the pages, which are read on other machines too, write the address of the service that shows them. */
const itself = 'http://127.0.0.1:8080'

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}\s-]/gu, '')
    .trim()
    .replaceAll(/\s+/g, '-')

/** Where a link of a file leads on this service; undefined: to nothing that it shows. */
function leadsTo(link: string, file: string): string | undefined {
  if (link === itself || link.startsWith(`${itself}/`)) return link.slice(itself.length) || '/'
  if (/^https?:/.test(link) || link.startsWith('#')) return link
  const { pathname, hash } = new URL(link, `file:///${file}`)
  const path = pathOfFile(pathname)
  return path === undefined ? undefined : `${path}${hash}`
}

/** Markdown of one of our own files as HTML: headings have names, links lead to pages, and what is not shown here is no link. */
export function renderMarkdown(text: string, file: string): Rendered {
  const markdown = new MarkdownIt({ html: false })
  const tokens = markdown.parse(text, {})
  const headings: { id: string; text: string }[] = []
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const told = (tokens[index + 1]?.children ?? []).map(({ content }) => content).join('')
      const id = slugOf(told)
      token.attrSet('id', id)
      if (token.tag === 'h2') headings.push({ id, text: told })
    }
    for (const [position, child] of (token.children ?? []).entries()) {
      if (child.type !== 'link_open') continue
      const target = leadsTo(String(child.attrGet('href') ?? ''), file)
      if (target !== undefined) child.attrSet('href', target)
      else unlink(token.children ?? [], position)
    }
  }
  return { html: inScroller(markdown.renderer.render(tokens, markdown.options, {})), headings }
}

/** The words of a link stay, its ends go. */
function unlink(tokens: readonly Token[], position: number): void {
  const end = tokens.findIndex((token, index) => index > position && token.type === 'link_close')
  for (const at of [position, end]) {
    const token = tokens[at]
    if (token === undefined) continue
    token.tag = 'span'
    token.attrs = null
  }
}

/** A table wider than the screen scrolls by itself, not the page. */
const inScroller = (html: string): string =>
  html.replaceAll('<table>', '<div class="scroller" tabindex="0"><table>').replaceAll('</table>', '</table></div>')
