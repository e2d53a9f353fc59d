/**
 * Is a pod captured by its node's ztunnel?
 *
 * Istio's CNI agent says so on the pods that it has enrolled; of a pod that says nothing, and of templates, the labels that the agent's chart selects by
 * decide: the pod's own, else its namespace's, and the pod may opt out. Rules AMB-1, AMB-2, MODEL-31.
 */
import type { Labels } from '../../resources/meta.js'
import type { PodSpec } from '../../resources/kubernetes/pod.js'
import { honoursExcludedNamespaces } from '../releases.js'
import type { ControlPlane } from '../snapshot.js'

/** By which namespaces and pods ask for ambient mode. */
export const modeKey = 'istio.io/dataplane-mode'
const redirectionKey = 'ambient.istio.io/redirection'
const tunnelKey = 'networking.istio.io/tunnel'

export interface Enrolled {
  readonly namespace: string
  readonly namespaceLabels: Labels | undefined
  readonly labels: Labels
  readonly annotations: Labels
  readonly spec: Pick<PodSpec, 'hostNetwork'>
  /** The one that would serve it; undefined: not known. */
  readonly controlPlane: Pick<ControlPlane, 'version'> | undefined
}

/** The agent is told to leave this namespace alone, and heeds it since 1.30. */
const isExcluded = ({ namespace, controlPlane }: Enrolled): boolean =>
  namespace === 'kube-system' && (controlPlane === undefined || honoursExcludedNamespaces(controlPlane))

export const isEnrolled = (pod: Enrolled): boolean => {
  const told = pod.annotations[redirectionKey]
  if (pod.spec.hostNetwork) return false
  if (told !== undefined) return told === 'enabled' || told === 'pending'
  if (isExcluded(pod)) return false
  const own = pod.labels[modeKey]
  return own === 'ambient' || (own !== 'none' && pod.namespaceLabels?.[modeKey] === 'ambient')
}

/** The agent has begun to capture the pod and has not done: nothing gets in or out (AMB-2). */
export const isPending = ({ annotations }: { readonly annotations: Labels }): boolean => annotations[redirectionKey] === 'pending'

/** A proxy, or whatever stands there, says by its label that it takes tunnels; the value is a list (AMB-2, AMB-31). */
export const saysTunnel = (labels: Labels): boolean => (labels[tunnelKey] ?? '').split(',').includes('http')

/** The proxies of nodes: they carry what captured pods send, and are called by nobody. */
export const isZtunnel = (labels: Labels): boolean => labels['app'] === 'ztunnel' || labels['app.kubernetes.io/name'] === 'ztunnel'
