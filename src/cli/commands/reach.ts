import type { Command } from '../command.js'
import { groupFlags, readGroups } from '../flags/group-flags.js'
import { pathNote, subjectFlags } from '../open-subject.js'
import { answerFlags } from '../print-answer.js'
import { tellGroups } from '../print/groups.js'
import { questions } from '../questions.js'
import { subjectForms } from '../read-subject.js'
import { runAboutSubject } from './run-about-subject.js'

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
    ...answerFlags,
  },
  notes: [pathNote, 'Exits with 0 when it is answered.'],
  run: runAboutSubject(questions.reach, (about, given) => ({ ...about, ...readGroups(given) }), tellGroups),
}
