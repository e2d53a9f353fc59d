import { availableParallelism } from 'node:os'
import type { ErrorCode, Problem } from '#engine/model/app-error'
import { type Room, roomOf } from '#engine/model/answer-too-large'
import type { Analyst, Answered, AnswerTo, AskKind, Asks, VersionContent } from './analyst.js'
import { type Ask, askClass, askOf } from './ask.js'
import { type Asker, nobody } from './asker.js'
import { startThread } from './start-thread.js'
import { openChannel, type WorkerChannel } from './worker-channel.js'
import { readWritten, type Written } from '#engine/model/written'

export interface WorkerAnalystOptions {
  /** Threads that answer questions; by default one less than there are processors, at least one. Documents have one more. */
  readonly threads?: number | undefined
  /** Old-generation heap of each thread. */
  readonly heapMb?: number | undefined
  readonly questionMs?: number | undefined
  readonly documentMs?: number | undefined
  /** Bytes of the largest answer that is read in this thread. */
  readonly answerBytes?: number | undefined
  readonly onFault?: ((message: string) => void) | undefined
}

/** Requests that wait in one thread, and those of one client among them. */
const mostWaiting = { ofAll: 10_000, ofOne: 2_000 }
const mebibyte = 1024 * 1024
/** A snapshot takes up to three times its bytes, and building one as much again for a moment. */
const heapPerByte = 5

/**
 * The engine in worker threads, for the service.
 *
 * A version's questions all go to the one thread that holds its snapshot, those about several to that of the first; documents are taken in and written out by a
 * thread of their own, so that neither ever waits for the other. More than can be answered soon is turned away as OVERLOADED.
 */
export function createWorkerAnalyst(options: WorkerAnalystOptions = {}): Analyst {
  const count = options.threads ?? Math.max(1, availableParallelism() - 1)
  const heapMb = options.heapMb ?? 2048
  const cacheBytes = Math.floor((heapMb * mebibyte) / heapPerByte)
  const limits = { questionMs: options.questionMs ?? 10_000, documentMs: options.documentMs ?? 120_000 }
  const readable = roomOf(options.answerBytes ?? 16 * mebibyte)
  const onFault = options.onFault ?? (() => {})
  const open = (name: string): WorkerChannel =>
    openChannel({ start: (pulse) => startThread(name, { cacheBytes, limits, pulse }, heapMb), limits, onFault })
  const questions = Array.from({ length: count }, (_, index) => open(`questions ${index + 1}`))
  const documents = open('documents')
  const all = [...questions, documents]

  const send = async (ask: Ask, about: readonly VersionContent[], room: Room, asker: Asker): Promise<Answered<unknown>> => {
    const [first] = about
    const channel = askClass(ask.kind).document === true ? documents : holderOf(questions, first)
    if (channel.waiting() >= mostWaiting.ofAll) return busy('too many questions are waiting')
    if (channel.waitingOf(asker.client) >= mostWaiting.ofOne) return busy('too many of your questions are waiting')
    return channel.send(ask, about, room, asker)
  }

  const of = (asker: Asker): Analyst => ({
    as: of,
    ask: async <K extends AskKind>(kind: K, asked: Asks[K]['asked'], ...about: Asks[K]['about']) => {
      const answer = await send(askOf(kind, asked) as Ask, about, readable, asker)
      return (
        askClass(kind).bytes === true || 'problem' in answer ? answer : { value: readWritten(answer.value as Written) }
      ) as AnswerTo<K>
    },
    write: (kind, asked, room, ...about) => send(askOf(kind, asked) as Ask, about, room, asker) as Promise<Answered<Written>>,
    health: () => ({
      ready: all.every((channel) => channel.ready()),
      waiting: all.reduce((sum, channel) => sum + channel.waiting(), 0),
    }),
    close: async () => void (await Promise.all(all.map((channel) => channel.close()))),
  })
  return of(nobody)
}

function busy(what: string): { readonly problem: Problem } {
  const code: ErrorCode = 'OVERLOADED'
  return { problem: { code, message: `${what}; try again`, details: {} } }
}

/** By the content's name, which is a hash already. */
function holderOf(channels: readonly WorkerChannel[], version: VersionContent | undefined): WorkerChannel {
  const position = Number.parseInt(version?.contentHash.slice(-8) ?? '', 16) % channels.length
  return channels[Number.isNaN(position) ? 0 : position] as WorkerChannel
}
