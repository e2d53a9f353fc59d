import { authorizationRules } from './authorization/rules.js'
import { documentRules } from './document/rules.js'
import { gatewayRules } from './gateways/rules.js'
import { networkRules } from './networks/rules.js'
import type { Rule } from './rule.js'
import { trustRules } from './trust/rules.js'

/** Every rule, in the order in which their findings are told: a folder of rules for each subject. Each has a page in docs/rules. */
export const allRules: readonly Rule[] = [...documentRules, ...gatewayRules, ...networkRules, ...trustRules, ...authorizationRules]
