import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { groupFlags, readGroups } from '../flags/group-flags.js'
import { openSubject, pathNote, subjectFlags } from '../open-subject.js'
import { formatFlag, printAnswer } from '../print-answer.js'
import { printGroups } from '../print/groups.js'
import { questions } from '../questions.js'
import { readPort, readSubject, subjectForms } from '../read-subject.js'
import { statedServer } from '../server/server-flags.js'

export const reach: Command = {
  name: 'reach',
  says: 'whom can this call, and whom not, and why?',
  operands: ['PATH...'],
  examples: [
    'sightline reach examples/namespace-tenancy --of west/team-2/client',
    'sightline reach . --of spiffe://cluster.local/ns/shop/sa/client --by NAMESPACE',
    'sightline reach shop --server http://127.0.0.1:8080 --of outside',
  ],
  flags: {
    of: { takes: 'SUBJECT', says: `who calls: ${subjectForms}` },
    ...groupFlags,
    ...subjectFlags,
    format: formatFlag,
  },
  notes: [pathNote, 'Exits with 0 when it is answered.'],
  run: async (given, surroundings) => {
    const asked = openSubject(given, surroundings, statedServer(given, surroundings))
    const { subject, port } = await readSubject('--of', given.value('of'), asked)
    const answer = await asked.ask(questions.reach, { of: subject, port: readPort(given, port), ...readGroups(given) })
    await printAnswer(given, surroundings, answer, printGroups)
    return exitCodes.fine
  },
}
