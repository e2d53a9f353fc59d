import type { AppendAnswer } from '#engine/model/stored-version'
import { section } from './notes.js'
import type { Paint } from './paint.js'
import { printFindings } from './report.js'

/** Which version it became, or would become. */
export const printAppended =
  (rehearsed: boolean) =>
  (paint: Paint, { topology, number, unchanged, contentHash, warnings }: AppendAnswer): string[] => {
    const done = unchanged ? 'UNCHANGED' : rehearsed ? 'WOULD APPEND' : 'APPENDED'
    return [`${paint('good', done)}  ${topology}@${number}  ${contentHash}`, ...section(paint, 'warnings', printFindings(paint, warnings))]
  }
