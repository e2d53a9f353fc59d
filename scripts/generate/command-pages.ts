import { allCommands } from '#cli/all-commands'
import type { Command, Flag } from '#cli/command'
import { exitMeanings } from '#cli/help'

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The page that says of every command what `--help` says of it. */
export const commandPages = (): string =>
  [
    '# Commands',
    '',
    'What `sightline help COMMAND` prints, on one page. Results are written to standard output, messages to standard error. `npx sightline` runs',
    'it from a clone. `sightline completion bash` prints what makes a shell complete commands and flags.',
    '',
    '| command | |',
    '| --- | --- |',
    ...allCommands.map(({ name, says }) => `| [${name}](#${name}) | ${cell(says)} |`),
    ...allCommands.flatMap(pageOf),
    '',
    '## Exit codes',
    '',
    'The same for every command and in every format, so that a pipeline needs nothing else.',
    '',
    '| code | when |',
    '| --- | --- |',
    ...exitMeanings.map(([code, when]) => `| ${code} | ${cell(when)} |`),
    '',
  ].join('\n')

const pageOf = ({ name, says, operands, flags, examples, notes = [] }: Command): readonly string[] => [
  '',
  `## ${name}`,
  '',
  `${says.charAt(0).toUpperCase()}${says.slice(1)}${/[.?]$/.test(says) ? '' : '.'}`,
  '',
  '```sh',
  ...examples,
  '```',
  '',
  `Usage: \`${['sightline', name, ...operands, '[FLAGS]'].join(' ')}\``,
  ...(notes.length === 0 ? [] : ['', ...notes]),
  ...(Object.keys(flags).length === 0 ? [] : ['', '| flag | |', '| --- | --- |', ...Object.entries(flags).map(rowOf)]),
]

const rowOf = ([name, { takes, repeats, says }]: readonly [string, Flag]): string =>
  `| \`--${name}${takes === undefined ? '' : ` ${cell(takes)}`}\` | ${cell(says)}${repeats === true ? ' (may be repeated)' : ''} |`
