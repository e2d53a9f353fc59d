import { findObject, findWord, joinPath, type Raw, type Reading } from '../reading.js'

const modes = ['REGISTRY_ONLY', 'ALLOW_ANY', 'ALLOW_ANY_DYNAMIC_DNS'] as const

/**
 * The mode of an `outboundTrafficPolicy`; undefined where there is no such block, or an unknown word, which istiod and Kubernetes refuse.
 *
 * A block without a mode is REGISTRY_ONLY, the mode's zero value. Rule MODEL-2.
 */
export const findOutboundMode = (reading: Reading, from: Raw, at: string): (typeof modes)[number] | undefined => {
  const policy = findObject(reading, from, 'outboundTrafficPolicy', at)
  if (policy === undefined) return undefined
  const isZero = policy['mode'] === undefined || policy['mode'] === null || policy['mode'] === ''
  return isZero ? 'REGISTRY_ONLY' : findWord(reading, policy, 'mode', joinPath(at, 'outboundTrafficPolicy'), modes)
}
