import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInProcessAnalyst } from '#analyst/in-process'
import { createWorkerAnalyst } from '#analyst/worker-analyst'
import type { Answered } from '#analyst/analyst'
import { roomOf } from '#engine/model/answer-too-large'
import { judgeCandidate } from '#engine/model/check'
import type { Report } from '#engine/model/report'
import { withChanges } from '#engine/model/with-changes'
import { type Manner, readWritten, type WrittenReport } from '#engine/model/written'
import { allFormats } from '#formats/all-formats'
import { type Format, writeWhole } from '#formats/format'
import { readRulePage } from '#formats/rule-page'
import { storedVersion } from './shop.js'

const rule = (at: number) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: `rule-${at}`, namespace: 'shop' },
  spec: { host: 'cart', subsets: [{ name: 'v1' }] },
})

/** Each rule is one too many, and told of more than once. */
function uploadOf(count: number, from = 0) {
  const resources = Array.from({ length: count }, (_, at) => rule(from + at))
  const document = {
    apiVersion: 'sightline/v1',
    kind: 'Topology',
    clusters: [{ name: 'west', controlPlane: { role: 'PRIMARY' }, resources }],
  }
  return { body: new TextEncoder().encode(JSON.stringify(document)), mediaType: 'application/json' } as const
}

const at = Date.parse('2026-11-20T00:00:00Z')
const mebibytes = (count: number) => roomOf(count * 1024 ** 2)
const manner = (form: string, room = mebibytes(64)): Manner => ({ form, program: '1.2.3', room })
const analyst = createWorkerAnalyst({ threads: 1 })
const here = createInProcessAnalyst()
afterAll(() => analyst.close())

const valueOf = <T>(answer: Answered<T>): T => {
  if ('problem' in answer) throw new Error(answer.problem.message)
  return answer.value
}
const textOf = ({ text }: WrittenReport): string => new TextDecoder().decode(text)
const validated = async (count: number, from = 0): Promise<Report> => valueOf(await here.validate(uploadOf(count, from), at))

/** As it was written by who had the report: compact as JSON, which programs read. */
const whole = (format: Format, report: Report): string =>
  format.name === 'json' ? JSON.stringify(report) : writeWhole(format, { report, version: '1.2.3', pageOf: readRulePage })

/** Milliseconds for which this thread is busy with it. */
async function busyWith<T>(work: () => T | Promise<T>): Promise<{ readonly busy: number; readonly value: T }> {
  const before = performance.eventLoopUtilization()
  const value = await work()
  return { busy: performance.eventLoopUtilization(before).active, value }
}

describe('a report of megabytes', () => {
  let report: Report
  beforeAll(async () => {
    report = await validated(8_000)
  })

  it.each(allFormats)('is written as $name where it is made, to the same text, and costs this thread next to nothing', async (format) => {
    const cost = performance.now()
    const expected = whole(format, report)
    const own = performance.now() - cost
    if (format.name !== 'markdown') expect(expected.length).toBeGreaterThan(1024 ** 2)
    // What is busy for a moment with anything else, as a thread is that sends and receives, is not told from what it does for this.
    const little = 25 + own / 4
    let least = Number.POSITIVE_INFINITY
    for (let round = 0; round < 6 && least >= little; round += 1) {
      const upload = uploadOf(8_000)
      const { busy, value } = await busyWith(() => analyst.ask('writtenValidation', { upload, manner: manner(format.name), at }))
      least = Math.min(least, busy)
      expect(textOf(valueOf(value))).toBe(expected)
      expect(valueOf(value).type).toBe(`${format.mediaType}; charset=utf-8`)
    }
    expect(least).toBeLessThan(little)
  })

  it('has what is new against a version, and of a candidate whether it may follow it, as if both had been compared here', async () => {
    const [now, before] = [await validated(300, 10), await validated(300)]
    const version = await storedVersion(uploadOf(300))
    const told = valueOf(await analyst.ask('writtenValidation', { upload: uploadOf(300, 10), manner: manner('json'), at }, version))
    const report = withChanges(now, before)
    expect([report.summary.changes?.new, report.summary.changes?.fixed]).not.toContain(0)
    expect(readWritten(told.text)).toEqual(report)
    const follows = { against: { topology: 'shop', number: 1, contentHash: version.contentHash }, compatibility: 'NONE' } as const
    const check = valueOf(
      await analyst.ask('writtenValidation', { upload: uploadOf(300, 10), manner: manner('json'), follows, at }, version),
    )
    expect(readWritten(check.text)).toEqual({ ...judgeCandidate(report), ...follows })
    const stored = valueOf(await analyst.ask('writtenReport', { manner: manner('sarif'), at }, version, version))
    const { results } = (JSON.parse(textOf(stored)) as { runs: readonly [{ results: readonly { baselineState: string }[] }] }).runs[0]
    expect(new Set(results.map(({ baselineState }) => baselineState))).toEqual(new Set(['unchanged']))
  })

  it('is a failure from where the asker says so', async () => {
    const failed = async (failOn: Manner['failOn']): Promise<boolean> =>
      valueOf(await analyst.ask('writtenValidation', { upload: uploadOf(2), manner: { ...manner('json'), failOn }, at })).failed
    expect([await failed('never'), await failed('warning'), await failed(undefined)]).toEqual([
      false,
      true,
      (await validated(2)).verdict === 'FAIL',
    ])
  })

  it.each(['json', 'sarif'])('is given as %s where there is room for all of it, and refused where there is a byte less', async (form) => {
    const ask = (room: number) => here.ask('writtenValidation', { upload: uploadOf(300), manner: manner(form, roomOf(room)), at })
    const { byteLength } = valueOf(await ask(1024 ** 3)).text
    expect(valueOf(await ask(byteLength)).text.byteLength).toBe(byteLength)
    expect(await ask(byteLength - 1)).toMatchObject({ problem: { code: 'ANSWER_TOO_LARGE' } })
  })

  it('is refused as soon as it takes more than there is room for, unless its form is short', async () => {
    const ask = (form: string) => analyst.ask('writtenValidation', { upload: uploadOf(2_000), manner: manner(form, mebibytes(1)), at })
    expect(await ask('json')).toMatchObject({ problem: { code: 'ANSWER_TOO_LARGE' } })
    expect(await ask('junit')).toMatchObject({ problem: { code: 'ANSWER_TOO_LARGE' } })
    expect(valueOf(await ask('markdown')).text.byteLength).toBeLessThan(64 * 1024)
  })
})
