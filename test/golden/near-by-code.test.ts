import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { nearByCode } from '#engine/analysis/near/near-by-code'
import { traceCall } from '#engine/analysis/trace-call'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import { type ReasonCode, reasons } from '#engine/model/reasons'
import type { Step } from '#engine/model/step'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { ask } from '../engine/combinations/asking.js'
import { nearWorlds } from './near-worlds.js'
import { snapshotOfPath } from './read-folder.js'
import { scenariosIn } from './scenario.js'

const casebook = process.env['CASEBOOK'] ?? ''
const moment = Date.parse('2026-11-20T12:00:00Z')

const stepsOf = ({ steps, endpoints }: Reachability): readonly Step[] => [...steps, ...endpoints.flatMap((path) => path.steps)]

function asked(snapshot: Snapshot, { from, to }: ReachabilityQuestion, at = moment): readonly Step[] {
  const trace = traceCall(snapshot, { from, to }, at)
  return 'problem' in trace ? [] : stepsOf(answerFrom(trace, { from, to }))
}

async function stepsOfGoldens(): Promise<readonly Step[]> {
  const found: Step[] = []
  for (const { folder, expectations } of ['examples', 'test/golden/scenarios'].flatMap(scenariosIn)) {
    const snapshot = await snapshotOfPath(folder)
    for (const { at, ...question } of expectations.reachability ?? [])
      found.push(...asked(snapshot, question, at === undefined ? moment : Date.parse(at)))
  }
  return found
}

interface Entry {
  readonly document: string
  readonly ask: { readonly trace?: { readonly from: string; readonly to: string; readonly method?: string; readonly path?: string } }
}

async function stepsOfCasebook(): Promise<readonly Step[]> {
  const index = join(casebook, 'casebook.json')
  if (casebook === '' || !existsSync(index)) return []
  const found: Step[] = []
  for (const { document, ask: question } of JSON.parse(readFileSync(index, 'utf8')) as readonly Entry[]) {
    if (question.trace === undefined) continue
    const { from, to, method, path } = question.trace
    const [name, place, ...workload] = from.split('/')
    const [host = '', port] = to.split(':')
    const source = from === 'outside' ? { outside: true } : { cluster: name, namespace: place, workload: workload.join('/') }
    const destination = { host, ...(port === undefined ? {} : { port: Number(port) }), method: method ?? null, path: path ?? null }
    found.push(...asked(await snapshotOfPath(join(casebook, document)), { from: source, to: destination } as ReachabilityQuestion))
  }
  return found
}

const rows = Object.keys(reasons) as ReasonCode[]
const goldens = await stepsOfGoldens()
const tells = new Set(goldens.flatMap(({ reason, nearMisses }) => (nearMisses.length > 0 ? [reason] : [])))
const shownByWorlds = new Set<string>(nearWorlds.map(({ code }) => code))

describe('the near misses beside each reason', () => {
  it.each(rows.flatMap((code) => (typeof nearByCode[code] === 'string' ? [[code, nearByCode[code]] as const] : [])))(
    '%s says why there are none',
    (_code, why) => expect(why).toMatch(/^[a-z].{15,}[^.]$/),
  )

  it('are told by goldens, examples and the casebook beside no reason that has none', async () => {
    const all = [...goldens, ...(await stepsOfCasebook())]
    const told = new Set(all.flatMap(({ reason, nearMisses }) => (nearMisses.length > 0 ? [reason] : [])))
    expect([...told].filter((code) => typeof nearByCode[code as ReasonCode] === 'string')).toEqual([])
  })

  it.each(nearWorlds)(
    'are told beside $code',
    ({ code, document, from = 'west/shop/web', to = 'ledger.bank:80', protocol, tells: one }) => {
      const steps = stepsOf(ask(document, from, to, protocol === undefined ? {} : { protocol })).filter(({ reason }) => reason === code)
      const told = steps.flatMap(({ nearMisses }) => nearMisses)
      expect(told).not.toEqual([])
      const written = told.map(({ resource: { cluster, namespace, name }, path, why }) => `${cluster} ${namespace}/${name} ${path} ${why}`)
      if (one !== undefined) expect(written).toContain(one)
    },
  )

  it('are shown of every reason that may have them, by a golden or by a call here', () => {
    const claimed = rows.filter((code) => Array.isArray(nearByCode[code]))
    expect(claimed.filter((code) => !tells.has(code) && !shownByWorlds.has(code))).toEqual([])
  })
})
