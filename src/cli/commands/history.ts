import type { Command } from '../command.js'
import { readCount } from '../flags/read-count.js'
import { exitCodes } from '../failure.js'
import { formatFlag, printAnswer } from '../print-answer.js'
import { tellVersions } from '../print/topologies.js'
import { serverFlags } from '../server/server-flags.js'
import { keptNote } from '../topologies/kept-note.js'
import { openTopologies } from '../topologies/open-topologies.js'
import { readTopologyName } from '../topology-name.js'

export const history: Command = {
  name: 'history',
  says: 'list the versions of a topology, the newest first',
  operands: ['NAME'],
  examples: ['sightline history shop --last 10 --server http://127.0.0.1:8080', 'sightline history shop --format json'],
  flags: {
    last: { takes: 'N', says: 'only so many of the newest; all unless stated' },
    ...serverFlags,
    format: formatFlag,
  },
  notes: ['Each with when, by whom and why it was appended, and the tags that point at it. Pruned ones are not among them.', keptNote],
  run: async (given, surroundings) => {
    const [name = ''] = given.operands
    const topology = readTopologyName(name)
    const last = given.value('last')
    const most = last === undefined ? undefined : readCount('last', last)
    const versions = await openTopologies(given, surroundings, (kept) => kept.history(topology, most))
    await printAnswer(given, surroundings, versions, tellVersions)
    return exitCodes.fine
  },
}
