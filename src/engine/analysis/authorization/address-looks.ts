import { pausing } from '../../pause.js'
import type { AuthorizationPolicy, PolicySource } from '../../resources/istio/authorization-policy.js'
import type { Look } from '../call/look.js'

const ofCallers = ['source.ip', 'remote.ip']

const namesBlocks = ({ ipBlocks, notIpBlocks, remoteIpBlocks, notRemoteIpBlocks }: PolicySource): boolean =>
  [ipBlocks, notIpBlocks, remoteIpBlocks, notRemoteIpBlocks].some((list) => list.length > 0)

/** Whose addresses does a policy look at? The caller's are weighed for all instances that it stands for (AUTHZ-18, AUTHZ-19). */
export function addressLooks({ rules }: AuthorizationPolicy): readonly Look[] {
  const keys = new Set<string>()
  let callers = false
  for (const { from, when } of pausing(rules)) {
    for (const { key } of when) keys.add(key)
    callers ||= from.some(namesBlocks)
  }
  callers ||= ofCallers.some((key) => keys.has(key))
  return [...(callers ? (['CALLER_ADDRESSES'] as const) : []), ...(keys.has('destination.ip') ? (['SERVER_ADDRESS'] as const) : [])]
}
