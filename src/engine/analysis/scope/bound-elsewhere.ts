import { namedIn } from '../../istiod/matching/named-in.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { isOn } from '../../snapshot/flags.js'
import { isFor } from '../../snapshot/services/audience.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { boundGateways } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import { covers } from '../../snapshot/covers.js'
import { whyNotServed } from '../../snapshot/control-planes/derived/why-not-served.js'
import { titleOf } from '../../snapshot/references.js'
import { isLeftOut, unselected } from './left-out.js'

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
  const routing = routingAmong(view.configuration.virtualServices, domainSuffix(view), hostname)
  if (routing.length === 0) return ofOtherClusters(view, hostname) ?? ofIngresses(view, hostname)
  const told = routing.slice(0, most).map((item) => tell(view, item, place))
  const more = routing.length > most ? ` and ${routing.length - most} more` : ''
  return {
    message: `${told.map(({ message }) => message).join(', ')}${more}`,
    because: told.flatMap(({ because }) => because),
  }
}

const routingAmong = (lists: ByNamespace<VirtualService>, suffix: string, hostname: string): readonly VirtualService[] =>
  [...lists.values()].flat().filter(({ hosts, meta }) => {
    return hosts.some((host) => host !== '*' && covers(qualify(host, meta.namespace, suffix), hostname))
  })

/** Istio objects count only in the cluster that the control plane reads its configuration from (MODEL-16). */
function ofOtherClusters(view: ControlPlaneView, hostname: string): BoundElsewhere | undefined {
  const { controlPlane, configCluster, snapshot } = view
  for (const cluster of snapshot.clusters.values()) {
    const [item] = cluster === configCluster ? [] : routingAmong(cluster.resources.virtualServices, cluster.clusterDomain, hostname)
    if (item === undefined) continue
    const name = `VirtualService \`${item.meta.namespace}/${item.meta.name}\``
    const message = `${name} routes it, and stands in cluster \`${cluster.name}\`, whose Istio objects control plane \`${controlPlane.name}\` does not read`
    return { message, because: [cluster.ref(item.meta, 'spec.hosts'), controlPlane.ref] }
  }
  return undefined
}

/** Ingresses count where they are of the control plane's class (GW-9). */
function ofIngresses(view: ControlPlaneView, hostname: string): BoundElsewhere | undefined {
  const { configCluster: cluster, controlPlane } = view
  if (cluster === undefined) return undefined
  for (const item of [...cluster.resources.ingresses.values()].flat()) {
    const why = item.rules.some(({ host }) => host !== '' && covers(host, hostname)) && whyNotServed(cluster, controlPlane, item)
    if (!why) continue
    const message = `${titleOf(item.meta)} is for it, which ${why.message}`
    return { message, because: [cluster.ref(item.meta, 'spec.ingressClassName'), ...why.because] }
  }
  return undefined
}

function tell(view: ControlPlaneView, item: VirtualService, { gateways, namespace }: Place): BoundElsewhere {
  const { meta } = item
  const name = titleOf(meta)
  const bound = boundGateways(item.gateways, meta.namespace)
  const isBound = gateways.some((gateway) => bound.includes(`${gateway.meta.namespace}/${gateway.meta.name}`))
  if (isBound && !isFor(virtualServicesOf(view).audienceOf(item), namespace)) {
    const message = `${name} is bound to this gateway, and is not exported to the gateway’s namespace \`${namespace}\``
    return { message, because: [view.ref(meta, 'spec.exportTo')] }
  }
  const named = bound.map((one) => nameGateway(view, one, { gateways, namespace }))
  return {
    message: `${name} routes it only for ${named.map(({ message }) => message).join(' and ')}`,
    because: [view.ref(meta, 'spec.gateways'), ...named.flatMap(({ because }) => because)],
  }
}

/** A Gateway as the sentence names it, and why it is none of the proxy's, or unknown to the control plane. */
function nameGateway(view: ControlPlaneView, name: string, { gateways, namespace }: Place): BoundElsewhere {
  const known = namedIn(view.configuration.gateways).get(name)
  if (known?.meta.origin?.kind === 'Ingress') {
    const message = `the ${nameLabels(known.selector)}, which \`ingressSelector\` and \`ingressService\` choose`
    return { message, because: view.controlPlane.meshConfig.because }
  }
  if (known !== undefined && known.meta.namespace !== namespace && isOn(view.controlPlane, 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE')) {
    const message = `\`${name}\`, which is for gateways of its own namespace alone (\`PILOT_SCOPE_GATEWAY_TO_NAMESPACE\`)`
    return { message, because: [view.ref(known.meta), view.controlPlane.ref] }
  }
  if (known !== undefined && known.runs === undefined && !gateways.includes(known))
    return { message: `\`${name}\`, which is for ${nameLabels(known.selector)}`, because: [view.ref(known.meta, 'spec.selector')] }
  return name === 'mesh' || known !== undefined ? { message: `\`${name}\``, because: [] } : nameUnknown(view, name)
}

function nameUnknown(view: ControlPlaneView, name: string): BoundElsewhere {
  const { configCluster } = view
  const [namespace = '', own = ''] = name.split('/')
  const given = configCluster?.resources.gateways.get(namespace)?.find(({ meta }) => meta.name === own)
  if (configCluster === undefined || given === undefined) return { message: `\`${name}\`, which does not exist`, because: [] }
  const because = [configCluster.ref(given.meta)]
  if (!isLeftOut(view, configCluster, namespace))
    return { message: `\`${name}\`, which control plane \`${view.controlPlane.name}\` does not take`, because }
  const why = unselected(view, namespace, configCluster)
  return { message: `\`${name}\`, which is unknown, as ${why.message}`, because: [...because, ...why.because] }
}

function nameLabels(labels: Gateway['selector']): string {
  const list = Object.entries(labels).map(([key, value]) => `${key}: ${value}`)
  return `pods with the label${list.length === 1 ? '' : 's'} \`${list.join(', ')}\``
}
