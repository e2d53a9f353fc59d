import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const skipped = /(^|\/)(node_modules|dist|coverage|\.git)(\/|$)/
const documents = ['.', 'docs', 'examples'].flatMap((folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: folder !== '.', encoding: 'utf8' })
        .map((file) => join(folder, file))
        .filter((file) => file.endsWith('.md') && !skipped.test(file))
    : [],
)

describe('the documents', () => {
  it.each(documents)('%s links only to what exists', (file) => {
    const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link]) => link as string)
    expect(links.filter((link) => !existsSync(join(dirname(file), link)))).toEqual([])
  })

  it('README starts with the two commands', () => {
    const start = readFileSync('README.md', 'utf8').split('\n').slice(0, 6).join('\n')
    expect(start).toContain('npm ci && npm run demo')
    expect(start).toContain('npm ci && npm test')
  })

  it('decisions are numbered without gaps, and have context, decision and consequences', () => {
    const decisions = readdirSync('docs/decisions').toSorted()
    expect(decisions.map((file) => Number(file.slice(0, 4)))).toEqual(decisions.map((_, index) => index + 1))
    const incomplete = decisions.filter((file) => {
      const text = readFileSync(join('docs/decisions', file), 'utf8')
      return !['**Context.**', '**Decision.**', '**Consequences.**'].every((part) => text.includes(part))
    })
    expect(incomplete).toEqual([])
  })
})
