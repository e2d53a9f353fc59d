import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { Answered, VersionContent } from '#analyst/analyst'
import { sizeOf, type Written } from '#engine/model/written'
import { answerTooLarge, roomOf } from '#engine/model/answer-too-large'
import { AppError, errorOf } from '#engine/model/app-error'
import { mostCalls } from '#engine/model/limits'
import type { ReachabilityQuestion } from '#engine/model/question'
import { tellRefusal } from './answered-for.js'
import { valueOf } from './value-of.js'
import type { AskingInWords } from '../dependencies.js'
import { checkDestination } from './check-destination.js'
import { checkSource } from './check-source.js'
import { checkMoment } from './moment.js'

/** So many questions travel at once. */
const several = 20

interface Calls {
  readonly calls: readonly ReachabilityQuestion[]
  /** Holds for calls that state no moment of their own. */
  readonly at?: string | null | undefined
  /** Whoever asked has gone: nothing more is worked out. */
  readonly gone?: AbortSignal | undefined
}

export type WrittenCall = Answered<Written>

/**
 * Up to 1,000 calls about one version, answered in order and in JSON, which nobody here reads; a question that cannot be asked does not stop the
 * others. Equal ones are answered once. ANSWER_TOO_LARGE as soon as the answers so far take more than the limit.
 */
export async function askCalls(
  { analyst, now, caller, answerLimit }: AskingInWords,
  version: VersionContent,
  asked: Calls,
): Promise<readonly WrittenCall[]> {
  admit(caller, 'askCalls')
  checkCalls(asked)
  const names = asked.calls.map((call) => JSON.stringify({ ...call, at: call.at ?? asked.at ?? null }))
  const times = countEach(names)
  const at = now()
  const view = viewFor(caller, version)
  const answers = new Map<string, WrittenCall>()
  let room = roomOf(answerLimit)
  for (const waiting = [...times.keys()]; waiting.length > 0; ) {
    if (asked.gone?.aborted === true) throw new AppError('CANCELLED', 'whoever asked has gone')
    const questions = waiting.slice(0, several).map((name) => JSON.parse(name) as ReachabilityQuestion)
    const given = valueOf(await analyst.ask('calls', { questions, at, room, view }, version))
    for (const [index, name] of waiting.splice(0, given.length).entries()) {
      const answer = given[index] as WrittenCall
      tellRefusal({ caller, deed: 'askCalls', version }, answer)
      answers.set(name, answer)
      room = { ...room, left: room.left - (times.get(name) ?? 1) * bytesOf(answer) }
    }
    if (room.left < 0) throw errorOf(answerTooLarge('calls', room).problem)
  }
  return names.map((name) => answers.get(name) as WrittenCall)
}

function checkCalls({ calls, at }: Calls): void {
  if (calls.length > mostCalls) {
    throw new AppError('PARAMETER_INVALID', `${calls.length} calls are asked about at once; at most ${mostCalls} are answered`, {
      errors: [{ code: 'TOO_MANY', detail: `at most ${mostCalls} calls`, pointer: '#/calls' }],
    })
  }
  for (const [index, call] of calls.entries()) {
    checkMoment(call.at ?? at)
    checkSource(call.from, `#/calls/${index}/from`)
    checkDestination(call.to, `#/calls/${index}/to`)
  }
}

/** Each name once, in order, with how often it is there. */
function countEach(names: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1)
  return times
}

const bytesOf = (answer: WrittenCall): number =>
  'value' in answer ? sizeOf(answer.value) : Buffer.byteLength(JSON.stringify(answer.problem))
