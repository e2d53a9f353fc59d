import type { Problem } from '#engine/model/app-error'
import type { Room } from '#engine/model/answer-too-large'
import type { Ask } from './ask.js'
import type { Pulse } from './turn-taking/pulse.js'
import type { Description, VersionKey } from './version-source.js'

/** One thing asked of the worker; the versions that it is about are only named, because the worker almost always has them. */
export interface Request {
  readonly id: number
  readonly ask: Ask
  readonly versions: readonly VersionKey[]
  /** For an answer in words. */
  readonly room: Room
  /** Whose turn it is when it is this one's. */
  readonly client: string
  readonly topology: string
}

/** Which of a request's versions is meant. */
interface OfVersion {
  readonly id: number
  readonly position: number
}

/** To the worker: the requests of one tick, what it wanted for one of them, or that nobody waits for one any more. */
export type ToWorker =
  | { readonly type: 'REQUESTS'; readonly requests: readonly Request[] }
  | { readonly type: 'CANCEL'; readonly id: number }
  | ({ readonly type: 'DESCRIBED'; readonly description: Description } & OfVersion)
  | ({ readonly type: 'LOADED'; readonly bodies: ReadonlyMap<string, Uint8Array> } & OfVersion)
  | ({ readonly type: 'UNAVAILABLE'; readonly problem: Problem } & OfVersion)

/** From the worker: answers, and what it wants. */
export type FromWorker =
  | { readonly type: 'READY' }
  | ({ readonly type: 'WANTED'; readonly digests: readonly string[] | undefined } & OfVersion)
  | { readonly type: 'ANSWER'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'FAULT'; readonly stack: string }
  /** Short answers, each as JSON: whoever needs its fields reads it, others pass it on as it is. */
  | { readonly type: 'ANSWERS'; readonly ids: readonly number[]; readonly texts: readonly string[] }

/** Milliseconds that a question, or a document, may take of a thread's time. */
export interface Limits {
  readonly questionMs: number
  readonly documentMs: number
}

/** What is sent to the worker with its start. */
export interface WorkerOptions {
  readonly cacheBytes: number
  readonly limits: Limits
  readonly pulse: Pulse
}
