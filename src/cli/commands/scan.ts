import { openForQuestions } from '#operations/documents/open-for-questions'
import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { inputFlags, readInput } from '../input/read-input.js'
import { takenForGranted } from '../input/taken-for-granted.js'
import { pathNote } from '../open-subject.js'
import { tellRemoved } from '../print/removed.js'
import { formatFlag, printAnswer } from '../print-answer.js'

export const scan: Command = {
  name: 'scan',
  says: 'which secrets would be taken out before anything is stored?',
  operands: ['PATH...'],
  examples: ['sightline scan examples/single-cluster', 'sightline scan . --format json'],
  flags: { ...inputFlags, format: formatFlag },
  notes: [
    pathNote,
    'Tells the file, the line, the path and the kind of each, and never the value; nothing is stored, and no server is asked.',
    'Exits with 0 where there is none, with 1 where there are some.',
  ],
  run: async (given, surroundings) => {
    const input = await readInput(given)
    const { removed, notes, leftOut, ...opened } = await openForQuestions(surroundings, input.upload, true)
    surroundings.err(takenForGranted(input, { notes, leftOut, ...opened }))
    await printAnswer(given, surroundings, { removed }, tellRemoved)
    return removed.length === 0 ? exitCodes.fine : exitCodes.verdict
  },
}
