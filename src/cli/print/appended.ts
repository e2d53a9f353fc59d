import type { AppendAnswer } from '#engine/model/stored/stored-version'
import type { Part } from '#formats/parts/part'
import { section } from '#formats/parts/tell'
import { tellFindings, tellLeftOut } from '#formats/text/report'
import { done } from './done.js'

/** Which version it became, or would become. */
export const tellAppended =
  (rehearsed: boolean) =>
  ({ topology, number, unchanged, contentHash, warnings, leftOut = [] }: AppendAnswer): readonly Part[] => [
    done(unchanged ? 'UNCHANGED' : rehearsed ? 'WOULD APPEND' : 'APPENDED', `${topology}@${number}  ${contentHash}`),
    ...section('warnings', tellFindings(warnings)),
    ...section('left out', tellLeftOut(leftOut)),
  ]
