import type { Command } from '../command.js'
import { groupFlags, readGroups } from '../flags/group-flags.js'
import { pathNote, subjectFlags } from '../open-subject.js'
import { answerFlags } from '../print-answer.js'
import { tellGroups } from '../print/groups.js'
import { questions } from '../questions.js'
import { subjectForms } from '../read-subject.js'
import { runAboutSubject } from './run-about-subject.js'

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
    ...answerFlags,
  },
  notes: [pathNote, 'Exits with 0 when it is answered.'],
  run: runAboutSubject(questions.callers, (about, given) => ({ ...about, ...readGroups(given) }), tellGroups),
}
