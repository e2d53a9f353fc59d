import { pausing } from '../../pause.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Originals } from '../originals.js'
import type { Breach, Rule } from '../rule.js'
import { deprecatedFields } from './deprecated-fields.js'

/** Kinds of providers that a release takes out. */
const goingProviders: Readonly<Record<string, string>> = { lightstep: '`opentelemetry`', opencensus: '`opentelemetry`' }

function* ofFields(snapshot: Snapshot, originals: Originals | undefined): Generator<Breach> {
  for (const [name, list] of originals?.of ?? []) {
    const cluster = snapshot.clusters.get(name)
    if (cluster === undefined) continue
    for (const original of pausing(list)) {
      if (original.object === undefined) continue
      for (const { path, advice } of deprecatedFields(original.object))
        yield { on: cluster.ref(original, path), message: `\`${path}\` is deprecated, and a release may stop reading it; ${advice}` }
    }
  }
}

function* ofProviders(snapshot: Snapshot): Generator<Breach> {
  for (const configuration of configurationsOf(snapshot)) {
    for (const { object, views } of objectsOf(configuration, 'telemetries')) {
      const [view] = views
      const types = new Map(view.controlPlane.meshConfig.extensionProviders.map(({ name, type = '' }) => [name, type]))
      for (const { providers, path } of object.entries) {
        for (const name of providers) {
          const type = types.get(name) ?? ''
          const instead = Object.hasOwn(goingProviders, type) ? goingProviders[type] : undefined
          if (instead !== undefined)
            yield {
              on: view.ref(object.meta, path),
              message: `provider \`${name}\` is of type \`${type}\`, which is deprecated; use one of type ${instead}`,
            }
        }
      }
    }
  }
}

/** What a later release may not read any more. */
export const deprecatedField: Rule = {
  code: 'EXT111',
  name: 'deprecated-field',
  severity: 'INFO',
  istio: ['IST0002'],
  kiali: [],
  summary: 'A field, a kind or a type of provider is deprecated.',
  *check(snapshot, _at, originals): Iterable<Breach> {
    yield* ofFields(snapshot, originals)
    yield* ofProviders(snapshot)
  },
}
