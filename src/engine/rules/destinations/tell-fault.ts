import { pausing } from '../../pause.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { Severity } from '../../model/report.js'
import { remembered } from '../../remembered.js'
import { readServiceName } from '../../snapshot/services/service-names.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { type Consumer, nameConsumers } from '../consumers.js'
import { clustersWith, isOfUnlistedNamespace } from '../unlisted-services.js'
import type { DestinationFault } from './destination-faults.js'

/** Whose proxies lack it, as the beginning of a sentence: all that use the route are not named. */
export const whose = ({ consumers, others }: DestinationFault): string =>
  others && consumers.some(({ workloads }) => workloads.length > 0) ? `proxies of ${nameConsumers(consumers)}` : 'proxies'

/** What becomes of the traffic. */
export function effectOf({ placed: { kind, use } }: DestinationFault): string {
  if (use === 'MIRROR') return 'drop the copies that this mirror asks for'
  if (use === 'WAITING') return `would refuse what it is sent once it has a weight`
  return kind === 'http' ? 'answer such requests with 503' : 'close such connections'
}

/**
 * An error where calls are refused that could be made; less where no traffic goes that way yet, or only those who do not have the routed host
 * either would be refused.
 */
export function severityOf(fault: DestinationFault): Severity {
  const { placed, consumers, lack } = fault
  if (placed.use === 'WAITING') return 'INFO'
  if (placed.use === 'MIRROR' || (lack.what === 'NO_PORT' && !lack.met) || lack.ports.length > 0) return 'WARNING'
  const concerned = consumers.filter((consumer) => isConcerned(fault, consumer))
  if (concerned.length === 0) return 'INFO'
  return concerned.some((consumer) => consumer.workloads.length === 0 || lack.met) ? 'ERROR' : 'WARNING'
}

/** Would they call the host, as those who are given it, or is the destination one that nobody has? */
function isConcerned({ view, item, host, lack }: DestinationFault, { scope, atGateway, workloads }: Consumer): boolean {
  if (atGateway || workloads.length === 0 || scope.namespace === item.meta.namespace) return true
  if (lack.what !== 'HOST' || view.servicesByHost(host).length === 0) return true
  const suffix = domainSuffix(view)
  return item.hosts.some((own) => scope.services.get(qualify(own, item.meta.namespace, suffix))?.imported === 'EXPLICIT')
}

const namesIn = remembered((view: ControlPlaneView, namespace: string): readonly string[] =>
  view.services.flatMap((service) =>
    service.namespace === namespace && service.registry === 'KUBERNETES' ? [shortOf(service.hostname)] : [],
  ),
)

const placesOf = remembered((view: ControlPlaneView): ReadonlyMap<string, readonly string[]> => {
  const places = new Map<string, string[]>()
  for (const { hostname, registry } of pausing(view.services)) {
    if (registry === 'KUBERNETES') places.set(shortOf(hostname), [...(places.get(shortOf(hostname)) ?? []), hostname])
  }
  return places
})

const shortOf = (hostname: string): string => hostname.slice(0, hostname.indexOf('.'))

/** Is the host of a namespace of which no Service is given, and nowhere else a Service of that name? */
export function isBeyondDocument(view: ControlPlaneView, host: string): boolean {
  const asked = readServiceName(host, domainSuffix(view))
  return (
    asked !== undefined && isOfUnlistedNamespace(view, host) && !placesOf(view).has(asked.name) && clustersWith(view, asked).length === 0
  )
}

/** Where a host that the control plane does not know probably is, or what it is called. */
export function guessHost(view: ControlPlaneView, host: string): string {
  const asked = readServiceName(host, domainSuffix(view))
  if (asked === undefined) {
    const parts = host.split('.')
    const half = parts.length === 2 ? view.servicesByHost(`${host}.svc.${domainSuffix(view)}`) : []
    if (half.length > 0) return `; write \`${half[0]?.hostname}\`, for a name with a dot is taken as it is`
    return '; add a ServiceEntry for it'
  }
  const [elsewhere] = clustersWith(view, asked)
  if (elsewhere !== undefined)
    return `; cluster \`${elsewhere.name}\` has that Service, and control plane \`${view.controlPlane.name}\` does not read it from there`
  const [sameName] = placesOf(view).get(asked.name) ?? []
  if (sameName !== undefined) return `; did you mean \`${sameName}\`?`
  const [near] = nearestNames(asked.name, namesIn(view, asked.namespace))
  return near === undefined ? '' : `; did you mean \`${near}\`?`
}
