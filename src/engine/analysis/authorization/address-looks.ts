import type { AuthorizationPolicy, PolicySource } from '../../resources/istio/authorization-policy.js'
import type { Look } from '../call/look.js'

const ofCallers = new Set(['source.ip', 'remote.ip'])

const namesBlocks = ({ ipBlocks, notIpBlocks, remoteIpBlocks, notRemoteIpBlocks }: PolicySource): boolean =>
  [ipBlocks, notIpBlocks, remoteIpBlocks, notRemoteIpBlocks].some((list) => list.length > 0)

/** Whose addresses does a policy look at? The caller's are weighed for all instances that it stands for (AUTHZ-18, AUTHZ-19). */
export function addressLooks({ rules }: AuthorizationPolicy): readonly Look[] {
  const keys = rules.flatMap(({ when }) => when.map(({ key }) => key))
  const callers = rules.some(({ from }) => from.some(namesBlocks)) || keys.some((key) => ofCallers.has(key))
  return [...(callers ? (['CALLER_ADDRESSES'] as const) : []), ...(keys.includes('destination.ip') ? (['SERVER_ADDRESS'] as const) : [])]
}
