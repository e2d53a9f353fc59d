import type { Rule } from '../rule.js'
import { emptySubset } from './empty-subset.js'
import { exportToNobody } from './export-to-nobody.js'
import { ingressPastSubsets } from './ingress-past-subsets.js'
import { oldGatewayName } from './old-gateway-name.js'
import { ruleNobodyReads } from './rule-nobody-reads.js'
import { ruleWithoutHost } from './rule-without-host.js'
import { subsetOfEverything } from './subset-of-everything.js'
import { unknownDelegate } from './unknown-delegate.js'
import { unknownDestination, unknownDestinationPort, unknownSubset } from './unknown-destination.js'
import { unverifiedOrigination } from './unverified-origination.js'

/** Whether routes and rules lead to something. */
export const destinationRules: readonly Rule[] = [
  unknownDestination,
  unknownDestinationPort,
  unknownSubset,
  unknownDelegate,
  ruleWithoutHost,
  emptySubset,
  subsetOfEverything,
  ruleNobodyReads,
  unverifiedOrigination,
  ingressPastSubsets,
  oldGatewayName,
  exportToNobody,
]
