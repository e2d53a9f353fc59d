import { maskedConfig, readConfig } from '#config'
import type { Command } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { formatFlag, printAnswer } from '../print-answer.js'

export const config: Command = {
  name: 'config',
  says: 'print every setting of the service that is in force, passwords masked',
  operands: [],
  examples: ['sightline config', 'PORT=9090 sightline config --format json'],
  flags: { format: formatFlag },
  notes: ['Settings come from the environment. Exits with 2 when one of them is not understood.'],
  run: async (given, surroundings) => {
    const read = readConfig(surroundings.environment)
    if ('problems' in read) throw failure('input', read.problems.join('\nsightline: '))
    await printAnswer(given, surroundings, maskedConfig(read.config), (_paint, settings) =>
      Object.entries(settings).map(([name, value]) => `${name}=${Array.isArray(value) ? value.join(',') : String(value)}`),
    )
    return exitCodes.fine
  },
}
