import type { SubjectInput } from '#engine/model/groups/subject-input'
import type { Command, Given } from '../command.js'
import { exitCodes } from '../failure.js'
import { openSubject } from '../open-subject.js'
import { printAnswer, type Tell } from '../print-answer.js'
import type { Question } from '../questions.js'
import { readPort, readSubject } from '../read-subject.js'
import { statedServer } from '../server/server-flags.js'

/** What `--of` and `--port` say. */
interface About {
  readonly of: SubjectInput
  readonly port: number | null
}

/** Asks a question about whom `--of` names, and tells the answer. */
export const runAboutSubject =
  <Asked, Answer>(question: Question<Asked, Answer>, asking: (about: About, given: Given) => Asked, tell: Tell<Answer>): Command['run'] =>
  async (given, surroundings) => {
    const subject = openSubject(given, surroundings, statedServer(given, surroundings))
    const { subject: of, port } = await readSubject('--of', given.value('of'), subject)
    const answer = await subject.ask(question, asking({ of, port: readPort(given, port) }, given))
    await printAnswer(given, surroundings, answer, tell)
    return exitCodes.fine
  }
