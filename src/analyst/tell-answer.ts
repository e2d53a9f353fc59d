import { answerTooLarge, type Room } from '#engine/model/answer-too-large'
import type { Answered, AskKind } from './analyst.js'
import type { Teller } from './place-book.js'
import { writeAnswer } from './write-answer.js'
import type { Written } from '#engine/model/written'

/** An answer with the places of what it names; later, where these have to be read first. */
export function tellAnswer<T>(answer: T, { tell, load }: Teller): T | Promise<T> {
  const told = tell(answer)
  return load()?.then(() => tell(answer)) ?? told
}

/** The same in words, refused as soon as there is no room for them. */
export function tellInWords(
  kind: AskKind,
  answer: Answered<unknown>,
  { tell, load }: Teller,
  room: Room,
): Answered<Written> | Promise<Answered<Written>> {
  if ('problem' in answer) return answer
  const write = (): Answered<Written> => {
    const value = writeAnswer(answer.value, tell, room.left)
    return value === undefined ? answerTooLarge(kind, room) : { value }
  }
  const written = write()
  return load()?.then(write) ?? written
}
