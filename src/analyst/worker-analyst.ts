import { availableParallelism } from 'node:os'
import type { ErrorCode, Problem } from '#engine/model/app-error'
import type { Analyst, VersionContent } from './analyst.js'
import { askClass, askOf } from './ask.js'
import { startThread } from './start-thread.js'
import { openChannel, type WorkerChannel } from './worker-channel.js'

export interface WorkerAnalystOptions {
  /** Threads that answer questions; by default one less than there are processors, at least one. Documents have one more. */
  readonly threads?: number | undefined
  /** Old-generation heap of each thread. */
  readonly heapMb?: number | undefined
  readonly questionMs?: number | undefined
  readonly documentMs?: number | undefined
  readonly onFault?: ((message: string) => void) | undefined
}

const mostWaiting = 10_000
const mostUploads = 8
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
  const deadlines = { questionMs: options.questionMs ?? 10_000, documentMs: options.documentMs ?? 120_000 }
  const onFault = options.onFault ?? (() => {})
  const open = (name: string): WorkerChannel => openChannel({ start: () => startThread(name, { cacheBytes }, heapMb), deadlines, onFault })
  const questions = Array.from({ length: count }, (_, index) => open(`questions ${index + 1}`))
  const documents = open('documents')
  const all = [...questions, documents]

  return {
    ask: async (kind, asked, ...about) => {
      const [first] = about
      const channel = askClass(kind).document === true ? documents : holderOf(questions, first)
      if (channel.waiting() >= mostWaiting) return busy('too many questions are waiting')
      if (askClass(kind).upload === true && channel.uploads() >= mostUploads) return busy('too many documents are being taken in')
      return channel.send(askOf(kind, asked), about)
    },
    health: () => ({
      ready: all.every((channel) => channel.ready()),
      waiting: all.reduce((sum, channel) => sum + channel.waiting(), 0),
    }),
    close: async () => void (await Promise.all(all.map((channel) => channel.close()))),
  }
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
