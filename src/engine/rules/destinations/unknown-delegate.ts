import { pausing } from '../../pause.js'
import { whyDropped } from '../../istiod/virtual-services/why-dropped.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { remembered } from '../../remembered.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'

const delegatesIn = remembered((view: ControlPlaneView, namespace: string): readonly string[] =>
  (view.configuration.virtualServices.get(namespace) ?? []).flatMap(({ meta, hosts }) => (hosts.length === 0 ? [meta.name] : [])),
)

/** What was probably meant by a delegate that is not there; undefined: nobody knows whether it is, since such objects could not be read. */
function missing(view: ControlPlaneView, delegate: string, isSuggested: boolean): readonly string[] | undefined {
  const [namespace = '', name = ''] = delegate.split('/')
  if (isUnread([view.configCluster], 'virtualServices', namespace)) return undefined
  const [near] = isSuggested ? nearestNames(name, delegatesIn(view, namespace)) : []
  return near === undefined ? [] : [`did you mean \`${near}\`?`]
}

/** How many are told what was probably meant: each is held against thousands of names. */
const suggested = 500

export const unknownDelegate: Rule = {
  code: 'DST104',
  name: 'unknown-delegate',
  severity: 'ERROR',
  istio: ['IST0101'],
  kiali: [],
  summary: 'A route delegates to a VirtualService whose routes cannot take its place, so that it is dropped (VIS-29, ROUTE-8).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<string>()
    for (const plane of snapshot.controlPlanes.keys()) {
      const view = snapshot.view(plane)
      for (const item of pausing([...view.configuration.virtualServices.values()].flat())) {
        if (item.hosts.length === 0) continue
        for (const [index, route] of pausing(item.http.entries())) {
          const path = `spec.http[${index}]`
          const place = `${view.configCluster?.name} ${item.meta.index} ${path}`
          const dropped = whyDropped(view, item, route, path)
          if (dropped === undefined || told.has(place)) continue
          const { delegate, what, mend } = dropped
          const more = mend === undefined ? missing(view, delegate, told.size < suggested) : [mend]
          if (more === undefined) continue
          told.add(place)
          const then = 'the route is dropped, and its requests take the next one that matches, or get 404'
          yield {
            on: view.ref(item.meta, `${path}.delegate`),
            message: [`the delegate \`${delegate}\` ${what}: ${then}`, ...more].join('; '),
          }
        }
      }
    }
  },
}
