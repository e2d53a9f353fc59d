import type { Rule } from '../rule.js'
import { groupOfTwoLabels } from './group-of-two-labels.js'
import { groupOfUnknownAccount } from './group-of-unknown-account.js'
import { groupsOfEqualLabels } from './groups-of-equal-labels.js'
import { portOfTwoProtocols } from './port-of-two-protocols.js'
import { portWithoutProtocol } from './port-without-protocol.js'
import { targetPortOfNobody } from './target-port-of-nobody.js'

/** Ports that lead nowhere, or are read otherwise than meant. */
export const portRules: readonly Rule[] = [
  targetPortOfNobody,
  portOfTwoProtocols,
  portWithoutProtocol,
  groupOfTwoLabels,
  groupsOfEqualLabels,
  groupOfUnknownAccount,
]
