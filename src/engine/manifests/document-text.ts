import { pause } from '../pause.js'
import type { LeftOutFile } from '../model/left-out.js'

/** A document as it came: bytes, and under which name its places are told. */
export interface DocumentText {
  readonly body: Uint8Array
  readonly mediaType: 'application/json' | 'application/yaml'
  /** File name; absent for a body that came over HTTP. */
  readonly name?: string
}

/** A file beside the document, by its path relative to it, or as it was named where there is no document. */
export interface SuppliedFile {
  readonly path: string
  /** May be read only when it is asked for. */
  readonly body: Uint8Array
  /** The body is read anew each time, the same bytes or an error: nobody has to hold them, or what they say. */
  readonly isReread?: true
  /** The cluster that its objects are in, whether or not an entry includes it. */
  readonly cluster?: string
  /** Asked for by its own name: read whatever its ending. */
  readonly named?: boolean
  /** Of a file that is reached by a link: its own path. */
  readonly linksTo?: string
  /** Pointer of the entry of `resources` that this was rendered from: no other includes it. */
  readonly renders?: string
}

/** What is taken in: a topology document, or the objects of one cluster. */
export interface DocumentUpload extends DocumentText {
  /** What the document's `include` entries may name. */
  readonly files?: readonly SuppliedFile[]
  /** Paths of files that `include` entries name and `exclude` leaves out: they are there, and not in `files`. */
  readonly excluded?: readonly string[]
  /** There is no document: this one states nothing but the names of clusters, and `files` are their objects. */
  readonly isAlone?: boolean
  /** The cluster that objects in the body are in; absent: a document is expected. */
  readonly cluster?: string
  /** Files that were left out already, told with those that are left out while reading. */
  readonly leftOut?: readonly LeftOutFile[]
  /** Take what can be read where files are broken or contradict each other, and report the rest. */
  readonly lenient?: boolean
}

/** Bytes that are decoded in one piece. */
const stretch = 1024 * 1024

/**
 * UTF-8 without replacement characters; undefined when the bytes are not UTF-8. A byte order mark is dropped.
 *
 * Each stretch is decoded by itself: of a stream the runtime makes strings with two bytes for each character, whatever they are, in twice the time.
 */
export const decodeUtf8 = (body: Uint8Array): string | undefined => {
  let text = ''
  let at = 0
  do {
    pause()
    const end = endOfStretch(body, at + stretch)
    const decoded = decode(body.subarray(at, end), at > 0)
    if (decoded === undefined) return undefined
    text += decoded
    at = end
  } while (at < body.byteLength)
  return text
}

/** At most `wanted`, and between two characters: bytes that go on with one are 10xxxxxx, and no more than three. */
function endOfStretch(body: Uint8Array, wanted: number): number {
  if (wanted >= body.byteLength) return body.byteLength
  let end = wanted
  while (wanted - end < 3 && ((body[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1
  return end
}

function decode(bytes: Uint8Array, ignoreBOM: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM }).decode(bytes)
  } catch {
    return undefined
  }
}
