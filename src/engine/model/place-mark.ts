import type { SourcePlace } from './resource-ref.js'

/** What a mark stands for: an object by its position in its cluster's part, or an entry of the document's header by its name. */
export type PlaceMark = { readonly cluster: string; readonly index: number } | { readonly entry: string }

/** No file has it in its name, and the reader lets it into no document. */
const sign = '\u0000'

/**
 * Stands for the place of an object until an answer leaves. What is worked out of a version, and remembered, knows what was said and not where it was
 * written: versions with one content share it, whosever files they came from.
 */
export const objectMark = (cluster: string, index: number): SourcePlace => ({ file: sign + cluster, line: index })

/** The same for an entry of the header. */
export const entryMark = (entry: string): SourcePlace => ({ file: `${sign}${sign}${entry}`, line: null })

/** What a place stands for; undefined: it is one. */
export const readMark = ({ file, line }: SourcePlace): PlaceMark | undefined => {
  if (typeof file !== 'string' || !file.startsWith(sign)) return undefined
  return file.startsWith(sign, 1) ? { entry: file.slice(2) } : { cluster: file.slice(1), index: line ?? -1 }
}
