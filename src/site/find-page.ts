import { existsSync } from 'node:fs'
import { contents, type SitePage } from './contents.js'

/** The package's own folder: src/site and dist/site are equally far from it. */
export const packageFolder = new URL('../../', import.meta.url)

const listed: ReadonlyMap<string, SitePage> = new Map(contents.flatMap(({ pages }) => pages.map((page) => [page.path, page])))
const found = /^\/docs\/(rules|reasons|examples)\/([A-Za-z0-9_-]{1,64})$/

/** The page at a path: a listed one, a rule's, one of words to look up, or an example's. */
export function findPage(path: string): SitePage | undefined {
  const page = listed.get(path)
  if (page !== undefined) return page
  // The name can hold neither a dot nor a slash, and so leads nowhere else.
  const [, folder = '', name = ''] = found.exec(path) ?? []
  const file = folder === 'examples' ? `examples/${name}/README.md` : `docs/${folder}/${name}.md`
  return folder !== '' && name !== 'README' && existsSync(new URL(file, packageFolder)) ? { path, file, title: name } : undefined
}

const documentOf = /^\/examples\/([^/]+)(?:\/(?:README\.md|[a-z-]+\.yaml)?)?$/
const own: Readonly<Record<string, string>> = {
  '/openapi/topology.schema.json': '/schemas/topology.json',
  '/openapi/openapi.json': '/openapi.json',
  '/examples': '/docs/examples',
  '/examples/': '/docs/examples',
}

/** Where the service shows a file of the project; undefined: nowhere. */
export function pathOfFile(file: string): string | undefined {
  const served = own[file]
  if (served !== undefined) return served
  const page = [...listed.values()].find((each) => `/${each.file}` === file)
  if (page !== undefined) return page.path
  const [, example] = documentOf.exec(file) ?? []
  const path = example === undefined ? file.replace(/\.md$/, '') : `/docs/examples/${example}`
  return findPage(path)?.path
}
