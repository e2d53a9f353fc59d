import type { IsolationQuestion } from '#engine/model/groups/group-question'
import type { Isolation } from '#engine/model/groups/grouped-calls'
import { groupOperation } from './group-operation.js'

/** Is there no call between these two, in either direction? */
export const askIsolation = groupOperation<IsolationQuestion, Isolation>('askIsolation', (analyst, asked, version) =>
  analyst.ask('isolation', asked, version),
)
