import type { Entrant, Place } from './fair-queue.js'
import type { Work } from './work.js'

/** Something to be done, and what it may take. */
export interface Job extends Entrant {
  readonly id: number
  begin(): Work<unknown>
  /** The answer, or what is thrown in its place. */
  done(outcome: () => unknown): void
  /** Milliseconds of its own time. */
  readonly limit: number
  /** Holds so much while it is under way that only one such is at a time. */
  readonly isLarge?: boolean
}

/** A job that somebody waits for. */
export interface Task {
  readonly job: Job
  readonly since: number
  place: Place<Task>
  work: Work<unknown> | undefined
  /** What arrived for the next step. */
  given: unknown
  used: number
  /** It is being loaded, which is not its own time. */
  loading: boolean
  grant: number
  /** It waited for a large one to end. */
  stoodBack: boolean
  state: 'READY' | 'WORKING' | 'WANTING' | 'RESTING' | 'ENDED'
  cancelled: boolean
}

/** Nothing is left of what it had begun. */
export function endWork(task: Task): void {
  task.work?.return(undefined)
  task.work = undefined
  task.given = undefined
}

/** A turn that is under way. */
export interface Turn {
  readonly task: Task
  readonly below: Turn | undefined
  readonly depth: number
  /** Own time of this turn. */
  spent: number
  /** Up to when it has been counted. */
  counted: number
}
