import type { ResourceRef } from '../../model/resource-ref.js'
import type { Labels, Meta } from '../../resources/meta.js'
import type { ContainerPort } from '../../resources/kubernetes/pod.js'

/**
 * How a workload's traffic is handled (MODEL-27 … MODEL-31). GATEWAY: an Istio gateway proxy (ingress, egress, east-west); AMBIENT: captured by its
 * node's ztunnel; WAYPOINT: a proxy that ztunnels send to (AMB-47).
 */
export type DataPlane = 'SIDECAR' | 'GATEWAY' | 'AMBIENT' | 'WAYPOINT' | 'PROXYLESS' | 'NONE'

export interface Locality {
  readonly region: string
  readonly zone: string
  readonly subzone: string
}

/**
 * One running (or, where only templates are given, one synthesised) instance of a workload.
 *
 * `dataPlane` is what is observed for pods and what injection would do for templates (MODEL-30).
 */
export interface Workload {
  readonly cluster: string
  readonly namespace: string
  /** The instance: pod name, WorkloadEntry name, or the controller's name when synthesised. */
  readonly name: string
  /** The top owner: what users call the workload. */
  readonly owner: { readonly kind: string; readonly name: string }
  readonly labels: Labels
  readonly annotations: Labels
  readonly serviceAccount: string
  readonly ips: readonly string[]
  readonly nodeName?: string
  /** It uses its node's network and addresses. */
  readonly hostNetwork: boolean
  readonly ready: boolean
  readonly synthesised: boolean
  readonly containerPorts: readonly ContainerPort[]
  readonly dataPlane: DataPlane
  /** Revision or tag the injection labels chose; '' for the default. */
  readonly revision: string
  /** Name of the control plane that configures its proxy; undefined without proxy, or when none can be determined. */
  readonly controlPlane: string | undefined
  /** ISTIO_META_NETWORK (NET-3); '' when the proxy has none. */
  readonly proxyNetwork: string
  /** Pod label `topology.istio.io/network` after injection (NET-1); '' when absent. */
  readonly networkLabel: string
  /** REQUESTED_NETWORK_VIEW; empty: everything (NET-36). */
  readonly requestedNetworks: readonly string[]
  readonly locality: Locality
  /** Label `security.istio.io/tlsMode` after injection; 'disabled' when there is none. */
  readonly tlsMode: string
  readonly dnsCapture: boolean
  /** It takes tunnels of HBONE at port 15008 (AMB-2, AMB-31). */
  readonly takesHbone: boolean
  /** Its agent takes the anchors that its control plane hands out (TRUST-9). */
  readonly takesAnchors: boolean
  readonly ref: ResourceRef
  readonly meta: Meta
}

/** A proxy that others' calls pass, and that calls nobody of its own accord. */
export const isPassed = ({ dataPlane }: Workload): boolean => dataPlane === 'GATEWAY' || dataPlane === 'WAYPOINT'

/** A stand-in for pods that are not there: it can be asked about, and takes no traffic. */
export const isEmptyTemplate = ({ synthesised, ready }: Workload): boolean => synthesised && !ready

/** Known by a WorkloadEntry alone: what somebody wrote of an address, on whatever network that is. */
export const isMachine = ({ meta }: Workload): boolean => meta.kind === 'WorkloadEntry'
