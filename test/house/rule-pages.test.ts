import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allRules } from '#engine/rules/all-rules'

describe('the rules', () => {
  it('have unique codes and names', () => {
    expect(new Set(allRules.map(({ code }) => code)).size).toBe(allRules.length)
    expect(new Set(allRules.map(({ name }) => name)).size).toBe(allRules.length)
  })

  it.each(allRules.map(({ code, name }) => [code, name] as const))('%s has a page (%s)', (code, name) => {
    expect(existsSync(`docs/rules/${code}.md`)).toBe(true)
    expect(readFileSync(`docs/rules/${code}.md`, 'utf8').split('\n')[0]).toMatch(new RegExp(`^# ${code}\\b.*`))
    expect(name).toMatch(/^[a-z]+(-[a-z0-9]+)*$/)
  })

  it('have no page for a code that nothing reports', () => {
    const sources = readdirSync('src/engine', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(`src/engine/${file}`, 'utf8'))
      .join('')
    const pages = readdirSync('docs/rules').filter((file) => file !== 'README.md')
    expect(pages.filter((page) => !sources.includes(`'${page.replace(/\.md$/, '')}'`))).toEqual([])
  })
})
