import type { GroupQuestion } from '#engine/model/groups/group-question'
import type { GroupedCalls } from '#engine/model/groups/grouped-calls'
import { groupOperation } from './group-operation.js'

/** Whom can this call, and whom not, and why? */
export const askReach = groupOperation<GroupQuestion, GroupedCalls>('askReach', (analyst, asked, version) =>
  analyst.ask('reach', asked, version),
)
