import type { Command } from '../command.js'
import { exitCodes } from '../failure.js'
import { formatFlag, printAnswer } from '../print-answer.js'
import { tellTopologies } from '../print/topologies.js'
import { keptNote } from '../topologies/kept-note.js'
import { serverFlags } from '../server/server-flags.js'
import { openTopologies } from '../topologies/open-topologies.js'

export const list: Command = {
  name: 'list',
  says: 'list the topologies that are kept',
  operands: [],
  examples: ['sightline list --server http://127.0.0.1:8080', 'sightline list --format json'],
  flags: { ...serverFlags, format: formatFlag },
  notes: ['By name, each with the number of its newest version. Only those that the token is for.', keptNote],
  run: async (given, surroundings) => {
    const topologies = await openTopologies(given, surroundings, (kept) => kept.list())
    await printAnswer(given, surroundings, topologies, tellTopologies)
    return exitCodes.fine
  },
}
