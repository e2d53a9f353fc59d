import type { ClusterResources } from '../resources/cluster-resources.js'
import type { Labels } from '../resources/meta.js'
import type { Pod } from '../resources/kubernetes/pod.js'
import type { Cluster, ControlPlane } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workloads/workload.js'
import { changeObject } from '../simulate/change-object.js'
import { putManifests } from '../simulate/put-manifests.js'
import { ownerKey, serversOf } from './servers-of.js'
import type { Proposal, Propose } from './proposal.js'
import { failedFor, type Situation } from './situation.js'

const injectKey = 'sidecar.istio.io/inject'

/** A client without proxy sends plaintext and shows no identity: have one injected. Rules TLS-8, TLS-11, MODEL-27, MODEL-28. */
export const injectClient: Propose = (situation) =>
  injecting(
    situation,
    situation.clients.map(({ workload }) => workload),
  )

/** A server without proxy takes no mutual TLS, and so nothing from other networks: have one injected. Rules NET-14, NET-16, MODEL-27. */
export const injectServer: Propose = (situation) => injecting(situation, serversOf(situation.snapshot, failedFor(situation, 'NOT_MTLS')))

const injecting = ({ snapshot }: Situation, workloads: readonly Workload[]): readonly Proposal[] => {
  const naked = workloads.filter(({ dataPlane }) => dataPlane === 'NONE')
  const places = [...new Set(naked.map(({ cluster, namespace }) => `${cluster}/${namespace}`))]
  return places.slice(0, 2).flatMap((place) => {
    const here = naked.filter(({ cluster, namespace }) => `${cluster}/${namespace}` === place)
    const cluster = snapshot.clusters.get(here[0]?.cluster ?? '')
    const plane = snapshot.controlPlanes.get(cluster?.managedBy[0] ?? '')
    return cluster === undefined || plane === undefined ? [] : [injectInto(cluster, plane, here)]
  })
}

const injectInto = (cluster: Cluster, plane: ControlPlane, workloads: readonly Workload[]): Proposal => {
  const namespace = workloads[0]?.namespace ?? ''
  const labelled = asksAlready(cluster, plane, namespace) ? [] : [labelledNamespace(cluster, plane, namespace)]
  const optedBack = workloads.filter(hasOptedOut).map(withoutOptOut)
  return {
    summary: tellInjection({ namespace, cluster, workloads, isLabelled: labelled.length > 0, isOptedBack: optedBack.length > 0 }),
    parts: [{ cluster: cluster.name, manifests: [...labelled, ...optedBack] }],
    change: {
      clusters: new Map([
        [cluster.name, (resources: ClusterResources) => restarted(putManifests(resources, labelled), instancesOf(cluster, workloads))],
      ]),
    },
  }
}

interface Injected {
  readonly namespace: string
  readonly cluster: Cluster
  readonly workloads: readonly Workload[]
  readonly isLabelled: boolean
  readonly isOptedBack: boolean
}

/** Where nothing is to be changed the pods are older than the label, or were made while nobody injected. */
function tellInjection({ namespace, cluster, workloads, isLabelled, isOptedBack }: Injected): string {
  const owners = [...new Set(workloads.map(({ owner }) => `${owner.kind} \`${owner.name}\``))].join(', ')
  const label = isLabelled ? [`label namespace \`${namespace}\` of cluster \`${cluster.name}\` for injection`] : []
  const back = isOptedBack ? ['take back the opt-out of its pods (the part of the object to be merged into it)'] : []
  const steps = [...label, ...back]
  return steps.length > 0
    ? `${steps.join(', ')}, and restart ${owners}, which then gets a proxy`
    : `restart ${owners}: namespace \`${namespace}\` of cluster \`${cluster.name}\` asks for injection, and what runs has no proxy yet`
}

/** The label that counts where there are two is that of injection by default (MODEL-27). */
function asksAlready({ resources }: Cluster, { revision }: ControlPlane, name: string): boolean {
  const { 'istio-injection': injection, 'istio.io/rev': asked } = resources.namespaces.get(name)?.meta.labels ?? {}
  return revision === '' ? injection === 'enabled' : injection === undefined && asked === revision
}

const labelledNamespace = ({ resources }: Cluster, { revision }: ControlPlane, name: string): unknown => {
  const known = resources.namespaces.get(name)?.meta
  const { 'istio-injection': _, 'istio.io/rev': __, ...kept } = known?.labels ?? {}
  const labels = { ...kept, ...(revision === '' ? { 'istio-injection': 'enabled' } : { 'istio.io/rev': revision }) }
  const annotations = Object.keys(known?.annotations ?? {}).length === 0 ? {} : { annotations: known?.annotations }
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, ...annotations } }
}

const hasOptedOut = ({ labels, annotations }: Workload): boolean => labels[injectKey] === 'false' || annotations[injectKey] === 'false'

const withoutOptOut = ({ owner, namespace }: Workload): unknown => ({
  apiVersion: 'apps/v1',
  kind: owner.kind,
  metadata: { name: owner.name, namespace },
  spec: { template: { metadata: { labels: { [injectKey]: 'true' } } } },
})

const optedIn = <T extends { readonly labels: Labels; readonly annotations: Labels }>(holder: T): T => {
  const { [injectKey]: _, ...annotations } = holder.annotations
  return { ...holder, annotations, labels: { ...holder.labels, [injectKey]: 'true' } }
}

/** The templates as the webhook would then take them, and the pods as it would have made them (MODEL-29). */
const restarted = (resources: ClusterResources, workloads: readonly Workload[]): ClusterResources =>
  workloads.reduce((changed, { owner, namespace, meta }) => {
    const template = { meta: { ...meta, kind: owner.kind, name: owner.name, namespace } }
    const opted = changeObject(changed, 'podControllers', template, (controller) => ({
      ...controller,
      template: optedIn(controller.template),
    }))
    return changeObject(opted, 'pods', { meta }, injectedPod)
  }, resources)

const injectedPod = (pod: Pod): Pod =>
  pod.hostNetwork
    ? pod
    : {
        ...pod,
        meta: { ...optedIn(pod.meta), labels: { ...optedIn(pod.meta).labels, 'security.istio.io/tlsMode': 'istio' } },
        containerNames: [...pod.containerNames, 'istio-proxy'],
      }

/** Every instance of the workloads, not only the ones that a question was asked of. */
const instancesOf = (cluster: Cluster, workloads: readonly Workload[]): readonly Workload[] => {
  const owners = new Set(workloads.map(ownerKey))
  return [...new Set(workloads.map(({ namespace }) => namespace))]
    .flatMap((namespace) => cluster.workloads(namespace))
    .filter((workload) => owners.has(ownerKey(workload)))
}
