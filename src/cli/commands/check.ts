import { buffer } from 'node:stream/consumers'
import { type Check, judgeCandidate } from '#engine/model/check'
import type { Finding } from '#engine/model/report'
import { openDocument } from '#operations/documents/open-document'
import { writeForSending } from '#operations/documents/read-document'
import { askServerJson } from '../ask-server.js'
import { assertFlag, readAssertFlag } from '../flags/assert-flag.js'
import type { Command } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { inputFlags, readInput } from '../input/read-input.js'
import { takenForGranted } from '../input/taken-for-granted.js'
import { pathNote } from '../open-subject.js'
import { ownServerFlags, serverFor } from '../own-server.js'
import { outputFlag, printInFormat, reportFormatFlag } from '../print-answer.js'
import { readVersionName } from '../version-name.js'

export const check: Command = {
  name: 'check',
  says: 'may these files follow a version that a server keeps?',
  operands: ['PATH...'],
  examples: [
    'sightline check . --against shop@production --server http://127.0.0.1:8080',
    'sightline check . --against shop --assert must-hold.yaml --format json',
  ],
  flags: {
    against: { takes: 'NAME[@REF]', says: 'the version to follow, the newest of the topology unless stated' },
    assert: assertFlag,
    ...inputFlags,
    ...ownServerFlags,
    format: reportFormatFlag,
    output: outputFlag,
  },
  notes: [
    pathNote,
    'FAIL with an error that the version does not have, or an assertion that does not hold; UNDETERMINED where one is not known to hold.',
    'Secrets are removed before anything is sent, and nothing is stored. Exits with 0 for PASS, else with 1.',
  ],
  run: async (given, surroundings) => {
    const against = given.value('against')
    if (against === undefined) throw failure('input', '`--against` is missing: the version to follow, as `NAME@REF`')
    const { topology, ref } = readVersionName(against)
    const server = serverFor(given, surroundings)
    const assertions = readAssertFlag(given)
    const input = await readInput(given)
    const { content, ...seen } = await openDocument(surroundings, input.upload)
    surroundings.err(takenForGranted(input, seen))
    const form = new FormData()
    form.append('document', new Blob([await buffer(writeForSending(content))], { type: 'application/json' }), 'topology.json')
    if (assertions !== undefined) form.append('assertions', new Blob([assertions.body], { type: assertions.mediaType }), assertions.name)
    const answer = await askServerJson<Check>(server, {
      method: 'POST',
      path: `/v1/topologies/${topology}/check`,
      query: { against: ref, cluster: seen.assumedCluster },
      form,
    })
    const judged = withNotes(answer, seen.notes)
    await printInFormat(given, surroundings, { check: judged, report: judged.report })
    return judged.verdict === 'PASS' ? exitCodes.fine : exitCodes.verdict
  },
}

/** What was noted while the files were read here is no part of what was sent, and counts all the same. */
function withNotes(answer: Check, notes: readonly Finding[]): Check {
  const { report } = answer
  const there = new Set(report.findings.map(({ code, message }) => `${code} ${message}`))
  const added = notes.filter(({ code, message }) => !there.has(`${code} ${message}`)).map((note): Finding => ({ ...note, change: 'NEW' }))
  if (added.length === 0) return answer
  const count = (severity: Finding['severity']): number => added.filter((note) => note.severity === severity).length
  const { summary } = report
  const { changes } = summary
  const counted = {
    ...summary,
    error: summary.error + count('ERROR'),
    warning: summary.warning + count('WARNING'),
    info: summary.info + count('INFO'),
    ...(changes === undefined ? {} : { changes: { ...changes, new: changes.new + added.length } }),
  }
  const verdict = count('ERROR') > 0 ? 'FAIL' : count('WARNING') > 0 && report.verdict === 'PASS' ? 'WARN' : report.verdict
  const whole = { ...report, verdict, summary: counted, findings: [...added, ...report.findings] }
  return { ...answer, ...judgeCandidate(whole) }
}
