import { askCallersOfEach } from '#operations/relations/ask-callers-of-each'
import { askReachOfEach } from '#operations/relations/ask-reach-of-each'
import type { GroupQuestion } from '#engine/model/groups/group-question'
import type { FoundVersion } from '#operations/versions/find-version'
import type { GraphqlContext } from '../context.js'
import { together } from '../together.js'
import { callConnection } from './groups.js'

const eachOfCallers = together(askCallersOfEach)
const eachOfReach = together(askReachOfEach)

/** Who can call one of the things on a page. */
export const callersOf = async (context: GraphqlContext, content: FoundVersion['content'], question: GroupQuestion) =>
  callConnection(await eachOfCallers(context, content, question), question.after)

/** Whom one of the things on a page can call. */
export const reachOf = async (context: GraphqlContext, content: FoundVersion['content'], question: GroupQuestion) =>
  callConnection(await eachOfReach(context, content, question), question.after)
