import { answerTooLarge } from '#engine/model/answer-too-large'
import { judgeCandidate } from '#engine/model/check'
import { isFailure } from '#engine/model/fail-on'
import type { Report } from '#engine/model/report'
import { withChanges } from '#engine/model/with-changes'
import type { WrittenReport } from '#engine/model/written'
import { findFormat } from '#formats/all-formats'
import { readRulePage } from '#formats/rule-page'
import type { Told } from '#formats/told'
import type { Answered } from '../analyst.js'
import type { Ask } from '../ask.js'
import { joinPieces } from './join-pieces.js'
import type { Work } from '../turn-taking/work.js'
import type { VersionSource } from '../version-source.js'
import { writeAnswer } from './write-answer.js'
import { type Kept, reportOnVersion } from '../report.js'

type Asked = Ask<'writtenValidation' | 'writtenReport'>

/**
 * A report as it leaves: held against that of a version, where one is said, and written in the form that was asked for.
 *
 * All of it is as long as the report is, so that it is done here, where others have their turn between, and not where all requests are answered.
 */
export function* writeReport(
  kept: Kept,
  ask: Asked,
  making: Work<Answered<Report>>,
  base: VersionSource | undefined,
): Work<Answered<WrittenReport>> {
  const made = yield* making
  if ('problem' in made) return made
  const before = base === undefined ? undefined : yield* reportOnVersion(kept, base, { kind: 'report', at: ask.at, signal: ask.signal })
  if (before !== undefined && 'problem' in before) return before
  yield 'PUT_DOWN'
  const report = before === undefined ? made.value : withChanges(made.value, before.value)
  const follows = 'follows' in ask ? ask.follows : undefined
  const check = follows && { ...judgeCandidate(report), ...follows }
  const { form, program: version, failOn, room } = ask.manner
  const told: Told = { report, ...(check && { check }), version, pageOf: readRulePage }
  const text = written(form, told, room.left)
  if (text === undefined) return answerTooLarge('report', room)
  const failed = check === undefined ? isFailure(report, failOn) : check.verdict !== 'PASS'
  return { value: { type: `${findFormat(form)?.mediaType}; charset=utf-8`, text, failed } }
}

function written(form: string, told: Told, room: number): Uint8Array<ArrayBuffer> | undefined {
  if (form !== 'json') return joinPieces(findFormat(form)?.pieces(told) ?? [], room)
  // Programs are given no blanks.
  const json = writeAnswer(told.check ?? told.report, (value) => value, room)
  return typeof json === 'string' ? new TextEncoder().encode(json) : json
}
