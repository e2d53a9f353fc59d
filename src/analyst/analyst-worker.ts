import { type MessagePort, parentPort, receiveMessageOnPort, type TransferListItem, workerData } from 'node:worker_threads'
import { AppError, problemOf } from '#engine/model/app-error'
import { whenPausing } from '#engine/pause'
import type { Answered } from './analyst.js'
import { type AnswerBatch, createBatch } from './answer-batch.js'
import { askClass, sizeOfUpload } from './ask.js'
import type { FromWorker, Limits, Request, ToWorker, WorkerOptions } from './messages.js'
import { beatOf } from './turn-taking/pulse.js'
import type { Job } from './turn-taking/task.js'
import { createTurns } from './turn-taking/turns.js'
import { createWanted, type Wanted } from './wanted.js'
import { whenCollected } from './when-collected.js'
import { withOwnBytes } from './with-own-bytes.js'
import { createWorkbench, type Workbench } from './workbench.js'

type Post = (message: FromWorker, moved?: readonly TransferListItem[]) => void

/** The thread in which the engine runs for the service: one workbench, whose work takes turns. */
function serve(port: MessagePort, { cacheBytes, pulse, limits }: WorkerOptions): void {
  const post: Post = (message, moved = []) => port.postMessage(message, moved)
  const wanted = createWanted((id, position, digests) => post({ type: 'WANTED', id, position, digests }))
  const batch = createBatch((ids, texts) => post({ type: 'ANSWERS', ids, texts }))
  const workbench = createWorkbench({ cacheBytes })
  const jobOf = jobsOn(workbench, wanted, limits, answering(post, batch))

  const take = (message: ToWorker): void => {
    if (message.type === 'CANCEL') turns.cancel(message.id)
    else if (message.type !== 'REQUESTS') wanted.settle(message)
    else for (const request of message.requests) turns.add(jobOf(request))
  }

  let woken = false
  const run = (): void => {
    woken = false
    if (turns.run()) wake()
  }
  const wake = (): void => {
    if (!woken) setImmediate(run)
    woken = true
  }
  const turns = createTurns({
    now: () => performance.now(),
    // A thread that is in the middle of something hears no event: it has to look.
    receive: () => {
      for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) take(next.message as ToWorker)
    },
    flush: batch.flush,
    beat: beatOf(pulse),
    wake,
    patience: limits.questionMs,
  })
  whenPausing(turns.pause)
  keepRoomIn(workbench)
  port.on('message', (message: ToWorker) => {
    take(message)
    if (!woken) run()
  })
  post({ type: 'READY' })
}

/**
 * The share of the heap that may be in use after a collection. Bytes of documents say what is kept of ordinary ones, and not of all: in a heap that is nearly
 * full the thread does nothing but collect, for seconds at a time.
 */
const fullest = 0.6

const keepRoomIn = (workbench: Workbench): void =>
  whenCollected((fill) => {
    if (fill > fullest) workbench.keepAtMost(fullest / fill)
  })

type Answer = (id: number, outcome: () => unknown) => void

function jobsOn(workbench: Workbench, wanted: Wanted, limits: Limits, answer: Answer): (request: Request) => Job {
  return ({ id, ask, versions, room, client, topology }) => ({
    id,
    client,
    topology,
    limit: askClass(ask.kind).long === true ? limits.documentMs : limits.questionMs,
    isLarge: sizeOfUpload(ask) > large,
    begin: () => {
      const sources = versions.map((version, position) => wanted.sourceOf(id, position, version))
      return askClass(ask.kind).bytes === true ? workbench.answer(ask, sources) : workbench.write(ask, sources, room)
    },
    done: (outcome) => answer(id, outcome),
  })
}

/** Bytes of an upload that is held five times while it is taken in. */
const large = 4 * 1024 * 1024

/** Short answers travel together, others by themselves with their bytes. */
function answering(post: Post, batch: AnswerBatch): Answer {
  return (id, outcome) => {
    const given = attempt(post, outcome)
    if ('value' in given && typeof given.value === 'string') return batch.add(id, given.value)
    const { answer, moved } = withOwnBytes(given)
    post({ type: 'ANSWER', id, answer }, moved)
  }
}

function attempt(post: Post, outcome: () => unknown): Answered<unknown> {
  try {
    return outcome() as Answered<unknown>
  } catch (error) {
    if (error instanceof AppError) return { problem: problemOf(error) }
    post({ type: 'FAULT', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    return { problem: { code: 'INTERNAL', message: 'the analysis failed; the log has the details', details: {} } }
  }
}

if (parentPort !== null) serve(parentPort, workerData as WorkerOptions)
