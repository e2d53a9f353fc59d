import { buffer } from 'node:stream/consumers'
import type { Finding } from '#engine/model/report'
import { openDocument } from '#operations/documents/open-document'
import { writeForSending } from '#operations/documents/read-document'
import { appendDocument } from '../append-document.js'
import type { Command, Given } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { ownServerFlags, serverFor } from '../own-server.js'
import { formatFlag, printAnswer } from '../print-answer.js'
import { tellAppended } from '../print/appended.js'
import { inputFlags, readInput } from '../input/read-input.js'
import { takenForGranted } from '../input/taken-for-granted.js'
import { pathNote } from '../open-subject.js'
import { readTopologyName } from '../topology-name.js'

export const push: Command = {
  name: 'push',
  says: 'append a version to a topology on a server',
  operands: ['PATH...'],
  examples: [
    'sightline push examples/single-cluster --topology shop --server http://127.0.0.1:8080',
    'sightline push . --topology shop --message "open ratings to west" --author ann --expect 41',
    'kubectl get service,deployment -A -o yaml | sightline push - --topology shop --cluster west --dry-run',
  ],
  flags: {
    topology: { takes: 'NAME', says: 'the topology, created when it is new' },
    message: { takes: 'TEXT', says: 'why this version' },
    author: { takes: 'TEXT', says: 'who made it' },
    expect: { takes: 'N', says: 'number of the newest version that this one is made for; 0: there must be none yet' },
    'require-pass': { says: 'store nothing of which an assertion does not hold' },
    'dry-run': { says: 'do everything but store' },
    ...inputFlags,
    ...ownServerFlags,
    format: formatFlag,
  },
  notes: [
    pathNote,
    'Includes are resolved and secrets removed before anything is sent; the server’s answers name the files and lines that are here.',
    'Exits with 0 also when nothing changed, with 5 when the topology has moved on from the expected version,',
    'and with `--require-pass` with 1 when an assertion does not hold.',
  ],
  run: async (given, surroundings) => {
    const topology = readTopology(given)
    const server = serverFor(given, surroundings)
    const query = { ...readOptions(given), ...switchesOf(given) }
    const input = await readInput(given)
    const { content, ...seen } = await openDocument(surroundings, input.upload)
    surroundings.err(takenForGranted(input, seen))
    const body = await buffer(writeForSending(content))
    const where = { ...query, cluster: seen.assumedCluster }
    const appended = await appendDocument(server, topology, body, where, 'application/json')
    const answer = { ...appended, warnings: merged(seen.notes, appended.warnings) }
    await printAnswer(given, surroundings, answer, tellAppended(given.has('dry-run')))
    return exitCodes.fine
  },
}

const switchesOf = (given: Given): Readonly<Record<string, string>> => ({
  ...(given.has('dry-run') ? { dryRun: 'true' } : {}),
  ...(given.has('require-pass') ? { requirePass: 'true' } : {}),
})

function readTopology(given: Given): string {
  const topology = given.value('topology')
  if (topology === undefined) throw failure('input', '`--topology` is missing: the name under which versions are kept')
  return readTopologyName(topology, `--topology ${topology}`)
}

function readOptions(given: Given): Readonly<Record<string, string | undefined>> {
  const expected = given.value('expect')
  if (expected !== undefined && !/^\d{1,9}$/.test(expected))
    throw failure('input', `\`--expect ${expected}\` is not the number of a version`)
  return { expectedVersion: expected, message: given.value('message'), author: given.value('author') }
}

/** What was found here names the files that it was found in; the server may know of more. */
const merged = (here: readonly Finding[], there: readonly Finding[]): Finding[] => [
  ...here,
  ...there.filter(({ code, message }) => !here.some((one) => one.code === code && one.message === message)),
]
