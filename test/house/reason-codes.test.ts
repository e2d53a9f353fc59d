import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assumptions } from '#engine/model/assumptions'
import { conditions } from '#engine/model/conditions'
import { reasons } from '#engine/model/reasons'

const sources = readdirSync('src/engine', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/model\/(reasons|assumptions|conditions)\.ts$/.test(file))
  .map((file) => readFileSync(join('src/engine', file), 'utf8'))

/** Codes that the engine writes as a reason where it stands: `reason: 'X'`, `stop('ROUTE', { reason: 'X' …`. */
const written = new Set(sources.flatMap((text) => [...text.matchAll(/\breason: '([A-Z0-9_]+)'/g)].map((match) => match[1] ?? '')))

describe('the register of reason codes', () => {
  it('knows every code that the engine writes, also past the type checker', () => {
    expect(written.size).toBeGreaterThan(20)
    expect([...written].filter((code) => !Object.hasOwn(reasons, code))).toEqual([])
  })

  it('holds no code that nothing uses', () => {
    const unused = Object.keys(reasons).filter((code) => !sources.some((text) => text.includes(`'${code}'`)))
    expect(unused).toEqual([])
  })

  it('says of each code in one sentence what it means', () => {
    for (const [code, sentence] of Object.entries(reasons)) {
      expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/)
      expect(sentence, code).toMatch(/^.{10,}[^.]$/)
    }
  })
})

describe('the register of assumption codes', () => {
  it('holds no code that nothing uses', () => {
    const unused = Object.keys(assumptions).filter(
      (code) => !sources.some((text) => text.includes(`'${code}'`) || text.includes(`  ${code}:`)),
    )
    expect(unused).toEqual([])
  })

  it('shares no code with the reasons, and says of each in one sentence what it means', () => {
    for (const [code, sentence] of Object.entries(assumptions)) {
      expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/)
      expect(sentence, code).toMatch(/^.{10,}[^.]$/)
    }
    expect(Object.keys(assumptions).filter((code) => Object.hasOwn(reasons, code))).toEqual([])
  })
})

describe('the register of condition codes', () => {
  it('holds no code that nothing uses', () => {
    expect(Object.keys(conditions).filter((code) => !sources.some((text) => text.includes(`'${code}'`)))).toEqual([])
  })

  it('shares no code with the others, says of each in one sentence what it means, and in a word or two what it is on', () => {
    for (const [code, { on, says }] of Object.entries(conditions)) {
      expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/)
      expect(says, code).toMatch(/^[a-zA-Z].{10,}[^.]$/)
      expect(on ?? 'path', code).toMatch(/^[a-z]+( [a-z]+)?$/)
    }
    expect(Object.keys(conditions).filter((code) => Object.hasOwn(reasons, code) || Object.hasOwn(assumptions, code))).toEqual([])
  })
})

describe('the page of codes', () => {
  const page = readFileSync('docs/codes.md', 'utf8')

  it.each(Object.entries({ reasons, assumptions, conditions }))('tells of all %s', (_name, register) => {
    expect(Object.keys(register).filter((code) => !page.includes(`| ${code} |`))).toEqual([])
  })
})
