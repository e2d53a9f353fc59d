import { existsSync, readdirSync, readFileSync } from 'node:fs'

const pages = new URL('../../docs/rules/', import.meta.url)
const known = new Map<string, string | undefined>()

/** The page of a code, as Markdown; undefined: no rule has it. Pages come with the program: each is read once. */
export function readRulePage(code: string): string | undefined {
  if (!/^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return undefined
  if (!known.has(code)) {
    const page = new URL(`${code}.md`, pages)
    known.set(code, code !== 'README' && existsSync(page) ? readFileSync(page, 'utf8') : undefined)
  }
  return known.get(code)
}

/** The page of a code of ours, or those whose head names a code of another tool. */
export function findRulePages(code: string): readonly string[] {
  const own = readRulePage(code)
  if (own !== undefined) return [own]
  if (!/^(?:IST|KIA)\d{4}$/.test(code)) return []
  const others = readdirSync(pages).flatMap((file) => readRulePage(file.replace(/\.md$/, '')) ?? [])
  return others.filter((page) => page.split('\n## ')[0]?.includes(code))
}
