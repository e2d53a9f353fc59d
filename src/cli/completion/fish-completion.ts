import type { Command, Flag } from '../command.js'
import { sharedFlags } from '../parse-arguments.js'

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`

/** What fish sources. */
export const fishCompletion = (commands: readonly Command[]): string =>
  [
    '# sightline completion fish | source',
    ...commands.map(({ name, says }) => wordLine(name, says)),
    wordLine('help', 'tell how a command is used'),
    wordLine('version', 'say which version this is'),
    `complete -c sightline -n '__fish_seen_subcommand_from help' -f -a ${quoted(commands.map(({ name }) => name).join(' '))}`,
    ...commands.flatMap(linesOf),
    '',
  ].join('\n')

const wordLine = (name: string, says: string): string => `complete -c sightline -n __fish_use_subcommand -f -a ${name} -d ${quoted(says)}`

const linesOf = ({ name, flags, operandChoices }: Command): readonly string[] => {
  const here = `complete -c sightline -n '__fish_seen_subcommand_from ${name}'`
  return [
    ...(operandChoices === undefined ? [] : [`${here} -f -a ${quoted(operandChoices.join(' '))}`]),
    ...Object.entries({ ...flags, ...sharedFlags }).map(([flag, about]) => `${here} -l ${flag}${valueOf(about)} -d ${quoted(about.says)}`),
  ]
}

const valueOf = ({ takes, choices }: Flag): string => {
  if (takes === undefined) return ''
  return choices === undefined ? ' -r' : ` -x -a ${quoted(choices.join(' '))}`
}
