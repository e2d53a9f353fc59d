import type { ReachabilityQuestion } from '../../model/question.js'
import type { Client, ResolvedCall } from './call.js'
import { statedAttributes } from './stated-attributes.js'

/** The question as one of the clients that it means asks it. */
export const callOf = (client: Client, { host, attributes, at }: Asked): ResolvedCall => ({ client, host, attributes, at })

/** What all of them ask. `at`: milliseconds since the epoch. */
export const askedBy = (question: ReachabilityQuestion, at: number): Asked => ({
  host: hostOf(question),
  attributes: statedAttributes(question.to),
  at,
})

export type Asked = Pick<ResolvedCall, 'host' | 'attributes' | 'at'>

const hostOf = ({ to }: ReachabilityQuestion): string => to.host.toLowerCase().replace(/\.$/, '')
