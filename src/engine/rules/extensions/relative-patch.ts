/**
 * Do patches of EnvoyFilters rest on others that may come later?
 *
 * Patches are applied by priority, those of the root namespace first, then by age and name. One that stands before, after or in the place of a filter
 * finds none that a later one brings. Without `priority` nobody has said which comes first.
 */
import type { EnvoyFilter, FilterPatch } from '../../resources/istio/envoy-filter.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isRelative, operationsOn } from './operations-on.js'

/** The filter that a patch is about. */
const nameOf = ({ name, match }: FilterPatch): string => name || (match.filter ?? '')

/** What is asked of all EnvoyFilters together, gone through once. */
export interface PatchIndex {
  /** IST0155 where another patch of the same filter is for proxies of some versions only, so that an upgrade changes which of them are there. */
  relativeCode(patch: FilterPatch): string
  /** Another EnvoyFilter that changes the same kind of thing in proxies that may be the same. */
  rivalOf(filter: EnvoyFilter, patch: FilterPatch, root: string): EnvoyFilter | undefined
}

export function indexPatches(filters: readonly EnvoyFilter[]): PatchIndex {
  const byVersion = new Map<string, number>()
  const byPlace = new Map<string, EnvoyFilter[]>()
  for (const filter of filters) {
    for (const patch of filter.patches) {
      if (patch.match.proxyVersion !== undefined) byVersion.set(nameOf(patch), (byVersion.get(nameOf(patch)) ?? 0) + 1)
      if (patch.operation === 'MERGE') continue
      const place = `${filter.meta.namespace} ${patch.applyTo}`
      const known = byPlace.get(place)
      if (known === undefined) byPlace.set(place, [filter])
      else if (known.at(-1) !== filter) known.push(filter)
    }
  }
  return {
    relativeCode: (patch) => {
      const others = (byVersion.get(nameOf(patch)) ?? 0) - (patch.match.proxyVersion === undefined ? 0 : 1)
      return nameOf(patch) !== '' && others > 0 ? 'IST0155' : 'IST0151'
    },
    rivalOf: (filter, { applyTo }, root) =>
      [filter.meta.namespace, root]
        .flatMap((namespace) => byPlace.get(`${namespace} ${applyTo}`)?.slice(0, 2) ?? [])
        .find((other) => other !== filter),
  }
}

const isRelativeHere = ({ applyTo, operation }: FilterPatch): boolean =>
  isRelative(operation) && operationsOn(applyTo)?.includes(operation) === true && !(applyTo === 'HTTP_ROUTE' && operation === 'REMOVE')

function tell({ operation }: FilterPatch, rival: EnvoyFilter | undefined): string {
  const after = rival === undefined ? 'whatever other EnvoyFilter' : `EnvoyFilter \`${rival.meta.namespace}/${rival.meta.name}\``
  return `\`${operation}\` needs something that is there already, and the patch is passed over if ${after} brings it later: state \`priority\`, or use \`INSERT_FIRST\` or \`ADD\``
}

/** A patch that needs what another one may bring later. */
export const relativePatch: Rule = {
  code: 'EXT105',
  name: 'relative-patch-without-priority',
  severity: 'WARNING',
  istio: ['IST0151', 'IST0155'],
  kiali: [],
  summary:
    'A patch stands before, after or in the place of something, and without `priority` nobody has said that it comes after what brings that.',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      const read = [...objectsOf(configuration, 'envoyFilters')]
      const index = indexPatches(read.map(({ object }) => object))
      for (const { object, views } of read.filter(({ object: { priority } }) => priority === 0)) {
        const [view] = views
        for (const patch of object.patches.filter(isRelativeHere)) {
          const rival = index.rivalOf(object, patch, view.controlPlane.meshConfig.rootNamespace)
          const code = index.relativeCode(patch)
          const severity = rival === undefined && code === 'IST0151' ? 'INFO' : 'WARNING'
          yield { on: view.ref(object.meta, patch.path), istio: [code], severity, message: tell(patch, rival) }
        }
      }
    }
  },
}
