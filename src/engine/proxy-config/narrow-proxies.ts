import type { NetworkPath } from '../analysis/call/stage-values.js'
import type { ControlPlaneAnswer, ProxyAnswer } from '../model/proxy-config.js'

type PlaneHead = Omit<ControlPlaneAnswer, 'proxies'>

/** What of it is told, where not all may be. */
export interface NarrowProxies {
  readonly plane: (head: PlaneHead) => PlaneHead
  /** Where a proxy sends what goes this way, before endpoints are told without whose they are. */
  readonly dialled: (path: NetworkPath) => NetworkPath['dialled']
  readonly proxy: (answer: ProxyAnswer) => ProxyAnswer
}

export const toldWhole: NarrowProxies = { plane: (head) => head, dialled: ({ dialled }) => dialled, proxy: (answer) => answer }
