import { shortText } from '#engine/model/short-text'
import { AppError, errors, type Problem, problemOf } from '#engine/model/app-error'
import type { GroupedCalls, Isolation } from '#engine/model/groups/grouped-calls'
import type { Operation } from '#engine/model/operation'
import type { WrittenReport } from '#engine/model/written'
import { cancelWork, createWorkSignal, progressOf, type WorkSignal } from '#engine/model/work-signal'

/** What came of one: a report, which is long, as the JSON in which it leaves. */
export type Result = WrittenReport['text'] | GroupedCalls | Isolation

/** An operation as it stands, its result apart. */
export interface Begun {
  readonly operation: Operation
  readonly result: Result | undefined
}

/** Work that goes on behind answered requests. */
export interface OperationBook {
  /** OVERLOADED where too much is going on. */
  start(owner: string, kind: Operation['kind'], work: (signal: WorkSignal) => Promise<Result>): Operation
  /** Those that others began are not there. */
  find(owner: string, id: string): Begun | undefined
  /** Ends it where it is running, else forgets it; false where there is none. */
  remove(owner: string, id: string): boolean
  /** Ends everything. */
  close(): void
}

interface Entry {
  readonly id: string
  /** Whoever began it. */
  readonly owner: string
  readonly kind: Operation['kind']
  readonly createdAt: number
  readonly signal: WorkSignal
  status: Operation['status']
  endedAt: number | undefined
  result: Result | undefined
  problem: Pick<Problem, 'code' | 'message'> | undefined
}

/** Results are as large as reports: only so many are kept, and none for long. */
const most = { running: 16, kept: 64, milliseconds: 15 * 60_000 }

export function createOperationBook(now: () => number, onFault: (error: unknown) => void): OperationBook {
  const entries = new Map<string, Entry>()
  const cancel = (entry: Entry): void => {
    cancelWork(entry.signal)
    end(entry, now(), { status: 'CANCELLED' })
  }
  return {
    start: (owner, kind, work) => {
      forget(entries, now())
      refuseTooMany(entries)
      const entry = begun(owner, kind, now())
      entries.set(entry.id, entry)
      void work(entry.signal).then(
        (result) => end(entry, now(), { status: 'DONE', result }),
        (error: unknown) => end(entry, now(), { status: 'FAILED', problem: told(error, onFault) }),
      )
      return shown(entry)
    },
    find: (owner, id) => {
      forget(entries, now())
      const entry = ownedBy(owner, entries.get(id))
      return entry && { operation: shown(entry), result: entry.result }
    },
    remove: (owner, id) => {
      const entry = ownedBy(owner, entries.get(id))
      if (entry?.status === 'RUNNING') cancel(entry)
      else if (entry !== undefined) entries.delete(id)
      return entry !== undefined
    },
    close: () => {
      for (const entry of entries.values()) if (entry.status === 'RUNNING') cancel(entry)
      entries.clear()
    },
  }
}

/** The oldest come first. */
function forget(entries: Map<string, Entry>, now: number): void {
  for (const [id, { endedAt }] of entries) {
    if (endedAt !== undefined && (endedAt < now - most.milliseconds || entries.size > most.kept)) entries.delete(id)
  }
}

function refuseTooMany(entries: ReadonlyMap<string, Entry>): void {
  const running = [...entries.values()].filter(({ status }) => status === 'RUNNING').length
  if (running >= most.running) throw new AppError('OVERLOADED', `${running} operations are running; try again`)
}

const ownedBy = (owner: string, entry: Entry | undefined): Entry | undefined => (entry?.owner === owner ? entry : undefined)

const begun = (owner: string, kind: Entry['kind'], createdAt: number): Entry => ({
  id: crypto.randomUUID(),
  owner,
  kind,
  createdAt,
  signal: createWorkSignal(),
  status: 'RUNNING',
  endedAt: undefined,
  result: undefined,
  problem: undefined,
})

/** The first end counts: what was cancelled may still come to one. */
function end(entry: Entry, at: number, how: Partial<Entry>): void {
  if (entry.status === 'RUNNING') Object.assign(entry, how, { endedAt: at })
}

function told(error: unknown, onFault: (error: unknown) => void): Pick<Problem, 'code' | 'message'> {
  if (error instanceof AppError) {
    const { code, message } = problemOf(error)
    return { code, message: shortText(message) }
  }
  onFault(error)
  return { code: 'INTERNAL', message: errors.INTERNAL.title }
}

const moment = (at: number): string => new Date(at).toISOString()

const shown = ({ id, kind, status, createdAt, endedAt, signal, problem }: Entry): Operation => ({
  id,
  kind,
  status,
  createdAt: moment(createdAt),
  endedAt: endedAt === undefined ? null : moment(endedAt),
  progress: progressOf(signal),
  ...(problem === undefined ? {} : { problem }),
})
