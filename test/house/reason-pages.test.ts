import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assumptions } from '#engine/model/assumptions'
import { conditions } from '#engine/model/conditions'
import { reasons } from '#engine/model/reasons'
import { readReasonPage } from '#formats/reason-page'

const codes = [...Object.keys(reasons), ...Object.keys(assumptions), ...Object.keys(conditions)]
const folder = 'docs/reasons'
const sections = readdirSync(folder)
  .filter((file) => file !== 'README.md')
  .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n## ').slice(1))

const partsOf = (section: string): readonly string[] => section.split('\n').filter((line) => line.startsWith('- **'))

/** Rules that the sources follow, or that stand between two that they name. */
const followed = new Set(
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
    .flatMap((file) => {
      const text = readFileSync(join('src', file), 'utf8')
      return [...text.matchAll(/\b([A-Z]{2,6})-(\d+)(?:\s*…\s*(?:\1-)?(\d+))?/g)].flatMap(([, family = '', first, last]) =>
        Array.from({ length: Number(last ?? first) - Number(first) + 1 }, (_, index) => `${family}-${Number(first) + index}`),
      )
    }),
)

describe('the page of a code of answers', () => {
  it.each(codes)('%s says what it means, when it comes, an example, how to settle it, and by which rules', (code) => {
    const page = readReasonPage(code) ?? ''
    expect(page).toMatch(new RegExp(`^# ${code}\n\n[A-Z].{10,}: (?:a reason|an assumption|a condition)\\.\n`))
    expect(partsOf(page).map((line) => /^- \*\*(\w+):\*\*/.exec(line)?.[1])).toEqual(['When', 'Example', 'Settle', 'Rules'])
    for (const part of partsOf(page)) expect(part).toMatch(/\*\* .{4,}/)
  })

  it('is written once, and for no code that nobody gives', () => {
    const written = sections.map((section) => section.split('\n', 1)[0] ?? '')
    expect([...written].sort()).toEqual([...codes].sort())
  })

  it('names rules that the engine follows', () => {
    const rulesOf = (section: string): readonly string[] =>
      (partsOf(section).find((line) => line.startsWith('- **Rules')) ?? '').match(/[A-Z]{2,6}-\d+/g) ?? []
    const named = sections.flatMap((section) => rulesOf(section).map((rule) => `${section.split('\n', 1)[0]} ${rule}`))
    expect(named.filter((one) => !followed.has(one.split(' ')[1] ?? ''))).toEqual([])
  })

  it('is no page of the files beside it', () => {
    for (const name of ['README', 'NOTHING', '../README', 'constructor']) expect(readReasonPage(name)).toBeUndefined()
  })
})
