import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allRules } from '#engine/rules/all-rules'
import { istioCodes, kialiCodes } from '../../scripts/generate/other-codes.js'

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

  it.each([...allRules])('$code has a page that says what, why, by which rules, and what to write instead', (rule) => {
    const page = readFileSync(`docs/rules/${rule.code}.md`, 'utf8')
    expect(page).toContain(`# ${rule.code} ${rule.name}\n\nSeverity: ${rule.severity}`)
    for (const code of [...rule.istio, ...rule.kiali]) expect(page, 'the codes of other tools').toContain(code)
    for (const part of ['Why', 'Example', 'What to do']) expect(page).toContain(`\n## ${part}\n`)
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

describe('the codes of istioctl and of Kiali', () => {
  const carried = (codes: 'istio' | 'kiali'): ReadonlySet<string> => new Set(allRules.flatMap((rule) => rule[codes]))

  it.each([
    ['istio', istioCodes],
    ['kiali', kialiCodes],
  ] as const)('of %s each have a rule here, or a reason why there is none', (tool, codes) => {
    const unanswered = codes.filter(({ code, instead }) => !carried(tool).has(code) && instead === undefined)
    expect(unanswered.map(({ code, says }) => `${code} ${says}`)).toEqual([])
    expect([...carried(tool)].filter((code) => !codes.some((other) => other.code === code))).toEqual([])
  })
})
