import { pause } from '../../pause.js'
import type { Labels, Meta } from '../../resources/meta.js'
import type { PodSpec } from '../../resources/kubernetes/pod.js'
import { isOn } from '../flags.js'
import { labelsNetworks } from '../releases.js'
import { capturesAsZtunnel, capturesDns, type VariableInput } from './captures-dns.js'
import { type Enrolled, isEnrolled, isZtunnel, saysTunnel } from './enrolled.js'
import { isGatewayPod, isProxyless, isWaypointPod } from './is-gateway-pod.js'
import { injectorsOf, injectsByDefault, predictInjection } from './injection.js'
import { localityOf } from './locality-of.js'
import type { Owner } from './owner-of.js'
import { type MetadataInput, proxyMetadata } from './proxy-metadata.js'
import type { ControlPlane } from '../snapshot.js'
import { takesAnchors } from './takes-anchors.js'
import type { DataPlane, Workload } from './workload.js'
import { controlPlaneOfInjection, controlPlaneOfProxy, namespaceLabelsOf, type WorkloadContext } from './workload-context.js'

/** One pod, or the pod that a template would make. */
export interface WorkloadInput {
  readonly meta: Meta
  readonly owner: Owner
  readonly labels: Labels
  readonly annotations: Labels
  readonly spec: PodSpec
  readonly ips: readonly string[]
  readonly ready: boolean
  /** A pod that ran shows what it is; a template is judged by what injection would do (MODEL-30). */
  readonly ran: boolean
}

interface Proxy {
  readonly dataPlane: DataPlane
  readonly controlPlane: ControlPlane | undefined
}

const tlsModeKey = 'security.istio.io/tlsMode'
const networkKey = 'topology.istio.io/network'
const everything: readonly string[] = []

const runningProxy = (context: WorkloadContext, input: WorkloadInput): Proxy => {
  const { meta, labels, annotations, spec } = input
  const injected = spec.containerNames.includes('istio-proxy') || labels[tlsModeKey] === 'istio'
  if (injected)
    return {
      dataPlane: isProxyless(annotations) ? 'PROXYLESS' : 'SIDECAR',
      controlPlane: controlPlaneOfProxy(context, meta.namespace, labels),
    }
  return unproxied(context, input)
}

const unproxied = (context: WorkloadContext, { meta: { namespace }, labels, annotations, spec }: WorkloadInput): Proxy => {
  const controlPlane = controlPlaneOfProxy(context, namespace, labels)
  const pod: Enrolled = { namespace, namespaceLabels: namespaceLabelsOf(context, namespace), labels, annotations, spec, controlPlane }
  return context.controlPlanes.length > 0 && isEnrolled(pod)
    ? { dataPlane: 'AMBIENT', controlPlane }
    : { dataPlane: 'NONE', controlPlane: undefined }
}

const predictedProxy = (context: WorkloadContext, input: WorkloadInput): Proxy => {
  const { meta, labels, annotations, spec } = input
  if (spec.containerNames.includes('istio-proxy'))
    return { dataPlane: 'SIDECAR', controlPlane: controlPlaneOfProxy(context, meta.namespace, labels) }
  if (spec.istiod !== undefined) return { dataPlane: 'NONE', controlPlane: undefined }
  const injection = predictInjection({
    namespace: meta.namespace,
    namespaceLabels: namespaceLabelsOf(context, meta.namespace),
    labels,
    annotations,
    spec,
    byDefault: injectsByDefault(context.resources),
    injectors: injectorsOf(context.resources),
  })
  const isSystem = injection?.assumed === true && context.controlPlanes.some((plane) => plane.systemNamespace === meta.namespace)
  const controlPlane = injection === undefined || isSystem ? undefined : controlPlaneOfInjection(context, injection)
  const unknown = context.unmanaged && injection !== undefined
  if (controlPlane === undefined && !unknown) return unproxied(context, input)
  return { dataPlane: isProxyless(annotations) ? 'PROXYLESS' : 'SIDECAR', controlPlane }
}

const proxyOf = (context: WorkloadContext, input: WorkloadInput): Proxy => {
  if (isZtunnel(input.labels)) return { dataPlane: 'NONE', controlPlane: undefined }
  if (isGatewayPod(input.labels, input.annotations, input.spec)) {
    const dataPlane = isWaypointPod(input.labels) ? 'WAYPOINT' : 'GATEWAY'
    return { dataPlane, controlPlane: controlPlaneOfProxy(context, input.meta.namespace, input.labels) }
  }
  return input.ran ? runningProxy(context, input) : predictedProxy(context, input)
}

/** What injection would have written, or what stands there (MODEL-29). */
const tlsModeOf = (dataPlane: DataPlane, labels: Labels): string => labels[tlsModeKey] ?? (dataPlane === 'SIDECAR' ? 'istio' : 'disabled')

const isUnlabelled = (controlPlane: ControlPlane | undefined): boolean => controlPlane !== undefined && !labelsNetworks(controlPlane)

const metadataInput = (context: WorkloadContext, input: WorkloadInput, controlPlane: ControlPlane | undefined): MetadataInput => ({
  annotations: input.annotations,
  labels: input.labels,
  namespace: input.meta.namespace,
  rootNamespace: controlPlane?.meshConfig.rootNamespace ?? '',
  proxyConfigs: controlPlane === undefined ? undefined : context.configResources(controlPlane)?.proxyConfigs,
})

