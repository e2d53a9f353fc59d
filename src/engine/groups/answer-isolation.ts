import { type Problem, isProblem } from '../model/app-error.js'
import type { IsolationQuestion } from '../model/groups/group-question.js'
import type { GroupRow, Isolation, IsolationVerdict } from '../model/groups/grouped-calls.js'
import type { SubjectInput } from '../model/groups/subject-input.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { Met } from './ask-calls.js'
import { askGroups, type Asking, atPort } from './ask-groups.js'
import { type CalledMeant, calledMeant } from './called-meant.js'
import { type Callers, callersMeant } from './callers-meant.js'
import type { Problematic } from './problematic.js'
import { gathered, paged } from './tell-groups.js'

/** Is there no call between the two, in either direction, by any host or address that leads to those who are called? */
export function answerIsolation(
  snapshot: Snapshot,
  question: IsolationQuestion,
  asking: Asking,
): Isolation | { readonly problem: Problem } {
  const [one, other] = question.between.map((subject) => sidesOf(snapshot, subject))
  if (one === undefined || other === undefined) {
    return { problem: { code: 'PARAMETER_INVALID', message: '`between` is about two subjects', details: {} } }
  }
  if (isProblem(one)) return one
  if (isProblem(other)) return other
  const pairs = function* (): Generator<Met> {
    yield* askGroups(snapshot, one.callers, atPort(other.meant.called, question.port), asking)
    yield* askGroups(snapshot, other.callers, atPort(one.meant.called, question.port), asking)
  }
  const assumptions = [...snapshot.assumptions, ...one.meant.assumptions, ...other.meant.assumptions]
  const found = gathered(pairs(), question, 'BOTH', { ...asking, assumptions })
  return { verdict: isolationOf(found.rows), ...paged(found, question) }
}

interface Side {
  readonly callers: Callers
  readonly meant: CalledMeant
}

const nobody: CalledMeant = { called: [], assumptions: [] }

/** Those outside are called by nobody. */
function sidesOf(snapshot: Snapshot, subject: SubjectInput): Side | Problematic {
  const callers = callersMeant(snapshot, subject)
  if (isProblem(callers)) return callers
  const meant = subject.outside || subject.proxy ? nobody : calledMeant(snapshot, subject)
  return isProblem(meant) ? meant : { callers, meant }
}

function isolationOf(rows: readonly GroupRow[]): IsolationVerdict {
  if (rows.some(({ verdict }) => verdict === 'REACHABLE' || verdict === 'AMBIGUOUS')) return 'BROKEN'
  return rows.some(({ verdict }) => verdict === 'UNDETERMINED') ? 'UNDETERMINED' : 'HOLDS'
}
