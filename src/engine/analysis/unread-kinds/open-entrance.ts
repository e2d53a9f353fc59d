import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Outcome } from '../call/outcome.js'
import { gatewayKinds } from './asked-kinds.js'
import { type Asked, findMissing, hasUnread } from './asked.js'
import { leaveOpen } from './leave-open.js'

const kinds = ['services', 'pods', 'podControllers', 'nodes', ...gatewayKinds] as const

/** No gateway takes a call from outside, of those that are given: one more may stand anywhere (GW-4). */
export const openEntrance = <T>(snapshot: Snapshot, untaken: Outcome<T>): Outcome<T> =>
  hasUnread(snapshot)
    ? leaveOpen(untaken, findMissing([...snapshot.clusters.values()].map((cluster): Asked<'NETWORK'> => ({ cluster, kinds }))))
    : untaken
