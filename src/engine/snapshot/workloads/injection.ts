import type { MeshInstallation } from '../../resources/installation/mesh-installation.js'
import type { LabelSelector } from '../../resources/label-selector.js'
import { labelSelectorMatches } from '../label-selector.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Labels } from '../../resources/meta.js'
import type { PodSpec } from '../../resources/kubernetes/pod.js'

/** What decides injection for one pod or template. `namespaceLabels` undefined: the Namespace object is not given. */
export interface InjectionInput {
  readonly namespace: string
  readonly namespaceLabels: Labels | undefined
  readonly labels: Labels
  readonly annotations: Labels
  readonly spec: Pick<PodSpec, 'hostNetwork'>
  /** The installation takes namespaces that say nothing (`enableNamespacesByDefault`). */
  readonly byDefault?: boolean
  /** What injectors of the cluster work with. */
  readonly injectors?: readonly Injector[]
}

type Injector = NonNullable<MeshInstallation['injector']>

/** Revision or tag whose webhook injects; '' is the default one. */
export interface Injection {
  readonly revision: string
  /** The namespace's labels are unknown and injection was taken for granted. */
  readonly assumed: boolean
}

const neverIn = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'])
const injectKey = 'sidecar.istio.io/inject'
const revisionKey = 'istio.io/rev'

const normal = (revision: string): string => (revision === 'default' ? '' : revision)

/** Which webhook takes the pod; undefined: none. Rule MODEL-27. */
const selectedRevision = (namespaceLabels: Labels, labels: Labels, byDefault: boolean): string | undefined => {
  const injection = namespaceLabels['istio-injection']
  const ofNamespace = namespaceLabels[revisionKey]
  const ofPod = labels[revisionKey]
  const wanted = labels[injectKey]
  if (injection !== undefined) return injection === 'enabled' && wanted !== 'false' ? '' : undefined
  if (ofNamespace !== undefined) return wanted === 'false' ? undefined : normal(ofNamespace)
  if (ofPod !== undefined) return wanted === 'false' ? undefined : normal(ofPod)
  return wanted === 'true' || (byDefault && wanted !== 'false') ? '' : undefined
}

/**
 * Would a pod of this kind get a sidecar, and from which revision?
 *
 * Rules MODEL-27, MODEL-28. A missing Namespace object leaves its labels unknown; injection is then assumed, for that is what a
 * document of workloads and services in a mesh means.
 */
export const predictInjection = (input: InjectionInput): Injection | undefined => {
  const injection = byLabels(input)
  const opted = input.labels[injectKey] ?? input.annotations[injectKey]
  const isLeftOut = injection !== undefined && opted === undefined && input.injectors?.some((injector) => leavesOut(injector, input.labels))
  return isLeftOut === true ? undefined : injection
}

/** A pod that says nothing itself (MODEL-28). */
const leavesOut = ({ never, always, onlyAsked }: Injector, labels: Labels): boolean => {
  const takes = (selector: LabelSelector): boolean => !isEmpty(selector) && labelSelectorMatches(selector, labels)
  return never.some(takes) || (onlyAsked && !always.some(takes))
}

/** Such a selector is passed over. */
const isEmpty = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0

const byLabels = (input: InjectionInput): Injection | undefined => {
  if (input.spec.hostNetwork || neverIn.has(input.namespace)) return undefined
  const opted = input.labels[injectKey] ?? input.annotations[injectKey]
  if (opted === 'false') return undefined
  if (input.namespaceLabels === undefined) {
    return { revision: normal(input.labels[revisionKey] ?? ''), assumed: opted !== 'true' && input.labels[revisionKey] === undefined }
  }
  const revision = selectedRevision(input.namespaceLabels, input.labels, input.byDefault === true)
  return revision === undefined ? undefined : { revision, assumed: false }
}

export const injectorsOf = ({ installations }: Pick<ClusterResources, 'installations'>): readonly Injector[] =>
  installations.flatMap(({ injector }) => injector ?? [])

/** Does an injector of the cluster take namespaces that say nothing? */
export const injectsByDefault = ({ installations }: Pick<ClusterResources, 'installations'>): boolean =>
  installations.some(({ injector }) => injector?.byDefault === true)