const variableInput = (context: WorkloadContext, input: WorkloadInput, controlPlane: ControlPlane | undefined): VariableInput => ({
  ...metadataInput(context, input, controlPlane),
  proxyEnv: input.spec.proxyEnv,
  observed: input.ran,
})

/** A variable of the proxy: its own, or, of a pod that does not run yet, what injection would write (EXT-11). */
function metadataOf(
  context: WorkloadContext,
  input: WorkloadInput,
  controlPlane: ControlPlane | undefined,
  key: string,
): string | undefined {
  const own = input.spec.proxyEnv[key]
  if (own !== undefined || input.ran || controlPlane === undefined) return own
  return proxyMetadata(metadataInput(context, input, controlPlane), key) ?? controlPlane.meshConfig.defaultProxyMetadata[key]
}

/** The proxy's own network and the pod's label: what stands there, or what injection would write (NET-3). */
const networksOf = (
  context: WorkloadContext,
  input: WorkloadInput,
  { dataPlane, controlPlane }: Proxy,
): { proxyNetwork: string; networkLabel: string } => {
  const label = input.labels[networkKey] ?? ''
  if (dataPlane === 'NONE' || dataPlane === 'AMBIENT') return { proxyNetwork: '', networkLabel: label }
  const own = metadataOf(context, input, controlPlane, 'ISTIO_META_NETWORK')
  if (isUnlabelled(controlPlane)) return { proxyNetwork: own ?? '', networkLabel: label }
  const ran = input.ran && Object.keys(input.spec.proxyEnv).length > 0
  const proxyNetwork = own ?? (label !== '' || ran ? label : context.injectedNetwork)
  return { proxyNetwork, networkLabel: label === '' && !input.ran ? proxyNetwork : label }
}

/** REQUESTED_NETWORK_VIEW: by environment, or of a gateway made from a labelled Kubernetes Gateway (NET-5); waypoints ask for every network (AMB-68). */
const requestedNetworksOf = (context: WorkloadContext, input: WorkloadInput, { controlPlane }: Proxy): readonly string[] => {
  const key = 'ISTIO_META_REQUESTED_NETWORK_VIEW'
  const text = metadataOf(context, input, controlPlane, key)
  if (text !== undefined)
    return text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
  const label = input.labels[networkKey]
  const managed = input.labels['gateway.istio.io/managed'] !== undefined && !isWaypointPod(input.labels)
  return managed && label !== undefined ? [label] : everything
}

/** What stands there, or what injection would write where its control plane has sidecars take tunnels (AMB-2, AMB-31). */
const takesHboneOf = (context: WorkloadContext, input: WorkloadInput, { dataPlane, controlPlane }: Proxy): boolean => {
  const { labels, ran } = input
  if (dataPlane === 'AMBIENT' || dataPlane === 'WAYPOINT' || saysTunnel(labels)) return true
  if (ran || dataPlane !== 'SIDECAR' || controlPlane === undefined) return false
  const told = metadataOf(context, input, controlPlane, 'ISTIO_META_ENABLE_HBONE') === 'true'
  return told && isOn(controlPlane, 'PILOT_ENABLE_AMBIENT') && isOn(controlPlane, 'PILOT_ENABLE_SIDECAR_LISTENING_HBONE')
}

const capturesDnsOf = (context: WorkloadContext, input: WorkloadInput, { dataPlane, controlPlane }: Proxy): boolean => {
  if (dataPlane === 'AMBIENT') return capturesAsZtunnel(input.annotations, context.nodeCapture, controlPlane)
  if (dataPlane !== 'SIDECAR') return false
  return capturesDns({
    ...variableInput(context, input, controlPlane),
    defaultProxyMetadata: controlPlane?.meshConfig.defaultProxyMetadata ?? {},
    stated: context.statedCapture,
  })
}

const takesAnchorsOf = (context: WorkloadContext, input: WorkloadInput, { dataPlane, controlPlane }: Proxy): boolean =>
  dataPlane !== 'NONE' && dataPlane !== 'AMBIENT' && takesAnchors(controlPlane, variableInput(context, input, controlPlane))

/** One instance. Rules MODEL-27 … MODEL-31, MODEL-33, NET-3, NET-5. */
export const buildWorkload = (context: WorkloadContext, input: WorkloadInput): Workload => {
  pause()
  const { meta, labels, annotations, spec } = input
  const proxy = proxyOf(context, input)
  return {
    cluster: context.cluster,
    namespace: meta.namespace,
    name: meta.name,
    owner: input.owner,
    labels,
    annotations,
    serviceAccount: spec.serviceAccount,
    ips: input.ips,
    ...(spec.nodeName === undefined ? {} : { nodeName: spec.nodeName }),
    hostNetwork: spec.hostNetwork,
    ready: input.ready,
    synthesised: !input.ran,
    containerPorts: spec.containerPorts,
    dataPlane: proxy.dataPlane,
    revision: proxy.controlPlane?.revision ?? '',
    controlPlane: proxy.controlPlane?.name,
    ...networksOf(context, input, proxy),
    requestedNetworks: requestedNetworksOf(context, input, proxy),
    locality: localityOf(labels, spec.nodeName === undefined ? undefined : context.resources.nodes.get(spec.nodeName), context.locality),
    tlsMode: tlsModeOf(proxy.dataPlane, labels),
    dnsCapture: capturesDnsOf(context, input, proxy),
    takesHbone: takesHboneOf(context, input, proxy),
    takesAnchors: takesAnchorsOf(context, input, proxy),
    ref: context.ref(meta),
    meta,
  }
}
