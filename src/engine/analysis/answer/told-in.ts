import type { ReachabilityQuestion } from '../../model/question.js'
import type { Snapshot } from '../../snapshot/snapshot.js'

/** The question as its answer repeats it: with a single cluster nobody has to be told in which one the caller is. */
export const toldIn = ({ clusters }: Snapshot, question: ReachabilityQuestion): ReachabilityQuestion =>
  clusters.size === 1 && question.from.cluster ? { ...question, from: { ...question.from, cluster: null } } : question
