import type { Rule } from '../rule.js'
import { automaticTlsRefused } from './automatic-tls-refused.js'
import { cutOffAcrossNetworks } from './cut-off-across-networks.js'
import { destinationRuleRefused } from './destination-rule-refused.js'
import { peerAuthenticationOutvoted } from './peer-authentication-outvoted.js'
import { peerAuthenticationSelectsNothing } from './peer-authentication-selects-nothing.js'
import { portModeWithoutEffect } from './port-mode-without-effect.js'

/** Whether servers take what callers send. */
export const transportRules: readonly Rule[] = [
  destinationRuleRefused,
  automaticTlsRefused,
  portModeWithoutEffect,
  peerAuthenticationOutvoted,
  peerAuthenticationSelectsNothing,
  cutOffAcrossNetworks,
]
