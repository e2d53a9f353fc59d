import type { Item, Part } from '#formats/parts/part'
import { items, section, sentence } from '#formats/parts/tell'
import { allCommands } from './all-commands.js'
import type { Command, Flag } from './command.js'
import { sharedFlags } from './parse-arguments.js'

const rows = (all: readonly (readonly string[])[]): readonly Part[] => items(all.map((cells): Item => ({ cells })))

/** To be copied: no line of them is broken. */
const commands = (lines: readonly string[]): readonly Part[] => [
  { kind: 'FILE', language: 'sh', text: lines.map((line) => `  ${line}`).join('\n') },
]

/** What each exit code means, as the help and the page about commands say it. */
export const exitMeanings = [
  ['0', 'REACHABLE, TRUSTED, visible, PASS, WARN'],
  ['1', 'any other verdict, and nothing else'],
  ['2', 'the input or the usage is wrong'],
  ['3', 'the server cannot be reached'],
  ['4', 'not allowed: no token, one that is not taken, or one that does not allow this'],
  ['5', 'conflict: the topology has moved on'],
  ['70', 'a fault of this program; of `serve` also a port in use or a database out of reach'],
  ['78', 'of `serve`: its settings are wrong or refused, or its data cannot be used as it is'],
] as const

/** Words that are no commands of their own, and stand in the same place. */
const words = [
  ['help [COMMAND]', 'tell how a command is used'],
  ['version', 'say which version this is'],
] as const

/** What `sightline --help` prints. */
export const helpForAll = (): readonly Part[] => [
  sentence('sightline: what can reach what across Istio meshes, and why'),
  ...section('Examples', commands(allCommands.flatMap(({ examples }) => examples.slice(0, 1)))),
  ...section('Commands', rows([...allCommands.map(({ name, says }) => [name, says] as const), ...words])),
  ...section('Exit codes', rows(exitMeanings)),
  sentence(''),
  sentence('`sightline help COMMAND` tells more of each.'),
]

/** What `sightline COMMAND --help` prints. */
export const helpFor = ({ name, says, operands, examples, flags, notes = [] }: Command): readonly Part[] => [
  sentence(`sightline ${name}: ${says}`),
  ...section('Examples', commands(examples)),
  ...section('Usage', commands([['sightline', name, ...operands, '[FLAGS]'].join(' ')])),
  ...section('Flags', rows(Object.entries({ ...flags, ...sharedFlags }).map(describeFlag))),
  ...(notes.length === 0 ? [] : [sentence('')]),
  ...notes.map((note) => sentence(note)),
]

const describeFlag = ([name, { takes, repeats, says }]: readonly [string, Flag]): readonly [string, string] => [
  `${name === 'help' ? '-h, ' : ''}--${name}${takes === undefined ? '' : ` ${takes}`}`,
  `${says}${repeats === true ? ' (may be repeated)' : ''}`,
]
