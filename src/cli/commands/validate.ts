import { existsSync } from 'node:fs'
import { type FailOn, FailOn as Levels, isFailure } from '#engine/model/fail-on'
import { withChanges } from '#engine/model/with-changes'
import { assertFlag, readAssertFlag } from '../flags/assert-flag.js'
import { baselineFlag, namesVersion, readBaseline } from '../flags/baseline-flag.js'
import type { Command, Flag, Given, Surroundings } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { outputFlag, printInFormat, reportFormatFlag } from '../print-answer.js'
import { watchFiles } from '../input/watch-files.js'
import type { Server } from '../server/server.js'
import { statedServer } from '../server/server-flags.js'
import { openSubject, pathNote, subjectFlags } from '../open-subject.js'

export const failOnFlag: Flag = {
  takes: 'LEVEL',
  choices: Levels.enum,
  says: 'exit with 1 from this on; error unless stated, new-error: only for errors that the baseline does not have',
}

export const validate: Command = {
  name: 'validate',
  says: 'what is wrong with a topology, and do its assertions hold?',
  operands: ['PATH...'],
  examples: [
    'sightline validate examples/single-cluster',
    'sightline validate . --fail-on warning --format json',
    'sightline validate . --assert must-hold.yaml --baseline accepted.json --fail-on new-error',
    'sightline validate . --output sarif=sightline.sarif --output junit=sightline.xml',
    'sightline validate . --watch',
    'sightline validate shop@latest --server http://127.0.0.1:8080',
  ],
  flags: {
    'fail-on': failOnFlag,
    assert: assertFlag,
    baseline: baselineFlag,
    ...subjectFlags,
    format: reportFormatFlag,
    output: outputFlag,
    watch: { says: 'do it again whenever one of the files changes, until it is stopped' },
  },
  notes: [
    pathNote,
    'With `--baseline NAME@REF --server URL` PATH may be files here, which are validated here.',
    'Exits with 0 for PASS and WARN, with 1 for FAIL; `--fail-on` moves that, and never the verdict.',
  ],
  run: async (given, surroundings) => {
    if (given.value('fail-on') === 'new-error' && !given.has('baseline')) {
      throw failure('input', '`--fail-on new-error` needs a `--baseline`, against which something is new')
    }
    return given.has('watch') ? watchFiles(given, surroundings, () => validateOnce(given, surroundings)) : validateOnce(given, surroundings)
  },
}

async function validateOnce(given: Given, surroundings: Surroundings): Promise<number> {
  const baseline = await readBaseline(given, surroundings)
  const made = await openSubject(given, surroundings, serverAsked(given, surroundings)).report(readAssertFlag(given))
  const report = baseline === undefined ? made : withChanges(made, baseline)
  await printInFormat(given, surroundings, { report })
  return isFailure(report, given.value('fail-on') as FailOn | undefined) ? exitCodes.verdict : exitCodes.fine
}

/** The server that PATH is on: none, where it is here and the server has only the baseline. */
function serverAsked(given: Given, surroundings: Surroundings): Server | undefined {
  const { operands } = given
  const isHere = given.has('cluster') || operands.some((path) => path === '-' || existsSync(path))
  return namesVersion(given.value('baseline') ?? '') && isHere ? undefined : statedServer(given, surroundings)
}
