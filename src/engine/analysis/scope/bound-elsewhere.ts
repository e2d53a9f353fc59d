import { namedIn } from '../../istiod/matching/named-in.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { boundGateways } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { covers } from '../../snapshot/covers.js'

interface BoundElsewhere {
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/** How many are named in one sentence. */
const most = 3

/**
 * Which VirtualServices would route the host, were they bound to this gateway? A name without namespace means a Gateway of the VirtualService's
 * own namespace, which people take for the gateway's (ROUTE-11). Undefined: none.
 */
export function boundElsewhere(view: ControlPlaneView, hostname: string): BoundElsewhere | undefined {
  const suffix = domainSuffix(view)
  const routing = [...view.configuration.virtualServices.values()].flat().filter((item) => {
    return item.hosts.some((host) => host !== '*' && covers(qualify(host, item.meta.namespace, suffix), hostname))
  })
  if (routing.length === 0) return undefined
  const told = routing.slice(0, most).map((item) => tell(view, item))
  const more = routing.length > most ? ` and ${routing.length - most} more` : ''
  return {
    message: `${told.join(', ')}${more}`,
    because: routing.slice(0, most).map(({ meta }) => view.ref(meta, 'spec.gateways')),
  }
}

function tell(view: ControlPlaneView, { gateways, meta }: VirtualService): string {
  const names = boundGateways(gateways, meta.namespace).map((name) =>
    name === 'mesh' || isThere(view, name) ? `\`${name}\`` : `\`${name}\`, which does not exist`,
  )
  return `VirtualService \`${meta.namespace}/${meta.name}\` routes it only for ${names.join(' and ')}`
}

function isThere(view: ControlPlaneView, name: string): boolean {
  const [namespace = '', own = ''] = name.split('/')
  return namedIn(view.configuration.gateways).has(`${namespace}/${own}`)
}
