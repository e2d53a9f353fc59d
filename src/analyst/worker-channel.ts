import type { Worker } from 'node:worker_threads'
import type { ErrorCode, Problem } from '#engine/model/app-error'
import type { Room } from '#engine/model/answer-too-large'
import type { Answered, VersionContent } from './analyst.js'
import { type Ask, askClass, sizeOfUpload } from './ask.js'
import type { Asker } from './asker.js'
import { giveWanted } from './give-wanted.js'
import type { FromWorker, Limits } from './messages.js'
import { createOutbox } from './outbox.js'
import { createPendingRequests, type PendingRequests } from './pending-requests.js'
import { type Pulse, createPulse, stuckWatch, workingOn } from './turn-taking/pulse.js'
import { versionKey } from './version-source.js'

export interface ChannelOptions {
  readonly start: (pulse: Pulse) => Worker
  readonly limits: Limits
  /** Told of what went wrong inside, for the log. */
  readonly onFault: (message: string) => void
}

/** One worker thread and what waits for it; a worker that dies or hangs is replaced, and what it did not do is asked again. */
export interface WorkerChannel {
  /** What is answered in words comes back as these. */
  send(ask: Ask, versions: readonly VersionContent[], room: Room, asker: Asker): Promise<Answered<unknown>>
  ready(): boolean
  waiting(): number
  waitingOf(client: string): number
  close(): Promise<void>
}

const problem = (code: ErrorCode, message: string): { readonly problem: Problem } => ({ problem: { code, message, details: {} } })
const interrupted = problem('OVERLOADED', 'the analysis was interrupted; try again')
const left = problem('CANCELLED', 'nobody waits for the answer any more')
const tooLarge = problem('TOO_COMPLEX', 'the document needs more memory than the analysis may use')
const tooLong = problem('TOO_COMPLEX', 'the analysis took longer than one request may take')

const checkEveryMs = 250
/** A worker that dies while it starts is started again, but not in a tight loop. */
const restartPauseMs = 500

interface State {
  /** Nobody is there between a worker's end and the next one's start. */
  worker: Worker | undefined
  pulse: Pulse
  isStuck: () => number | undefined
  ready: boolean
  closed: boolean
}

interface Channel {
  readonly state: State
  readonly pending: PendingRequests
  readonly options: ChannelOptions
}

export function openChannel(options: ChannelOptions): WorkerChannel {
  const pending = createPendingRequests()
  const state: State = { worker: undefined, pulse: createPulse(), isStuck: () => undefined, ready: false, closed: false }
  const channel = { state, pending, options }
  const send = createOutbox((message, moved) => {
    if (message.type !== 'REQUESTS') return
    // Whoever left in the meantime is not asked for; between two workers a question waits for the next one.
    const requests = message.requests.filter(({ id }) => pending.byId.has(id))
    state.worker?.postMessage({ ...message, requests }, moved)
  })
  const watch = setInterval(() => endStuck(channel), checkEveryMs).unref()
  launch(channel)
  return {
    send: (ask, versions, room, { client, onLeave }) => {
      if (state.closed || (state.worker === undefined && askClass(ask.kind).upload === true)) return Promise.resolve(interrupted)
      const of = { ask, versions: versions.map(versionKey), room, client, topology: versions[0]?.contentHash ?? documentsOf(ask) }
      const { request, answer } = pending.add<unknown>(of, versions)
      send(request)
      onLeave?.(() => {
        if (!pending.byId.has(request.id)) return
        pending.settle(request.id, left)
        state.worker?.postMessage({ type: 'CANCEL', id: request.id })
      })
      return answer
    },
    ready: () => state.ready,
    waiting: () => pending.byId.size(),
    waitingOf: pending.of,
    close: async () => {
      state.closed = true
      clearInterval(watch)
      pending.settleAll(interrupted)
      await state.worker?.terminate()
    },
  }
}

/** Documents that are sent take turns as if they were of two topologies: small ones do not stand behind all that are large. */
const documentsOf = (ask: Ask): string => (sizeOfUpload(ask) > 1024 * 1024 ? 'large documents' : 'small documents')

function launch(channel: Channel): void {
  const { state, pending, options } = channel
  if (state.closed) return
  state.pulse = createPulse()
  const worker = options.start(state.pulse)
  state.worker = worker
  state.isStuck = stuckWatch(state.pulse, checkEveryMs, (id) => mostMs(pending, id, options.limits))
  worker.on('message', (message: FromWorker) => {
    if (message.type === 'READY') state.ready = true
    else if (message.type === 'FAULT') options.onFault(message.stack)
    else receive(pending, worker, message)
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    options.onFault(error.stack ?? error.message)
    // What does not fit must not be asked to be tried again.
    pending.settle(workingOn(state.pulse), error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge : interrupted)
  })
  worker.on('exit', () => {
    const paused = state.ready ? 0 : restartPauseMs
    state.ready = false
    state.worker = undefined
    if (state.closed) return
    const requests = pending.interrupt(interrupted)
    setTimeout(() => {
      launch(channel)
      const wanted = requests.filter(({ id }) => pending.byId.has(id))
      if (wanted.length > 0) state.worker?.postMessage({ type: 'REQUESTS', requests: wanted })
    }, paused).unref()
  })
}

/** How long a thread may not come by while it works on this. */
const mostMs = ({ byId }: PendingRequests, id: number, { questionMs, documentMs }: Limits): number => {
  const found = byId.get(id)
  return found !== undefined && askClass(found.request.ask.kind).long === true ? documentMs : questionMs
}

function endStuck({ state, pending, options }: Channel): void {
  const stuck = state.isStuck()
  if (stuck === undefined) return
  pending.settle(stuck, tooLong)
  options.onFault('the analysis did not come to an end in time and is started again')
  void state.worker?.terminate()
}

function receive(pending: PendingRequests, worker: Worker, message: Exclude<FromWorker, { readonly type: 'READY' | 'FAULT' }>): void {
  if (message.type === 'ANSWERS') {
    for (const [position, id] of message.ids.entries()) pending.settle(id, { value: message.texts[position] })
    return
  }
  if (message.type === 'ANSWER') return pending.settle(message.id, message.answer as Answered<unknown>)
  const versions = pending.byId.get(message.id)?.versions
  void giveWanted(message, versions?.[message.position], message.digests).then(({ message: given, moved }) =>
    worker.postMessage(given, moved),
  )
}
