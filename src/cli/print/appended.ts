import type { AppendAnswer } from '#engine/model/stored/stored-version'
import { section } from '#formats/text/section'
import type { Paint } from '#formats/text/paint'
import { printFindings, printLeftOut } from '#formats/text/report'

/** Which version it became, or would become. */
export const printAppended =
  (rehearsed: boolean) =>
  (paint: Paint, { topology, number, unchanged, contentHash, warnings, leftOut = [] }: AppendAnswer): string[] => {
    const done = unchanged ? 'UNCHANGED' : rehearsed ? 'WOULD APPEND' : 'APPENDED'
    return [
      `${paint('good', done)}  ${topology}@${number}  ${contentHash}`,
      ...section(paint, 'warnings', printFindings(paint, warnings)),
      ...section(paint, 'left out', printLeftOut(paint, leftOut)),
    ]
  }
