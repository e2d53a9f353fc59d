/**
 * Do Telemetries send what they report to somebody who is there?
 *
 * An entry of access logs that names no provider goes to the default ones, of which Istio has none unless MeshConfig says so; a provider is one of
 * MeshConfig's, or of the few that Istio brings.
 */
import type { TelemetryEntry } from '../../resources/istio/telemetry.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { MeshConfig } from '../../snapshot/control-planes/mesh-config.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

/** Known without MeshConfig. */
const brought = ['prometheus', 'stackdriver', 'envoy']

interface Missing {
  readonly istio: readonly string[]
  readonly message: string
}

function missingOf({ part, providers, disabled }: TelemetryEntry, config: MeshConfig): Missing | undefined {
  if (disabled) return undefined
  if (providers.length === 0) {
    if (part !== 'accessLogging' || config.defaultAccessLogging.length > 0) return undefined
    const message =
      'the entry names no provider, and MeshConfig has no `defaultProviders.accessLogging`: nothing is logged by it; name one, such as `envoy`'
    return { istio: ['IST0157'], message }
  }
  const known = [...brought, ...config.extensionProviders.map(({ name }) => name)]
  const wrong = config.because.length === 0 ? undefined : providers.find((name) => !known.includes(name))
  if (wrong === undefined) return undefined
  const [nearest] = nearestNames(wrong, known)
  const meant = nearest === undefined ? 'add it there' : `did you mean \`${nearest}\``
  return { istio: [], message: `MeshConfig has no provider \`${wrong}\` in \`extensionProviders\`, so nothing is reported to it; ${meant}` }
}

/** A Telemetry whose reports go nowhere. */
export const telemetryWithoutProvider: Rule = {
  code: 'EXT103',
  name: 'telemetry-without-provider',
  severity: 'WARNING',
  istio: ['IST0157'],
  kiali: [],
  summary: 'An entry of a Telemetry has no provider, or one that MeshConfig does not know: nothing is reported by it.',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'telemetries')) {
        const [view] = views
        for (const entry of object.entries) {
          const missing = missingOf(entry, view.controlPlane.meshConfig)
          if (missing !== undefined) yield { on: view.ref(object.meta, entry.path), ...missing }
        }
      }
    }
  },
}
