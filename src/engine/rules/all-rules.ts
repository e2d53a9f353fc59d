import { authorizationRules } from './authorization/rules.js'
import { clusterRules } from './clusters/rules.js'
import { contestRules } from './contests/rules.js'
import { destinationRules } from './destinations/rules.js'
import { documentRules } from './document/rules.js'
import { entryRules } from './entries/rules.js'
import { extensionRules } from './extensions/rules.js'
import { gatewayRules } from './gateways/rules.js'
import { networkRules } from './networks/rules.js'
import { proxyRules } from './proxies/rules.js'
import { portRules } from './ports/rules.js'
import type { Rule } from './rule.js'
import { schemaRules } from './schema/rules.js'
import { suppressionRules } from './suppressions/suppression-rules.js'
import { transportRules } from './transport/rules.js'
import { trustRules } from './trust/rules.js'
import { validationRules } from './validation/rules.js'

const rules: readonly Rule[] = [
  ...documentRules,
  ...destinationRules,
  ...contestRules,
  ...gatewayRules,
  ...entryRules,
  ...portRules,
  ...clusterRules,
  ...networkRules,
  ...proxyRules,
  ...trustRules,
  ...transportRules,
  ...authorizationRules,
  ...extensionRules,
  ...schemaRules,
  ...validationRules,
]

/** Every rule, in the order in which their findings are told: a folder of rules for each subject. Each has a page in docs/rules. */
export const allRules: readonly Rule[] = [...rules, ...suppressionRules(rules)]
