import type { EffectivePolicy } from '#engine/model/groups/effective-policy'
import type { EffectivePolicyQuestion } from '#engine/model/groups/group-question'
import { groupOperation } from './group-operation.js'

/** What is in force for this workload, port by port, and what overrides what? */
export const askEffectivePolicy = groupOperation<EffectivePolicyQuestion, EffectivePolicy>(
  'askEffectivePolicy',
  (analyst, { question, view }, version) => analyst.ask('effectivePolicy', { question, view }, version),
)
