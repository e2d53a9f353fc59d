import type { Command } from '../command.js'
import { readRows, rowFlags } from '../flags/group-flags.js'
import { pathNote, subjectFlags } from '../open-subject.js'
import { answerFlags } from '../print-answer.js'
import { tellEffectivePolicy } from '../print/effective-policy.js'
import { questions } from '../questions.js'
import { subjectForms } from '../read-subject.js'
import { runAboutSubject } from './run-about-subject.js'

export const effectivePolicy: Command = {
  name: 'effective-policy',
  says: 'what is in force for this workload, port by port, and what overrides what?',
  operands: ['PATH...'],
  examples: [
    'sightline effective-policy examples/namespace-tenancy --of west/team-1/catalog',
    'sightline effective-policy . --of reviews.shop --port 9080 --format json',
    'sightline effective-policy shop --server http://127.0.0.1:8080 --of west/shop/reviews',
  ],
  flags: {
    of: { takes: 'SUBJECT', says: `the workload, or several: ${subjectForms}` },
    port: { takes: 'PORT', says: 'only what is in force at this port of the workload' },
    ...rowFlags,
    ...subjectFlags,
    ...answerFlags,
  },
  notes: [pathNote, 'Exits with 0 when it is answered.'],
  run: runAboutSubject(questions.effectivePolicy, (about, given) => ({ ...about, ...readRows(given) }), tellEffectivePolicy),
}
