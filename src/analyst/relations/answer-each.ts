import type { Answered } from '../analyst.js'
import type { Teller } from '../place-book.js'
import { tellAnswer } from '../writing/tell-answer.js'
import type { Work } from '../turn-taking/work.js'

/** Answers to all of these, in order; others have their turn between two of them. */
export function* answerEach<Asked>(
  all: readonly Asked[],
  answer: (asked: Asked) => Answered<unknown>,
  teller: Teller,
): Work<Answered<readonly Answered<unknown>[]>> {
  const answers: Answered<unknown>[] = []
  for (const asked of all) {
    answers.push(answer(asked))
    yield 'PUT_DOWN'
  }
  return { value: yield* tellAnswer(answers, teller) }
}
