import type { Worker } from 'node:worker_threads'
import type { ErrorCode, Problem } from '#engine/model/app-error'
import type { Room } from '#engine/model/answer-too-large'
import type { Answered, VersionContent } from './analyst.js'
import type { Ask } from './ask.js'
import { giveWanted } from './give-wanted.js'
import type { FromWorker } from './messages.js'
import { createOutbox } from './outbox.js'
import { type Deadlines, findOverdue } from './overdue.js'
import { createPendingRequests, type PendingRequests } from './pending-requests.js'
import { versionKey } from './version-source.js'

export interface ChannelOptions {
  readonly start: () => Worker
  readonly deadlines: Deadlines
  /** Told of what went wrong inside, for the log. */
  readonly onFault: (message: string) => void
}

/** One worker thread and what waits for it; a worker that dies or hangs is replaced. */
export interface WorkerChannel {
  /** What is answered in words comes back as these. */
  send(ask: Ask, versions: readonly VersionContent[], room: Room): Promise<Answered<unknown>>
  ready(): boolean
  waiting(): number
  uploads(): number
  close(): Promise<void>
}

const problem = (code: ErrorCode, message: string): { readonly problem: Problem } => ({ problem: { code, message, details: {} } })
const interrupted = problem('OVERLOADED', 'the analysis was interrupted; try again')
const busy = problem('OVERLOADED', 'the analysis is busy; try again')
const tooLarge = problem('TOO_COMPLEX', 'the document needs more memory than the analysis may use')
const tooLong = problem('TOO_COMPLEX', 'the analysis took longer than one request may take')

const checkEveryMs = 250
/** A worker that dies while it starts is started again, but not in a tight loop. */
const restartPauseMs = 500

interface State {
  /** Nobody is there between a worker's end and the next one's start. */
  worker: Worker | undefined
  ready: boolean
  closed: boolean
  lastProgress: number
}

export function openChannel(options: ChannelOptions): WorkerChannel {
  const pending = createPendingRequests()
  const state: State = { worker: undefined, ready: false, closed: false, lastProgress: performance.now() }
  const send = createOutbox((message, moved) => {
    if (state.worker === undefined) pending.settleAll(interrupted)
    else state.worker.postMessage(message, moved)
  })
  const watch = setInterval(() => endOverdue(state, pending, options), checkEveryMs).unref()
  launch(state, pending, options)
  return {
    send: (ask, versions, room) => {
      const { id, answer } = pending.add<unknown>(ask.kind, versions)
      send({ id, ask, versions: versions.map(versionKey), room })
      return answer
    },
    ready: () => state.ready,
    waiting: () => pending.byId.size,
    uploads: () => pending.uploads(),
    close: async () => {
      state.closed = true
      clearInterval(watch)
      pending.settleAll(interrupted)
      await state.worker?.terminate()
    },
  }
}

function launch(state: State, pending: PendingRequests, options: ChannelOptions): void {
  if (state.closed) return
  const worker = options.start()
  state.worker = worker
  worker.on('message', (message: FromWorker) => {
    state.lastProgress = performance.now()
    if (message.type === 'READY') state.ready = true
    else if (message.type === 'FAULT') options.onFault(message.stack)
    else receive(pending, worker, message)
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    options.onFault(error.stack ?? error.message)
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') settleStarted(pending)
  })
  worker.on('exit', () => {
    state.ready = false
    state.worker = undefined
    pending.settleAll(interrupted)
    setTimeout(() => launch(state, pending, options), restartPauseMs).unref()
  })
}

/** What was begun and did not fit must not be asked to be tried again. */
function settleStarted(pending: PendingRequests): void {
  for (const [id, { startedAt }] of pending.byId) if (startedAt !== undefined) pending.settle(id, tooLarge)
}

function endOverdue(state: State, pending: PendingRequests, { deadlines, onFault }: ChannelOptions): void {
  if (pending.byId.size === 0) return
  const { late, stuck } = findOverdue(pending.byId, state.lastProgress, performance.now(), deadlines)
  for (const id of late) pending.settle(id, busy)
  if (stuck === undefined) return
  pending.settle(stuck, tooLong)
  onFault('the analysis did not come to an end in time and is started again')
  void state.worker?.terminate()
}

function receive(pending: PendingRequests, worker: Worker, message: Exclude<FromWorker, { readonly type: 'READY' | 'FAULT' }>): void {
  if (message.type === 'ANSWERS') {
    for (const [position, id] of message.ids.entries()) pending.settle(id, { value: message.texts[position] })
    return
  }
  if (message.type === 'ANSWER') return pending.settle(message.id, message.answer as Answered<unknown>)
  const request = pending.byId.get(message.id)
  if (message.type === 'STARTED') {
    if (request !== undefined) request.startedAt = performance.now()
    return
  }
  if (request !== undefined) request.loading = true
  void giveWanted(message, request?.versions[message.position], message.digests).then(({ message: given, moved }) => {
    if (request !== undefined) request.loading = false
    worker.postMessage(given, moved)
  })
}
