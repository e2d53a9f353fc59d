import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { traceCall } from '#engine/analysis/trace-call'
import type { Reachability } from '#engine/model/reachability'
import { snapshotOfPath } from './read-folder.js'
import { type Expectations, scenariosIn } from './scenario.js'

const scenarios = ['examples', 'test/golden/scenarios'].filter((folder) => existsSync(folder)).flatMap(scenariosIn)
const moment = '2026-11-20T12:00:00Z'

/** What a reader reads letter by letter: what is quoted is seen at a glance. */
const unquoted = (text: string): string => text.replace(/`[^`]*`/g, '')

const colonsIn = (text: string): number => unquoted(text).split(/: /).length - 1

async function answersOf(folder: string, { reachability = [] }: Expectations): Promise<readonly Reachability[]> {
  const snapshot = await snapshotOfPath(folder)
  return reachability.flatMap(({ from, to, at = moment }) => {
    const trace = traceCall(snapshot, { from, to }, Date.parse(at))
    return 'problem' in trace ? [] : [answerFrom(trace, { from, to })]
  })
}

const sentencesOf = ({ summary, steps, endpoints, conditions, assumptions }: Reachability): readonly string[] => [
  summary,
  ...[...steps, ...endpoints.flatMap((path) => path.steps)].flatMap(({ message, nearMisses }) => [
    message,
    ...nearMisses.map(({ why }) => why),
  ]),
  ...[...conditions, ...assumptions].map(({ message }) => message),
]

describe.each(scenarios)('the sentences of $name', ({ folder, expectations }) => {
  it('sum up in two hundred letters besides what they quote, and nest no colons', async () => {
    const summaries = (await answersOf(folder, expectations)).map(({ summary }) => summary)
    expect(summaries.filter((text) => unquoted(text).length > 200)).toEqual([])
    expect(summaries.filter((text) => colonsIn(text) > 1)).toEqual([])
  })

  it('print no empty name, nothing that is undefined, and no colon behind a colon', async () => {
    const said = [...new Set((await answersOf(folder, expectations)).flatMap(sentencesOf))]
    expect(said.filter((text) => /``|\bundefined\b|\bnull\b|\[object /.test(text) || text.trim() === '')).toEqual([])
    expect(said.filter((text) => colonsIn(text) > 1)).toEqual([])
  })

  it('tell of five near misses at most, each object once for a place, and say why in one line', async () => {
    const steps = (await answersOf(folder, expectations)).flatMap(({ steps: own, endpoints }) => [
      ...own,
      ...endpoints.flatMap((path) => path.steps),
    ])
    for (const { nearMisses } of steps) {
      expect(nearMisses.length).toBeLessThanOrEqual(5)
      const places = nearMisses.map(({ resource, path }) => JSON.stringify([resource, path]))
      expect(new Set(places).size).toBe(places.length)
      expect(nearMisses.filter(({ why }) => unquoted(why).length > 200 || why.includes('\n'))).toEqual([])
    }
  })
})
