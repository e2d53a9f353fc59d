import type { Rule } from '../rule.js'
import { envoyFilterOperation } from './envoy-filter-operation.js'
import { extensionSelectsNothing } from './extension-selects-nothing.js'
import { relativePatch } from './relative-patch.js'
import { telemetryOutvoted } from './telemetry-outvoted.js'
import { telemetryWithoutProvider } from './telemetry-without-provider.js'

/** What extends or reports on proxies, and what else is written around them. */
export const extensionRules: readonly Rule[] = [
  telemetryOutvoted,
  extensionSelectsNothing,
  telemetryWithoutProvider,
  envoyFilterOperation,
  relativePatch,
]
