import { maskedConfig, readConfig, settingMeanings } from '#config'
import type { Command } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { formatFlag, printAnswer } from '../print-answer.js'

export const config: Command = {
  name: 'config',
  says: 'print every setting of the service that is in force, and what each means',
  operands: [],
  examples: ['sightline config', 'PORT=9090 sightline config --format json'],
  flags: { format: formatFlag },
  notes: ['Settings come from the environment; credentials are masked. Exits with 2 when one of them is not understood.'],
  run: async (given, surroundings) => {
    const read = readConfig(surroundings.environment)
    if ('problems' in read) throw failure('input', read.problems.join('\nsightline: '))
    await printAnswer(given, surroundings, maskedConfig(read.config), (settings) => [
      {
        kind: 'FILE',
        language: 'sh',
        text: settingMeanings.map(([name, meaning]) => `# ${meaning}\n${lineOf(name, settings[name])}`).join('\n\n'),
      },
    ])
    return exitCodes.fine
  },
}

/** As a file of variables has it, so that what is printed can be one. */
const lineOf = (name: string, value: string | number | boolean | readonly string[] | undefined): string =>
  value === undefined ? `# ${name}=` : `${name}=${typeof value === 'object' ? value.join(',') : value}`
