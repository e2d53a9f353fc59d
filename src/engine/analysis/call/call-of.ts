import type { ReachabilityQuestion } from '../../model/question.js'
import type { Client, ResolvedCall } from './call.js'
import { statedAttributes } from './stated-attributes.js'

/** The question as one of the clients that it means asks it. */
export const callOf = (client: Client, question: ReachabilityQuestion, at: number): ResolvedCall => ({
  client,
  host: hostOf(question),
  attributes: statedAttributes(question.to),
  at,
})

export const hostOf = ({ to }: ReachabilityQuestion): string => to.host.toLowerCase().replace(/\.$/, '')
