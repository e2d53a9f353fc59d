import { parseArgs } from 'node:util'
import type { Command, Flag, Given } from './command.js'
import { type Failure, failure } from './failure.js'
import { nearest } from './nearest.js'

type Flags = Readonly<Record<string, Flag>>
type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]
type OptionToken = Extract<Token, { readonly kind: 'option' }>

/** Flags that every command has. */
export const sharedFlags: Flags = {
  'no-color': { says: 'print without colours; NO_COLOR of the environment says so too' },
  help: { says: 'print this help' },
}

/** What was written after a command's name; a mistake is a failure of usage that names the word that was probably meant. */
export function parseArguments({ name, flags, operands: wanted }: Command, words: readonly string[]): Given {
  const known = { ...flags, ...sharedFlags }
  const { tokens } = parseArgs({ args: [...words], options: optionsOf(known), strict: false, allowPositionals: true, tokens: true })
  const given = new Map<string, string[]>()
  for (const token of tokens) if (token.kind === 'option') take(name, known, token, given)
  const operands = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  if (!given.has('help')) checkOperands(name, wanted, operands, given.get('cluster') ?? [])
  return {
    operands,
    value: (flag) => given.get(flag)?.[0],
    values: (flag) => given.get(flag) ?? [],
    has: (flag) => given.has(flag),
  }
}

const optionsOf = (known: Flags) =>
  Object.fromEntries(
    Object.entries(known).map(([flag, { takes }]) => [
      flag,
      { type: takes === undefined ? ('boolean' as const) : ('string' as const), ...(flag === 'help' ? { short: 'h' } : {}) },
    ]),
  )

function take(command: string, known: Flags, token: OptionToken, given: Map<string, string[]>): void {
  const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined
  if (flag === undefined) throw unknownFlag(command, token.rawName, Object.keys(known))
  if (flag.takes === undefined) {
    if (token.value !== undefined) throw usage(command, `\`${token.rawName}\` takes no value`)
    given.set(token.name, [])
    return
  }
  const before = given.get(token.name) ?? []
  if (before.length > 0 && flag.repeats !== true) throw usage(command, `\`${token.rawName}\` is given twice`)
  given.set(token.name, [...before, valueOf(command, flag, token)])
}

/** A word that looks like the next flag is no value, unless it is written `--flag=-value`. */
function valueOf(command: string, { takes, choices }: Flag, { rawName, value = '', inlineValue }: OptionToken): string {
  const isFlag = inlineValue !== true && value.length > 1 && value.startsWith('-')
  if (value === '' || isFlag) throw usage(command, `\`${rawName}\` needs a value: ${takes}`)
  if (choices === undefined || choices.includes(value)) return value
  throw usage(command, `\`${rawName} ${value}\`: it is one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`)
}

/** `PATH...` may be written several times, and not at all where `--cluster NAME=PATH` says it. */
function checkOperands(command: string, wanted: readonly string[], operands: readonly string[], clusters: readonly string[]): void {
  // `[ID]` may be left out.
  const missing = wanted[operands.length]?.startsWith('[') === true ? undefined : wanted[operands.length]
  const repeats = wanted.at(-1)?.endsWith('...') === true
  const isElsewhere = repeats && clusters.some((text) => text.includes('='))
  if (missing !== undefined && !isElsewhere) throw usage(command, `${missing.replace('...', '')} is missing`)
  const extra = repeats ? undefined : operands[wanted.length]
  if (extra !== undefined) throw usage(command, `\`${extra}\` is one word too many`)
}

function unknownFlag(command: string, written: string, known: readonly string[]): Failure {
  const near = nearest(written.replace(/^-+/, ''), known)
  return usage(command, `there is no flag \`${written}\`${near === undefined ? '' : `; did you mean \`--${near}\`?`}`)
}

/** A mistake in how a command was called, with where to read on. */
const usage = (command: string, message: string): Failure =>
  failure('input', `${message}; \`sightline ${command} --help\` shows how it is used`)
