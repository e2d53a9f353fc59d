/**
 * Which Services does a Gateway run behind?
 *
 * Without an address of its own, or with one IP address, it is managed: istiod runs a Service and pods for it, under a name that follows from it.
 * Otherwise its addresses are names of Services of its namespace that exist already. Rules GWAPI-10, GWAPI-11, GWAPI-15, GWAPI-16.
 */
import type { KubernetesGateway } from '../../../../resources/kubernetes/kubernetes-gateway.js'
import { isOn } from '../../../flags.js'
import type { ControlPlane } from '../../../snapshot.js'

export interface GatewayBinding {
  readonly namespace: string
  /** Names of Services of that namespace; none: it is nowhere. */
  readonly services: readonly string[]
  /** Of what istiod deploys for it. */
  readonly managed?: { readonly name: string; readonly serviceAccount: string }
}

type Flagged = Pick<ControlPlane, 'flags' | 'version'>

/** Do its addresses leave it to istiod to run pods for it? */
export const asksForPods = ({ addresses }: KubernetesGateway): boolean =>
  addresses.length === 0 || (addresses.length === 1 && (addresses[0]?.type ?? 'IPAddress') === 'IPAddress')

export const isManaged = (gateway: KubernetesGateway, controlPlane: Flagged): boolean =>
  !isOn(controlPlane, 'ENABLE_GATEWAY_API_MANUAL_DEPLOYMENT') || asksForPods(gateway)

/** `clusterDomain`: of the config cluster. */
export function bindingOf(object: KubernetesGateway, controlPlane: Flagged, clusterDomain: string): GatewayBinding {
  const { meta, className } = object
  const { namespace } = meta
  if (!isManaged(object, controlPlane)) return { namespace, services: namedServices(object, clusterDomain) }
  const usual = `${meta.name}-${className}`
  const name = meta.annotations['gateway.istio.io/name-override'] ?? usual
  const serviceAccount = meta.annotations['gateway.istio.io/service-account'] ?? usual
  return { namespace, services: [name], managed: { name, serviceAccount } }
}

/** Only Services of its own namespace count; a name without a dot is one of them. */
function namedServices({ meta, addresses }: KubernetesGateway, clusterDomain: string): readonly string[] {
  const suffix = `.${meta.namespace}.svc.${clusterDomain}`
  return addresses.flatMap(({ type = 'Hostname', value }) => {
    if (type !== 'Hostname') return []
    if (!value.includes('.')) return [value]
    return value.endsWith(suffix) ? [value.slice(0, -suffix.length)] : []
  })
}
