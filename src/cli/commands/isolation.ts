import type { Command } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { groupFlags, readGroups } from '../flags/group-flags.js'
import { openSubject, pathNote, subjectFlags } from '../open-subject.js'
import { answerFlags, printAnswer } from '../print-answer.js'
import { tellIsolation } from '../print/groups.js'
import { questions } from '../questions.js'
import { readPort, readSubject, subjectForms } from '../read-subject.js'
import { statedServer } from '../server/server-flags.js'

export const isolation: Command = {
  name: 'isolation',
  says: 'is there no call between these two, in either direction?',
  operands: ['PATH...'],
  examples: [
    'sightline isolation examples/namespace-tenancy --between namespace:team-1 --between namespace:team-3',
    'sightline isolation . --between west/shop --between west/bank --port 8080',
    'sightline isolation shop --server http://127.0.0.1:8080 --between namespace:shop --between namespace:bank',
  ],
  flags: {
    between: { takes: 'SUBJECT', repeats: true, says: `one of the two, given twice: ${subjectForms}` },
    ...groupFlags,
    ...subjectFlags,
    ...answerFlags,
  },
  notes: [pathNote, 'Exits with 0 when isolation holds, else with 1.'],
  run: async (given, surroundings) => {
    const between = given.values('between')
    if (between.length !== 2) throw failure('input', '`--between` is given twice: isolation is between two')
    const asked = openSubject(given, surroundings, statedServer(given, surroundings))
    const both = await Promise.all(between.map((text) => readSubject('--between', text, asked)))
    const question = { between: both.map(({ subject }) => subject), port: readPort(given, undefined), ...readGroups(given) }
    const answer = await asked.ask(questions.isolation, question)
    await printAnswer(given, surroundings, answer, tellIsolation)
    return answer.verdict === 'HOLDS' ? exitCodes.fine : exitCodes.verdict
  },
}
