import type { Assumption } from '../model/step.js'
import type { Watch } from '../model/work-signal.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { askCalls, type Met } from './ask-calls.js'
import { askFromOutside } from './ask-from-outside.js'
import type { Called } from './called.js'
import type { Callers } from './callers-meant.js'
import type { Shown } from './shown.js'

/** `at`: milliseconds since the epoch; `watch` is told how far long work is. */
export interface Asking {
  readonly at: number
  readonly shown?: Shown | undefined
  readonly watch?: Watch | undefined
  /** What is taken for granted of all of it. */
  readonly assumptions?: readonly Assumption[]
}

/** Every caller that is meant with everything called that is meant: the one table of which the answers are views. */
export function* askGroups(
  snapshot: Snapshot,
  { clients, outside, gateways = false }: Callers & { readonly gateways?: boolean },
  called: readonly Called[],
  { at, watch }: Asking,
): Generator<Met> {
  if (clients.length > 0) yield* askCalls(snapshot, clients, called, at, watch)
  if (outside) yield* askFromOutside(snapshot, called, at, gateways)
}

/** What is called at the port that is asked about. */
export const atPort = (called: readonly Called[], port: number | null | undefined): readonly Called[] =>
  port ? called.filter((one) => one.port === port) : called
