import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { done } from '../print/done.js'
import { formatFlag, printAnswer } from '../print-answer.js'
import { serverFlags } from '../server/server-flags.js'
import { keptNote } from '../topologies/kept-note.js'
import { openTopologies } from '../topologies/open-topologies.js'
import { readTopologyName } from '../topology-name.js'

export const deleteStored: Command = {
  name: 'delete',
  says: 'delete a topology with all its versions',
  operands: ['NAME'],
  examples: ['sightline delete shop --server http://127.0.0.1:8080'],
  flags: { ...serverFlags, format: formatFlag },
  notes: [
    'At once and for good: only a backup brings it back. A topology created again under the name goes on with its numbers. It takes the scope `admin`.',
    keptNote,
  ],
  run: async (given, surroundings) => {
    const [name = ''] = given.operands
    const topology = readTopologyName(name)
    await openTopologies(given, surroundings, (kept) => kept.delete(topology))
    await printAnswer(given, surroundings, { deleted: topology }, () => [done('DELETED', topology)])
    return exitCodes.fine
  },
}
