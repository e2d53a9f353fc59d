import type { Labels, Meta } from '../../resources/meta.js'
import type { EntryEndpoint } from '../../resources/istio/entry-endpoint.js'
import type { WorkloadEntry } from '../../resources/istio/workload-entry.js'
import type { WorkloadGroup } from '../../resources/istio/workload-group.js'
import { localityOfEntry } from './locality-of.js'
import type { Owner } from './owner-of.js'
import type { ControlPlane } from '../snapshot.js'
import { capturesDns, type VariableInput } from './captures-dns.js'
import { saysTunnel } from './enrolled.js'
import { takesAnchors } from './takes-anchors.js'
import type { Workload } from './workload.js'
import { controlPlaneOfProxy, type WorkloadContext } from './workload-context.js'

/** Rule EDS-20: the label decides; without it a service account means that a proxy with an identity runs there. */
const tlsModeOf = (endpoint: EntryEndpoint, labels: Labels): string =>
  labels['security.istio.io/tlsMode'] ?? (endpoint.serviceAccount === '' ? 'disabled' : 'istio')

const isIp = (address: string): boolean => /^[0-9.]+$/.test(address) || address.includes(':')

interface EntryParts {
  readonly meta: Meta
  readonly owner: Owner
  readonly endpoint: EntryEndpoint
  readonly labels: Labels
  readonly annotations: Labels
  readonly ready: boolean
  readonly synthesised: boolean
}

const variablesOf = (
  context: WorkloadContext,
  controlPlane: ControlPlane | undefined,
  { meta, labels, annotations }: EntryParts,
): VariableInput => ({
  proxyEnv: {},
  observed: false,
  annotations,
  labels,
  namespace: meta.namespace,
  rootNamespace: controlPlane?.meshConfig.rootNamespace ?? '',
  proxyConfigs: controlPlane === undefined ? undefined : context.configResources(controlPlane)?.proxyConfigs,
})

const entryWorkload = (context: WorkloadContext, parts: EntryParts): Workload => {
  const { meta, endpoint, labels, annotations } = parts
  const tlsMode = tlsModeOf(endpoint, labels)
  const controlPlane = tlsMode === 'istio' ? controlPlaneOfProxy(context, meta.namespace, labels) : undefined
  const variables = variablesOf(context, controlPlane, parts)
  return {
    cluster: context.cluster,
    namespace: meta.namespace,
    name: meta.name,
    owner: parts.owner,
    labels,
    annotations,
    serviceAccount: endpoint.serviceAccount === '' ? 'default' : endpoint.serviceAccount,
    ips: isIp(endpoint.address) ? [endpoint.address] : [],
    hostNetwork: false,
    ready: parts.ready,
    synthesised: parts.synthesised,
    containerPorts: Object.entries(endpoint.ports).map(([name, number]) => ({ name, number })),
    dataPlane: tlsMode === 'istio' ? 'SIDECAR' : 'NONE',
    revision: controlPlane?.revision ?? '',
    controlPlane: controlPlane?.name,
    proxyNetwork: endpoint.network,
    networkLabel: endpoint.network,
    requestedNetworks: [],
    locality: localityOfEntry(endpoint.locality, labels, context.locality),
    tlsMode,
    dnsCapture:
      controlPlane !== undefined &&
      capturesDns({
        ...variables,
        defaultProxyMetadata: controlPlane.meshConfig.defaultProxyMetadata,
        stated: context.statedCapture,
      }),
    takesAnchors: takesAnchors(controlPlane, variables),
    takesHbone: saysTunnel(labels),
    ref: context.ref(meta),
    meta,
  }
}

/** A virtual machine by its WorkloadEntry; an auto-registered one belongs to its WorkloadGroup. */
export const workloadOfEntry = (context: WorkloadContext, entry: WorkloadEntry): Workload => {
  const group = entry.meta.annotations['istio.io/autoRegistrationGroup']
  return entryWorkload(context, {
    meta: entry.meta,
    owner: group === undefined ? { kind: 'WorkloadEntry', name: entry.meta.name } : { kind: 'WorkloadGroup', name: group },
    endpoint: entry.endpoint,
    labels: { ...entry.meta.labels, ...entry.endpoint.labels },
    annotations: entry.meta.annotations,
    ready: entry.healthy !== false,
    synthesised: false,
  })
}

/** A group without entries: something to ask about, but nothing that could be called. */
export const workloadOfGroup = (context: WorkloadContext, group: WorkloadGroup): Workload =>
  entryWorkload(context, {
    meta: group.meta,
    owner: { kind: 'WorkloadGroup', name: group.meta.name },
    endpoint: group.template,
    labels: { ...group.labels, ...group.template.labels },
    annotations: group.annotations,
    ready: false,
    synthesised: true,
  })
