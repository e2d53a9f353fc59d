import { type Problem, isProblem } from '../model/app-error.js'
import type { GroupQuestion } from '../model/groups/group-question.js'
import type { GroupedCalls } from '../model/groups/grouped-calls.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { askGroups, type Asking, atPort } from './ask-groups.js'
import { everyCall } from './called.js'
import { callersMeant } from './callers-meant.js'
import { tellGroups } from './tell-groups.js'

/** Whom it can call, of everything in any registry. */
export function answerReach(snapshot: Snapshot, question: GroupQuestion, asking: Asking): GroupedCalls | { readonly problem: Problem } {
  const callers = callersMeant(snapshot, question.of)
  if (isProblem(callers)) return callers
  return tellGroups(askGroups(snapshot, callers, atPort(everyCall(snapshot), question.port), asking), question, 'CALLED', {
    ...asking,
    assumptions: snapshot.assumptions,
  })
}
