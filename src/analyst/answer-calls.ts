import { remedyFinder } from '#engine/remedies/find-remedies'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { answerTooLarge } from '#engine/model/answer-too-large'
import type { Answered } from './analyst.js'
import { answerCall } from './answers.js'
import type { Ask } from './ask.js'
import type { Teller } from './place-book.js'
import type { Work } from './turn-taking/work.js'
import { writeAnswer } from './writing/write-answer.js'
import { sizeOf, type Written } from '#engine/model/written'

/** How long others wait, where one answer is not longer. */
const longestMs = 20

type WrittenCalls = Answered<readonly Answered<Written>[]>

/** Answers to as many questions as a moment is enough for, each written before the next is thought about. */
export function* answerCalls(snapshot: Snapshot, teller: Teller, { questions, at, room, view }: Ask<'calls'>): Work<WrittenCalls> {
  const asked = { at, view, findRemedies: remedyFinder(snapshot) }
  const answers: Answered<Written>[] = []
  const began = performance.now()
  let { left } = room
  for (const question of questions) {
    const answer = answerCall(snapshot, question, asked)
    if ('problem' in answer) answers.push(answer)
    else {
      const value = writeAnswer(answer.value, teller.tell, left)
      if (value === undefined) return answerTooLarge(questions.length === 1 && room.left === room.limit ? 'reachability' : 'calls', room)
      answers.push({ value })
      left -= sizeOf(value)
    }
    if (performance.now() - began > longestMs) break
    yield 'PUT_DOWN'
  }
  const loading = teller.load()
  if (loading === undefined) return { value: answers }
  yield* loading
  return yield* answerCalls(snapshot, teller, { kind: 'calls', questions: questions.slice(0, answers.length), at, room, view })
}
