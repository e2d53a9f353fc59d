import { describe, expect, it } from 'vitest'
import { allRules } from '../../src/engine/rules/all-rules.js'
import { scenariosIn } from './scenario.js'

const scenarios = ['examples', 'test/golden/scenarios'].flatMap(scenariosIn).filter(({ expectations }) => expectations.findings)

describe('every rule', () => {
  it.each(allRules.map(({ code }) => code))('%s fires in one story and keeps silent in another', (code) => {
    const fires = scenarios.filter(({ expectations }) => expectations.findings?.some((finding) => finding.code === code))
    expect(fires.length).toBeGreaterThan(0)
    expect(scenarios.length).toBeGreaterThan(fires.length)
  })

  it('has a code of its own', () => {
    expect(new Set(allRules.map(({ code }) => code)).size).toBe(allRules.length)
  })
})
