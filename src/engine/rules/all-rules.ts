import { controlPlaneUnknown, factContradicted, referenceUnknown } from './inconsistent-facts.js'
import { networkWithoutGateway } from './network-without-gateway.js'
import { unknownKind, unreadablePart } from './object-shapes.js'
import { oneWayRemoteSecret } from './one-way-remote-secret.js'
import { overlappingPodCidrs } from './overlapping-pod-cidrs.js'
import type { Rule } from './rule.js'
import { unreadKind } from './unread-kind.js'
import { unreadableValue } from './unreadable-values.js'
import { unrelatedRoots } from './unrelated-roots.js'

/** Every rule, in the order in which their findings are told. Each has a page in docs/rules. */
export const allRules: readonly Rule[] = [
  referenceUnknown,
  factContradicted,
  controlPlaneUnknown,
  unreadKind,
  oneWayRemoteSecret,
  networkWithoutGateway,
  overlappingPodCidrs,
  unrelatedRoots,
  unreadableValue,
  unreadablePart,
  unknownKind,
]
