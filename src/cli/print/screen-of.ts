import { paintFor } from '#formats/text/paint'
import type { Screen } from '#formats/text/screen'

/** Narrower than this nothing is laid out any more: lines stick out. */
const least = 40

/** A terminal with its columns, or those that COLUMNS states; what goes into a pipe or a file is broken nowhere. */
export const screenOf = (stream: NodeJS.WriteStream, environment: Readonly<Record<string, string | undefined>>): Screen => ({
  paint: paintFor(stream),
  columns: stream.isTTY ? columnsOf(environment['COLUMNS'], stream.columns) : null,
})

function columnsOf(stated: string | undefined, actual: number | undefined): number | null {
  const columns = /^[1-9]\d{0,4}$/.test(stated ?? '') ? Number(stated) : (actual ?? 0)
  return columns === 0 ? null : Math.max(columns, least)
}
