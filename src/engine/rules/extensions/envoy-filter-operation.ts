import { pausing } from '../../pause.js'
import type { EnvoyFilter, FilterPatch } from '../../resources/istio/envoy-filter.js'
import type { Severity } from '../../model/report.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isRelative, isRoute, operationsOn } from './operations-on.js'
import { indexPatches, type PatchIndex } from './relative-patch.js'

interface Fault {
  readonly severity?: Severity
  readonly istio: readonly string[]
  readonly message: string
}

const codes: Readonly<Record<string, string>> = { REPLACE: 'IST0152', ADD: 'IST0153', REMOVE: 'IST0154' }

const codesOf = (index: PatchIndex, filter: EnvoyFilter, patch: FilterPatch): readonly string[] => {
  const code = codes[patch.operation]
  if (code !== undefined) return [code]
  return isRelative(patch.operation) && filter.priority === 0 ? [index.relativeCode(patch)] : []
}

function faultOf(index: PatchIndex, filter: EnvoyFilter, patch: FilterPatch): Fault | undefined {
  const { applyTo, operation, type } = patch
  const usable = operationsOn(applyTo)
  if (usable === undefined || operation === '') return undefined
  const istio = codesOf(index, filter, patch)
  if (!usable.includes(operation)) {
    const message = `\`${operation}\` does nothing to a \`${applyTo}\`: the patch is passed over in silence; use \`${usable.slice(0, 3).join('`, `')}\`, or patch what it is meant for`
    return { istio, message }
  }
  if (isRoute(applyTo) && type !== '') {
    const message = `the value of a patch to \`${applyTo}\` is a filter, which is no part of a route: proxies refuse the routes that are made of it; write \`applyTo: HTTP_FILTER\``
    return { istio, message }
  }
  if (applyTo !== 'HTTP_ROUTE' || (operation !== 'ADD' && operation !== 'REMOVE')) return undefined
  const message = `\`${operation}\` is documented to be passed over for \`HTTP_ROUTE\`, and applied all the same by today’s releases: a release may take it at its word`
  return { severity: 'INFO', istio, message }
}

/** A patch that does nothing, or no good. */
export const envoyFilterOperation: Rule = {
  code: 'EXT104',
  name: 'envoy-filter-operation',
  severity: 'ERROR',
  istio: ['IST0152', 'IST0153', 'IST0154', 'IST0151', 'IST0155'],
  kiali: [],
  summary:
    'A patch of an EnvoyFilter asks for an operation that there is not for what it applies to, or writes a filter where none can be.',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      const read = [...objectsOf(configuration, 'envoyFilters')]
      const index = indexPatches(read.map(({ object }) => object))
      for (const { object, views } of pausing(read)) {
        for (const patch of object.patches) {
          const fault = faultOf(index, object, patch)
          if (fault !== undefined) yield { on: views[0].ref(object.meta, patch.path), ...fault }
        }
      }
    }
  },
}
