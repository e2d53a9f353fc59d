import type { Asking } from '#operations/dependencies'
import type { Screen } from '#formats/text/screen'

/** A flag; without `takes` it is a switch. */
export interface Flag {
  /** What its value is called in the help. */
  readonly takes?: string
  readonly choices?: readonly string[]
  readonly repeats?: boolean
  readonly says: string
}

/** What was written on the command line, already checked against the command's flags. */
export interface Given {
  readonly operands: readonly string[]
  value(flag: string): string | undefined
  values(flag: string): readonly string[]
  has(flag: string): boolean
}

/** Everything outside a command, so that it can be run in a test as it is in a terminal. */
export interface Surroundings extends Asking {
  /** Results; resolves when more may be written. */
  out(chunk: string | Uint8Array): Promise<void>
  /** Messages. */
  err(text: string): void
  /** Where results are shown. */
  readonly screen: Screen
  /** Ends what would go on for ever; absent: only the process’s end does. */
  readonly until?: AbortSignal
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** One word after `sightline`. */
export interface Command {
  readonly name: string
  readonly says: string
  /** Names of what stands beside the flags, all of them required. */
  readonly operands: readonly string[]
  /** What its operand is one of, where there are only a few. */
  readonly operandChoices?: readonly string[]
  readonly examples: readonly string[]
  readonly flags: Readonly<Record<string, Flag>>
  /** What a reader of the help needs beyond the flags. */
  readonly notes?: readonly string[]
  /** Answers with the exit code. */
  run(given: Given, surroundings: Surroundings): Promise<number>
}
