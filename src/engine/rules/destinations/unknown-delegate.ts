import { pausing } from '../../pause.js'
import { isFor } from '../../snapshot/services/audience.js'
import { virtualServicesNamed, virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { remembered } from '../../remembered.js'
import type { HttpRoute, VirtualService } from '../../resources/istio/virtual-service.js'
import type { Meta } from '../../resources/meta.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'

const delegatesIn = remembered((view: ControlPlaneView, namespace: string): readonly string[] =>
  (view.configuration.virtualServices.get(namespace) ?? []).flatMap(({ meta, hosts }) => (hosts.length === 0 ? [meta.name] : [])),
)

/** Whose routes stand in its http routes. */
const ownersOf = remembered(
  (view: ControlPlaneView, root: VirtualService): ReadonlySet<Meta> =>
    new Set(
      virtualServicesOf(view)
        .routesOf(root)
        .flatMap(({ owner, path }) => (path.startsWith('spec.http') ? [owner] : [])),
    ),
)

/** Why a delegate's routes do not take their place, and what to do; undefined: they do. */
function whyDropped(
  view: ControlPlaneView,
  root: VirtualService,
  delegate: NonNullable<HttpRoute['delegate']>,
  path: string,
  isSuggested: boolean,
): string | undefined {
  const { name, namespace = root.meta.namespace } = delegate
  const [found] = virtualServicesNamed(view, namespace).get(name) ?? []
  if (found === undefined) {
    if (isUnread([view.configCluster], 'virtualServices', namespace)) return undefined
    const [near] = isSuggested ? nearestNames(name, delegatesIn(view, namespace)) : []
    return `is not there${near === undefined ? '' : `; did you mean \`${near}\`?`}`
  }
  if (found.hosts.length > 0) return 'has `hosts` of its own and so is no delegate; leave its `hosts` out'
  if (!isFor(virtualServicesOf(view).audienceOf(found), root.meta.namespace)) {
    return `is not exported to namespace \`${root.meta.namespace}\`; add that to its \`exportTo\``
  }
  if (found.http.some((route) => route.delegate !== undefined)) return 'delegates itself, which is not followed; delegate to the last one'
  const inPlace = found.http.length === 0 || ownersOf(view, root).has(found.meta)
  return inPlace ? undefined : `matches no request that \`${path}.match\` lets through; widen one of them`
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
        for (const [index, { delegate }] of pausing(item.http.entries())) {
          const path = `spec.http[${index}]`
          const place = `${view.configCluster?.name} ${item.meta.index} ${path}`
          const why = delegate === undefined ? undefined : whyDropped(view, item, delegate, path, told.size < suggested)
          if (delegate === undefined || why === undefined || told.has(place)) continue
          told.add(place)
          const named = `${delegate.namespace ?? item.meta.namespace}/${delegate.name}`
          const [what, ...mend] = why.split('; ')
          const then = 'the route is dropped, and its requests take the next one that matches, or get 404'
          yield { on: view.ref(item.meta, `${path}.delegate`), message: [`the delegate \`${named}\` ${what}: ${then}`, ...mend].join('; ') }
        }
      }
    }
  },
}
