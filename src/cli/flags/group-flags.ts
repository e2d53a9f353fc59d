import { GroupBy, type GroupQuestion } from '#engine/model/groups/group-question'
import { Verdict } from '#engine/model/verdict'
import { boundPage } from '#operations/page'
import type { Flag, Given } from '../command.js'
import { failure } from '../failure.js'
import { momentFlag } from './moment-flag.js'

const groups: readonly GroupBy[] = GroupBy.enum
const verdicts: readonly Verdict[] = Verdict.enum

export const rowFlags: Readonly<Record<string, Flag>> = {
  first: { takes: 'N', says: 'one page of at most N rows (1 to 100); 100 unless stated' },
  after: { takes: 'CURSOR', says: 'the page after this cursor' },
}

/** Which rows are told, and how they are put together. */
export const groupFlags: Readonly<Record<string, Flag>> = {
  port: { takes: 'PORT', says: 'only calls to this port' },
  by: { takes: 'GROUP', choices: groups, says: `what members of one row have in common: ${groups.join(', ')}` },
  verdict: { takes: 'VERDICT', choices: verdicts, repeats: true, says: 'only rows with this verdict' },
  reason: { takes: 'CODE', says: 'only rows with this code' },
  at: momentFlag,
  ...rowFlags,
}

export function readRows(given: Given): { readonly first: number; readonly after: string | null } {
  const stated = given.value('first')
  if (stated !== undefined && !/^\d{1,6}$/.test(stated)) throw failure('input', `\`--first ${stated}\` is not a number`)
  const { first, after } = boundPage({ first: stated === undefined ? 100 : Number(stated), after: given.value('after') })
  return { first, after: after ?? null }
}

export function readGroups(given: Given): Pick<GroupQuestion, 'by' | 'verdicts' | 'reason' | 'at' | 'first' | 'after'> {
  return {
    by: (given.value('by') as GroupBy | undefined) ?? null,
    verdicts: given.values('verdict') as readonly Verdict[],
    reason: given.value('reason') ?? null,
    at: given.value('at') ?? null,
    ...readRows(given),
  }
}
