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

const quotedShort = (text: string): string => text.replace(/`[^`]*`/g, 'x')

/** What a reader stumbles over, each with what is wrong about it. */
const stumbles: readonly (readonly [string, (text: string) => boolean])[] = [
  ['says a thing twice', (text) => new Set(text.split('; ')).size !== text.split('; ').length],
  [
    'gives a reason for a reason',
    (text) =>
      unquoted(text)
        .split('; ')
        .some((clause) => clause.split(', as ').length > 2),
  ],
  ['counts one as many', (text) => /(?<![\d.])1 (?:endpoints|rules|ports|workloads|routes|ways|instances)\b/.test(unquoted(text))],
  ['joins three things by `and`', (text) => /` and (?:\w+ )?`[^`]*` and (?:\w+ )?`/.test(text)],
  ['lists more than a reader keeps in mind', (text) => /(?:`[^`]*`, ){5}/.test(text)],
  ['nests brackets', (text) => /\([^()]*\(/.test(unquoted(text))],
  ['leaves a gap', (text) => / {2}| ,|,,|\(\)| \.|^\s|\s$/.test(quotedShort(text))],
  ['begins or ends as a sentence of a book does', (text) => /^[A-Z][a-z]+ [a-z]+ed\b/.test(text) || /\w\.$/.test(text)],
]

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

  it('print no empty name, nothing that is undefined, no colon behind a colon, and nothing else that a reader stumbles over', async () => {
    const said = [...new Set((await answersOf(folder, expectations)).flatMap(sentencesOf))]
    expect(said.filter((text) => /``|\bundefined\b|\bnull\b|\[object /.test(text) || text.trim() === '')).toEqual([])
    expect(said.filter((text) => colonsIn(text) > 1)).toEqual([])
    const found = said.flatMap((text) => stumbles.flatMap(([name, isStumble]) => (isStumble(text) ? [`${name}: ${text}`] : [])))
    expect(found).toEqual([])
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

it.each<[string, string]>([
  ['says a thing twice', '`a` is dialled directly; `b` is dialled directly; `a` is dialled directly'],
  ['gives a reason for a reason', 'the server takes it, as its ztunnel takes both, as no PeerAuthentication says otherwise'],
  ['counts one as many', 'none of 1 endpoints of `a` may take the call'],
  ['joins three things by `and`', 'NetworkPolicy `a` and NetworkPolicy `b` and NetworkPolicy `c` restrict it'],
  ['lists more than a reader keeps in mind', 'it takes `a`, `b`, `c`, `d`, `e`, `f`'],
  ['nests brackets', 'the server (of `a` (in `b`)) takes it'],
  ['leaves a gap', 'the server of  takes it'],
  ['begins or ends as a sentence of a book does', 'the server takes it.'],
])('a sentence that %s is found', (kind, sentence) => {
  expect(stumbles.find(([name]) => name === kind)?.[1](sentence)).toBe(true)
})
