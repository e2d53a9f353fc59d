import type { GroupQuestion } from '#engine/model/groups/group-question'
import type { GroupedCalls } from '#engine/model/groups/grouped-calls'
import { groupOperation } from './group-operation.js'

/** Who can call this, and who cannot, and why? */
export const askCallers = groupOperation<GroupQuestion, GroupedCalls>('askCallers', (analyst, asked, version) =>
  analyst.ask('callers', asked, version),
)
