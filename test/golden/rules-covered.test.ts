import { describe, expect, it } from 'vitest'
import { allRules } from '../../src/engine/rules/all-rules.js'
import { ruleStories } from './finding-stories.js'
import { scenariosIn } from './scenario.js'

const scenarios = ['examples', 'test/golden/scenarios'].flatMap(scenariosIn).filter(({ expectations }) => expectations.findings)
const stories = new Map(ruleStories().map(({ code, stories }) => [code, stories]))

describe('every rule', () => {
  it.each(allRules.map(({ code }) => code))('%s fires in one story and keeps silent in another', (code) => {
    const fires = scenarios.filter(({ expectations }) => expectations.findings?.some((finding) => finding.code === code))
    const own = stories.get(code) ?? []
    expect(fires.length + own.filter(({ findings }) => findings.length > 0).length).toBeGreaterThan(0)
    expect(scenarios.length - fires.length + own.filter(({ findings }) => findings.length === 0).length).toBeGreaterThan(0)
    if (own.length > 0)
      expect(
        own.some(({ findings }) => findings.length === 0),
        'a near miss among its own stories',
      ).toBe(true)
  })

  it('has a code of its own', () => {
    expect(new Set(allRules.map(({ code }) => code)).size).toBe(allRules.length)
  })
})
