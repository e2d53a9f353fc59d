import type { Room } from './answer-too-large.js'
import type { FailOn } from './fail-on.js'

/** An answer as JSON text: a short one as it is, others in UTF-8, as bytes that move between threads. */
export type Written = string | Uint8Array<ArrayBuffer>

/** Bytes that it takes in UTF-8. */
export const sizeOf = (written: Written): number => (typeof written === 'string' ? Buffer.byteLength(written) : written.byteLength)

const decoder = new TextDecoder()

/** For whoever needs its fields: of what is only passed on, the text does. */
export const readWritten = (written: Written): unknown => JSON.parse(typeof written === 'string' ? written : decoder.decode(written))

/** How a report is written for those who only pass it on. */
export interface Manner {
  /** A form of `formats/` by its name; `json` is JSON as REST answers. */
  readonly form: string
  /** Version of this program, which some forms name. */
  readonly program: string
  /** From what on it is a failure for who asked. */
  readonly failOn?: FailOn | undefined
  readonly room: Room
}

/** A report, or a check, in the form in which it leaves. */
export interface WrittenReport {
  /** What it is sent as. */
  readonly type: string
  readonly text: Uint8Array<ArrayBuffer>
  /** Of a check: it does not pass. */
  readonly failed: boolean
}
