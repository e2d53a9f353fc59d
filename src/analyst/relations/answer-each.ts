import type { Snapshot } from '#engine/snapshot/snapshot'
import type { Answered, AskKind } from '../analyst.js'
import type { Ask } from '../ask.js'
import type { Teller } from '../place-book.js'
import { tellAnswer } from '../writing/tell-answer.js'
import type { Work } from '../turn-taking/work.js'
import type { KeptAnswers } from './kept-answers.js'

interface Stand {
  readonly snapshot: Snapshot
  readonly teller: Teller
}

type AnswerOne = (snapshot: Snapshot, ask: { readonly kind: AskKind }) => Answered<unknown>

/** Answers to all of these, in order; others have their turn between two of them. */
export function* answerEach(
  { of, asked }: Ask<'each'>,
  { snapshot, teller }: Stand,
  kept: KeptAnswers,
  answer: AnswerOne,
): Work<Answered<readonly Answered<unknown>[]>> {
  const answers: Answered<unknown>[] = []
  for (const one of asked) {
    answers.push(kept.once({ snapshot, of, asked: one }, () => answer(snapshot, { ...one, kind: of })))
    yield 'PUT_DOWN'
  }
  return { value: yield* tellAnswer(answers, teller) }
}
