import { answerTooLarge, type Room } from '#engine/model/answer-too-large'
import type { Answered, AskKind } from '../analyst.js'
import type { Teller } from '../place-book.js'
import { writeAnswer } from './write-answer.js'
import { pausing } from '#engine/pause'
import type { Report } from '#engine/model/report'
import type { Written } from '#engine/model/written'
import type { Work } from '../turn-taking/work.js'

/** An answer with the places of what it names, which are read first where they are not at hand. */
export function* tellAnswer<T>(answer: T, { tell, load }: Teller): Work<T> {
  const told = tell(answer)
  const loading = load()
  if (loading === undefined) return told
  yield* loading
  return tell(answer)
}

/** The same of a report, whose findings make room one by one for what is told of them: there may be a hundred thousand. */
export function* tellReport(report: Report, { tell, load }: Teller): Work<Report> {
  const { findings, suppressed = [], ...rest } = report
  const lists = [findings, suppressed]
  tell(rest)
  for (const list of lists) for (const finding of pausing(list)) tell(finding)
  const loading = load()
  if (loading !== undefined) yield* loading
  for (const list of lists) for (const [at, finding] of pausing(list.entries())) list[at] = tell(finding)
  return { ...report, ...tell(rest) }
}

/** The same in words, refused as soon as there is no room for them. */
export function* tellInWords(kind: AskKind, answer: Answered<unknown>, { tell, load }: Teller, room: Room): Work<Answered<Written>> {
  if ('problem' in answer) return answer
  const write = (): Answered<Written> => {
    const value = writeAnswer(answer.value, tell, room.left)
    return value === undefined ? answerTooLarge(kind, room) : { value }
  }
  const written = write()
  const loading = load()
  if (loading === undefined) return written
  yield* loading
  return write()
}
