import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assumptions } from '../../src/engine/model/assumptions.js'
import { reasons } from '../../src/engine/model/reasons.js'
import { unfollowed } from '../../scripts/generate/unfollowed.js'

const engine = 'src/engine'

/** What a file says in answers: its strings, without comments. */
const strings = (file: string): string =>
  readFileSync(join(engine, file), 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/?\*)/u.test(line))
    .join('\n')

const saysSo = /not (?:followed|evaluated)|_NOT_MODELLED'|_NOT_FOLLOWED'/u

/** Registers say what codes mean, a finding may say the like of what Istio itself does, and views of answers say it once more. */
const isOfAnswers = (file: string): boolean => file.endsWith('.ts') && !/^(?:model|rules|groups|tenancy)\//u.test(file)

describe('the page of what is not followed', () => {
  const told = new Set(unfollowed.flatMap(({ files }) => files))

  it('tells of every file that says so in an answer, and of no other', () => {
    const saying = readdirSync(engine, { recursive: true, encoding: 'utf8' }).filter(
      (file) => isOfAnswers(file) && saysSo.test(strings(file)),
    )
    expect(saying.filter((file) => !told.has(file)).toSorted()).toEqual([])
    expect([...told].filter((file) => !saying.includes(file)).toSorted()).toEqual([])
  })

  it('names every code of the kind', () => {
    const page = readFileSync('docs/not-modelled.md', 'utf8')
    const codes = [...Object.keys(assumptions), ...Object.keys(reasons)].filter((code) => /_NOT_MODELLED$|_NOT_FOLLOWED$/u.test(code))
    expect(codes.filter((code) => !page.includes(code))).toEqual([])
  })
})
