import type { Part } from '#formats/parts/part'
import { unpainted } from '#formats/text/paint'
import { allCommands } from './all-commands.js'
import type { Command, Surroundings } from './command.js'
import { exitCodes, failure, failureOf } from './failure.js'
import { helpFor, helpForAll } from './help.js'
import { nearest } from './nearest.js'
import { parseArguments } from './parse-arguments.js'
import { printFailure } from './print/failure.js'
import { printParts } from './print/parts.js'
import { version } from './version.js'

/** One call of the command line, with its exit code. Results go out, messages to err; only bugs leave with another code. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await dispatch(words, surroundings)
  } catch (error) {
    const known = failureOf(error)
    surroundings.err(known === undefined ? `sightline: a fault of this program: ${stackOf(error)}\n` : printFailure(known))
    return known?.exitCode ?? exitCodes.internal
  }
}

async function dispatch(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const [first, ...rest] = words
  if (first === undefined) {
    await printParts(helpForAll(), surroundings.screen, surroundings.err)
    return exitCodes.input
  }
  if (['version', '--version', '-V'].includes(first)) return sayVersion(surroundings)
  if (['help', '--help', '-h'].includes(first)) return say(surroundings, helpOn(rest[0]))
  const command = findCommand(first)
  const given = parseArguments(command, rest)
  const around = given.has('no-color') ? uncoloured(surroundings) : surroundings
  return given.has('help') ? say(around, helpFor(command)) : command.run(given, around)
}

const uncoloured = (surroundings: Surroundings): Surroundings => ({
  ...surroundings,
  screen: { ...surroundings.screen, paint: unpainted },
})

const helpOn = (name: string | undefined): readonly Part[] => (name === undefined ? helpForAll() : helpFor(findCommand(name)))

async function sayVersion({ out }: Surroundings): Promise<number> {
  await out(`${version}\n`)
  return exitCodes.fine
}

async function say(surroundings: Surroundings, parts: readonly Part[]): Promise<number> {
  await printParts(parts, surroundings.screen, surroundings.out)
  return exitCodes.fine
}

function findCommand(name: string): Command {
  const command = allCommands.find((each) => each.name === name)
  if (command !== undefined) return command
  const names = [...allCommands.map((each) => each.name), 'help', 'version']
  const near = nearest(name, names)
  const what = name.startsWith('-') ? `a command comes first, not \`${name}\`` : `there is no command \`${name}\``
  throw failure('input', `${what}${near === undefined ? '' : `; did you mean \`${near}\`?`}; \`sightline --help\` lists them`)
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
