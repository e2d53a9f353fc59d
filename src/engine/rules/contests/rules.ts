import type { Rule } from '../rule.js'
import { matchNeverReached, routeNeverReached } from './route-never-reached.js'
import { ruleMergedAway } from './rule-merged-away.js'
import { severalDefaultSidecars, severalSidecarsForOne } from './several-sidecars.js'
import { sidecarImportsNothing } from './sidecar-imports-nothing.js'
import { sidecarSelectsNothing } from './sidecar-selects-nothing.js'
import { egressPolicyWithoutMode, rootSidecarWithSelector } from './sidecar-not-as-meant.js'
import { routesTakenByAnother } from './taken-by-another.js'
import { destinationTwice, weightOfOnlyDestination } from './weights.js'

/** Objects of which one takes what another is written for, or that are taken otherwise than they seem to be meant. */
export const contestRules: readonly Rule[] = [
  routesTakenByAnother,
  routeNeverReached,
  matchNeverReached,
  severalDefaultSidecars,
  severalSidecarsForOne,
  sidecarImportsNothing,
  sidecarSelectsNothing,
  rootSidecarWithSelector,
  egressPolicyWithoutMode,
  ruleMergedAway,
  weightOfOnlyDestination,
  destinationTwice,
]
