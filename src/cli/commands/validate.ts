import type { Report } from '#engine/model/report'
import { assertFlag, readAssertFlag } from '../assert-flag.js'
import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { formatFlag, printAnswer } from '../print-answer.js'
import { printReport } from '../print/report.js'
import { openSubject, pathNote, subjectFlags } from '../open-subject.js'

export const validate: Command = {
  name: 'validate',
  says: 'what is wrong with a topology, and do its assertions hold?',
  operands: ['PATH...'],
  examples: [
    'sightline validate examples/single-cluster',
    'sightline validate . --fail-on warning --format json',
    'sightline validate shop@latest --server http://127.0.0.1:8080',
  ],
  flags: {
    'fail-on': { takes: 'LEVEL', choices: ['error', 'warning'], says: 'exit with 1 from this severity on; error unless stated' },
    assert: assertFlag,
    ...subjectFlags,
    format: formatFlag,
  },
  notes: [pathNote, 'Exits with 0 for PASS and WARN (with `--fail-on warning` only for PASS), with 1 for FAIL.'],
  run: async (given, surroundings) => {
    const report = await openSubject(given, surroundings, given.value('server')).report(readAssertFlag(given))
    await printAnswer(given, surroundings, report, printReport)
    const failing: readonly Report['verdict'][] = given.value('fail-on') === 'warning' ? ['FAIL', 'WARN'] : ['FAIL']
    return failing.includes(report.verdict) ? exitCodes.verdict : exitCodes.fine
  },
}
