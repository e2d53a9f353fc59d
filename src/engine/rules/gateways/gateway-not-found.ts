import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { remembered } from '../../remembered.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { type Configuration, configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import { isMadeByIstiod, type NamedGateway, namedGateways } from './named-gateways.js'

/** `namespace/name` of the Gateways that a control plane reads, those of the Gateway API too. */
export const gatewayNames = remembered((view: ControlPlaneView): ReadonlySet<string> => {
  const own = [...view.configuration.gateways.values()].flat()
  const others = [...(view.configCluster?.resources.kubernetesGateways.values() ?? [])].flat()
  return new Set([...own, ...others].map(({ meta }) => `${meta.namespace}/${meta.name}`))
})

const isKnown = ({ views }: ReadObject<VirtualService>, { name }: NamedGateway): boolean =>
  views.some((view) => gatewayNames(view).has(name))

/** Where else a Gateway of that name stands, and why it does not count; or what may have been meant. */
function hintAt(snapshot: Snapshot, { cluster, views }: Configuration, { name }: NamedGateway): string {
  for (const other of snapshot.clusters.values()) {
    const [namespace = '', own = ''] = name.split('/')
    if (!other.resources.gateways.get(namespace)?.some(({ meta }) => meta.name === own)) continue
    return other === cluster
      ? '; the one there is for another revision, or in a namespace that is not selected'
      : `; the one in cluster \`${other.name}\` counts for control planes that read that cluster alone`
  }
  const [first] = views
  const all = first === undefined ? [] : [...gatewayNames(first)]
  const namesake = all.find((one) => one.endsWith(name.slice(name.indexOf('/'))))
  if (namesake !== undefined) return `; write \`${namesake}\` for the one of that name in another namespace`
  const [near] = nearestNames(name, all)
  return near === undefined ? '' : `; did you mean \`${near}\`?`
}

function tell(snapshot: Snapshot, configuration: Configuration, read: ReadObject<VirtualService>, missing: NamedGateway): Breach {
  const { object, views } = read
  const [view] = views
  const others = namedGateways(object).some((one) => !one.inMatch && isKnown(read, one))
  const effect = missing.inMatch
    ? 'the match never applies'
    : others
      ? 'its routes reach the other gateways only'
      : 'no gateway has its routes, and calls from outside get 404 or a closed connection'
  const message = `there is no Gateway \`${missing.name}\`, so that ${effect}${hintAt(snapshot, configuration, missing)}`
  return { on: view.ref(object.meta, missing.path), message, severity: missing.inMatch || others ? 'WARNING' : 'ERROR' }
}

export const gatewayNotFound: Rule = {
  code: 'GTW101',
  name: 'gateway-not-found',
  severity: 'ERROR',
  istio: ['IST0101'],
  kiali: ['KIA1102'],
  summary: 'A VirtualService names a Gateway that its control plane does not have, so its routes are nowhere (ROUTE-11, VIS-27).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      if (isUnread([configuration.cluster], 'gateways') || isUnread([configuration.cluster], 'kubernetesGateways')) continue
      for (const read of objectsOf(configuration, 'virtualServices')) {
        for (const named of namedGateways(read.object)) {
          if (!isMadeByIstiod(named) && !isKnown(read, named)) yield tell(snapshot, configuration, read, named)
        }
      }
    }
  },
}
