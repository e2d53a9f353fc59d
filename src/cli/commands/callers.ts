import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { groupFlags, readGroups } from '../flags/group-flags.js'
import { openSubject, pathNote, subjectFlags } from '../open-subject.js'
import { formatFlag, printAnswer } from '../print-answer.js'
import { printGroups } from '../print/groups.js'
import { questions } from '../questions.js'
import { readPort, readSubject, subjectForms } from '../read-subject.js'
import { statedServer } from '../server/server-flags.js'

export const callers: Command = {
  name: 'callers',
  says: 'who can call this, and who cannot, and why?',
  operands: ['PATH...'],
  examples: [
    'sightline callers examples/namespace-tenancy --of catalog.team-1:9080',
    'sightline callers . --of west/shop/reviews --by IDENTITY --verdict REACHABLE --verdict AMBIGUOUS',
    'sightline callers shop@42 --server http://127.0.0.1:8080 --of reviews.shop --format json',
  ],
  flags: {
    of: { takes: 'SUBJECT', says: `who is called: ${subjectForms}` },
    ...groupFlags,
    ...subjectFlags,
    format: formatFlag,
  },
  notes: [pathNote, 'Exits with 0 when it is answered.'],
  run: async (given, surroundings) => {
    const asked = openSubject(given, surroundings, statedServer(given, surroundings))
    const { subject, port } = await readSubject('--of', given.value('of'), asked)
    const answer = await asked.ask(questions.callers, { of: subject, port: readPort(given, port), ...readGroups(given) })
    await printAnswer(given, surroundings, answer, printGroups)
    return exitCodes.fine
  },
}
