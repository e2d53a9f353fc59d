import type { Labels, Meta } from '../meta.js'
import { findObject, findSelector, type Raw, type Reading, readLabels, readObject } from '../reading.js'

/** ProxyConfig custom resource: environment variables for selected workloads (MODEL-11). */
export interface ProxyConfig {
  readonly meta: Meta
  readonly selector?: Labels
  readonly environment: Readonly<Record<string, string>>
}

export const readProxyConfig = (reading: Reading, raw: Raw, meta: Meta): ProxyConfig => {
  const spec = readObject(reading, raw, 'spec', '')
  // One without labels is a selector all the same, and picks nobody.
  const selector =
    findObject(reading, spec, 'selector', 'spec') === undefined ? undefined : (findSelector(reading, spec, 'selector', 'spec') ?? {})
  return { meta, ...(selector === undefined ? {} : { selector }), environment: readLabels(reading, spec, 'environmentVariables', 'spec') }
}
