import type { GroupQuestion } from '../model/groups/group-question.js'
import type { GroupedCalls } from '../model/groups/grouped-calls.js'
import type { Met } from './ask-calls.js'
import type { Asking } from './ask-groups.js'
import { type Gathered, gatherRows, type Grouping } from './gather-rows.js'
import { pageFrom } from './page-from.js'
import { everythingShown } from './shown.js'

type Listed = Pick<GroupQuestion, 'by' | 'verdicts' | 'reason' | 'first' | 'after'>

const usual = { CALLERS: 'NAMESPACE', CALLED: 'SERVICE', BOTH: 'NAMESPACE' } as const

export const gathered = (
  all: Iterable<Met>,
  { by }: Listed,
  side: Grouping['side'],
  { shown = everythingShown, assumptions = [] }: Asking,
): Gathered => gatherRows(all, { side, by: by ?? usual[side] }, shown, assumptions)

/** Rows that are wanted, from behind the cursor on. */
export function paged({ rows, totals, assumptions }: Gathered, { verdicts, reason, first, after }: Listed): GroupedCalls {
  const wanted = rows.filter(
    (row) => (!verdicts || verdicts.length === 0 || verdicts.includes(row.verdict)) && (!reason || row.reason === reason),
  )
  const { items, page } = pageFrom(wanted, { first, after })
  return { rows: items, totals: [...totals], assumptions: [...assumptions], page }
}

/** Both at once. */
export const tellGroups = (all: Iterable<Met>, question: Listed, side: Grouping['side'], asking: Asking): GroupedCalls =>
  paged(gathered(all, question, side, asking), question)
