import type { Labels } from '../../resources/meta.js'
import { gatewayNameLabel } from '../../snapshot/networks/hands-on.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { labelsInclude } from '../../snapshot/label-selector.js'

/** A gateway as Istio's own installation makes it. */
export interface ShippedGateway {
  readonly name: string
  /** Undefined: the control plane's own. */
  readonly namespace: string | undefined
  readonly serviceAccount: string
  readonly labels: Labels
  /** Do people outside of the cluster get to it? */
  readonly exposed: boolean
}

/** Those of an operator's installation, and that of the gateway chart by the names of its guide. */
const shipped: readonly ShippedGateway[] = [
  {
    name: 'istio-ingressgateway',
    namespace: undefined,
    serviceAccount: 'istio-ingressgateway-service-account',
    labels: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
    exposed: true,
  },
  {
    name: 'istio-egressgateway',
    namespace: undefined,
    serviceAccount: 'istio-egressgateway-service-account',
    labels: { app: 'istio-egressgateway', istio: 'egressgateway' },
    exposed: false,
  },
  {
    name: 'istio-ingress',
    namespace: 'istio-ingress',
    serviceAccount: 'istio-ingress',
    labels: { app: 'istio-ingress', istio: 'ingress' },
    exposed: true,
  },
]

/** The gateway of an installation that a Gateway object with this selector usually means; an empty selector means any. */
export const shippedGateway = (selector: Labels): ShippedGateway | undefined =>
  shipped.find(({ labels }) => labelsInclude(labels, selector))

/** Ports of the Service that an installation gives to its ingress gateways, by the port of the pod that they lead to. */
export const shippedPorts: Readonly<Record<number, number>> = { 8080: 80, 8443: 443 }

/**
 * The pod's port behind a server's, at a gateway that nothing shows and that is taken to be as it is shipped: where objects ask for both ports of
 * such a pair, some speak of the Service's and others of the pod's, and both are one listener (NET-30).
 */
export const shippedTarget = (number: number, asked: ReadonlySet<number>): number => {
  const target = Object.entries(shippedPorts).find(([, usual]) => usual === number)?.[0]
  return target !== undefined && asked.has(Number(target)) ? Number(target) : number
}

/** Is nothing known of it but that Gateway objects select it, and none of these is one that istiod runs a gateway for? */
export const isTakenAsShipped = ({ synthesised, labels }: Pick<Workload, 'synthesised' | 'labels'>): boolean =>
  synthesised && labels[gatewayNameLabel] === undefined
