import type { Rule } from '../rule.js'
import { annotationRules } from './annotation-rules.js'
import { deprecatedField } from './deprecated-field.js'
import { envoyFilterOperation } from './envoy-filter-operation.js'
import { extensionSelectsNothing } from './extension-selects-nothing.js'
import { gatewayApiTooOld } from './gateway-api-too-old.js'
import { ineffectiveSelector } from './ineffective-selector.js'
import { negativeCondition } from './negative-condition.js'
import { relativePatch } from './relative-patch.js'
import { telemetryOutvoted } from './telemetry-outvoted.js'
import { telemetryWithoutProvider } from './telemetry-without-provider.js'
import { unrestrictedKeyFetch } from './unrestricted-key-fetch.js'

/** What extends or reports on proxies, and what else is written around them. */
export const extensionRules: readonly Rule[] = [
  telemetryOutvoted,
  extensionSelectsNothing,
  telemetryWithoutProvider,
  envoyFilterOperation,
  relativePatch,
  ...annotationRules,
  negativeCondition,
  deprecatedField,
  gatewayApiTooOld,
  unrestrictedKeyFetch,
  ineffectiveSelector,
]
