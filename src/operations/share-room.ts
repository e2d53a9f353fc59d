import type { Analyst, Answered, AnswerTo, AskKind, Asks, WordKind } from '#analyst/analyst'
import { answerTooLarge } from '#engine/model/answer-too-large'
import type { Problem } from '#engine/model/app-error'
import { readWritten, sizeOf } from '#engine/model/written'

/**
 * The analyst for one request whose answers are read here, as whole: all together they take no more than `limit` bytes, and none is read before
 * that is known. `otherwise`: what there is besides for larger ones, as a clause of the sentence that refuses one.
 */
export function shareRoom(analyst: Analyst, limit: number, otherwise: string): Analyst {
  let left = limit
  const refusing = ({ problem }: Refused): Refused =>
    problem.code === 'ANSWER_TOO_LARGE' ? { problem: { ...problem, message: `${problem.message}; ${otherwise}` } } : { problem }
  const take = (kind: AskKind, bytes: number): Refused | undefined => {
    left -= bytes
    return left < 0 ? refusing(answerTooLarge(kind, { limit })) : undefined
  }
  const stretch = async (asked: Asks['proxyConfig']['asked'], ...about: Asks['proxyConfig']['about']): Promise<AnswerTo<'proxyConfig'>> => {
    const answer = await analyst.ask('proxyConfig', asked, ...about)
    return 'problem' in answer ? answer : (take('proxyConfig', answer.value.text.byteLength) ?? answer)
  }
  const read = async <K extends WordKind>(kind: K, asked: Asks[K]['asked'], ...about: Asks[K]['about']): Promise<Answered<unknown>> => {
    const answer = await analyst.write(kind, asked, { limit, left: Math.max(0, left) }, ...about)
    return 'problem' in answer ? refusing(answer) : (take(kind, sizeOf(answer.value)) ?? { value: readWritten(answer.value) })
  }
  const ask = (kind: AskKind, asked: never, ...about: Asks['proxyConfig']['about']) =>
    kind === 'proxyConfig' ? stretch(asked, ...about) : read(kind as WordKind, asked, ...about)
  return { ...analyst, ask: ask as unknown as Analyst['ask'] }
}

interface Refused {
  readonly problem: Problem
}
