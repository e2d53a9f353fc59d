import type { Rule } from '../rule.js'
import { networkWithoutGateway } from './network-without-gateway.js'
import { oneWayRemoteSecret } from './one-way-remote-secret.js'
import { overlappingPodCidrs } from './overlapping-pod-cidrs.js'

/** Whether control planes and networks find each other. */
export const networkRules: readonly Rule[] = [oneWayRemoteSecret, networkWithoutGateway, overlappingPodCidrs]
