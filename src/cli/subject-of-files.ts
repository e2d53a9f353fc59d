import type { SentAssertions } from '#analyst/analyst'
import { openForQuestions } from '#operations/documents/open-for-questions'
import { validateDocument } from '#operations/documents/validate-document'
import type { Given, Surroundings } from './command.js'
import { takenForGranted } from './input/taken-for-granted.js'
import { readInput } from './input/read-input.js'
import type { Subject } from './subject.js'

/** Files on this machine, analysed in this process and read when the first question comes. */
export function subjectOfFiles(given: Given, surroundings: Surroundings): Subject {
  let opened: ReturnType<typeof open> | undefined
  const content = async () => (await (opened ??= open(given, surroundings))).content
  return {
    ask: async ({ here }, asked) => here(surroundings, await content(), asked),
    report: (assertions) => report(given, surroundings, assertions),
  }
}

async function open(given: Given, surroundings: Surroundings): ReturnType<typeof openForQuestions> {
  const input = await readInput(given)
  const opened = await openForQuestions(surroundings, input.upload)
  surroundings.err(takenForGranted(input, opened))
  return opened
}

async function report(given: Given, surroundings: Surroundings, assertions: SentAssertions | undefined): ReturnType<Subject['report']> {
  const input = await readInput(given)
  const made = await validateDocument(surroundings, input.upload, assertions)
  surroundings.err(takenForGranted(input, { notes: made.findings, leftOut: made.leftOut ?? [] }))
  return made
}
