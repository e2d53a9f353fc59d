import { namedIn } from '../../istiod/matching/named-in.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { isFor } from '../../snapshot/services/audience.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { boundGateways } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import { covers } from '../../snapshot/covers.js'

interface BoundElsewhere {
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/** A gateway proxy as VirtualServices look at it. */
interface Place {
  readonly namespace: string
  /** The Gateway objects that configure it. */
  readonly gateways: readonly Gateway[]
}

/** How many are named in one sentence. */
const most = 3

/**
 * Which VirtualServices would route the host, were they bound to this gateway, or exported to its namespace? A name without namespace means a Gateway of the
 * VirtualService's own namespace, which people take for the gateway's (VIS-27, ROUTE-11). Undefined: none.
 */
export function boundElsewhere(view: ControlPlaneView, hostname: string, place: Place): BoundElsewhere | undefined {
  const suffix = domainSuffix(view)
  const routing = [...view.configuration.virtualServices.values()].flat().filter((item) => {
    return item.hosts.some((host) => host !== '*' && covers(qualify(host, item.meta.namespace, suffix), hostname))
  })
  if (routing.length === 0) return undefined
  const told = routing.slice(0, most).map((item) => tell(view, item, place))
  const more = routing.length > most ? ` and ${routing.length - most} more` : ''
  return {
    message: `${told.map(({ message }) => message).join(', ')}${more}`,
    because: told.flatMap(({ because }) => because),
  }
}

function tell(view: ControlPlaneView, item: VirtualService, { gateways, namespace }: Place): BoundElsewhere {
  const { meta } = item
  const name = `VirtualService \`${meta.namespace}/${meta.name}\``
  const bound = boundGateways(item.gateways, meta.namespace)
  const isBound = gateways.some((gateway) => bound.includes(`${gateway.meta.namespace}/${gateway.meta.name}`))
  if (isBound && !isFor(virtualServicesOf(view).audienceOf(item), namespace)) {
    const message = `${name} is bound to this gateway, and is not exported to the gateway’s namespace \`${namespace}\``
    return { message, because: [view.ref(meta, 'spec.exportTo')] }
  }
  const names = bound.map((one) => (one === 'mesh' || isThere(view, one) ? `\`${one}\`` : `\`${one}\`, which does not exist`))
  return { message: `${name} routes it only for ${names.join(' and ')}`, because: [view.ref(meta, 'spec.gateways')] }
}

function isThere(view: ControlPlaneView, name: string): boolean {
  const [namespace = '', own = ''] = name.split('/')
  return namedIn(view.configuration.gateways).has(`${namespace}/${own}`)
}
