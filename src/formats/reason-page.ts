import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { assumptions } from '#engine/model/assumptions'
import { conditions } from '#engine/model/conditions'
import { reasons } from '#engine/model/reasons'

const folder = new URL('../../docs/reasons/', import.meta.url)

/** What the registers say of a code of an answer; undefined: it is none. */
function meaningOf(code: string): { readonly kind: string; readonly says: string } | undefined {
  if (Object.hasOwn(reasons, code)) return { kind: 'a reason', says: reasons[code as keyof typeof reasons] }
  if (Object.hasOwn(assumptions, code)) return { kind: 'an assumption', says: assumptions[code as keyof typeof assumptions] }
  if (Object.hasOwn(conditions, code)) return { kind: 'a condition', says: conditions[code as keyof typeof conditions].says }
  return undefined
}

/** Sections of the pages by their codes. They come with the program, and are read once. */
let sections: ReadonlyMap<string, string> | undefined

function readSections(): ReadonlyMap<string, string> {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md') : []
  const all = files.flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n## ').slice(1))
  return new Map(all.map((section) => [section.split('\n', 1)[0] ?? '', section.slice(section.indexOf('\n')).trim()]))
}

/** The page of a code of an answer, as Markdown: what it means, when it comes, an example, how to settle it, and its rules. */
export function readReasonPage(code: string): string | undefined {
  const meaning = meaningOf(code)
  if (meaning === undefined) return undefined
  sections ??= readSections()
  return `# ${code}\n\n${meaning.says.charAt(0).toUpperCase()}${meaning.says.slice(1)}: ${meaning.kind}.\n\n${sections.get(code) ?? ''}\n`
}
