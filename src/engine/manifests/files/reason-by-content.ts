import type { LeftOutReason } from '../../model/left-out.js'
import { isTopology } from '../holds-objects.js'
import { groupOf } from '../kinds.js'
import { isRecord } from '../raw-object.js'
import { likelyReason } from './reason-by-name.js'
import { resemblesObjects } from './resembles-objects.js'

/** Groups of files that look like objects and are read by a tool only. */
const toolGroups =
  /^(?:skaffold|ctlptl\.dev|k3d\.io|kind\.x-k8s\.io|eksctl\.io|kops\.k8s\.io|backstage\.io|v2alpha1\.k3d\.io|(?:[a-z]+\.)?config\.k8s\.io|kubeadm\.k8s\.io|audit\.k8s\.io|apiserver\.config\.k8s\.io|client\.authentication\.k8s\.io)$/

/** Groups of which API servers and Istio take objects: one without a name is broken, and nothing else. */
const servedGroups =
  /^(?:|apps|batch|autoscaling|policy|extensions|argoproj\.io|maistra\.io|cilium\.io|(?:[a-z0-9-]+\.)*(?:k8s|istio|openshift|projectcalico|antrea|gke|toolkit\.fluxcd)\.io)$/

/** What the Sail operator installs by, if it is no object of its own that says where. */
const isProfile = ({ kind, spec }: Readonly<Record<string, unknown>>): boolean =>
  (kind === 'Istio' || kind === 'IstioCNI' || kind === 'ZTunnel') && !(isRecord(spec) && 'namespace' in spec)

/** Has the shape of an object and none of its metadata, without which no API server takes one. */
const isNeverNamed = (value: Readonly<Record<string, unknown>>, group: string): boolean => {
  if (typeof value.kind !== 'string' || 'metadata' in value) return false
  return group === 'sailoperator.io' ? isProfile(value) : !servedGroups.test(group)
}

const isToolConfiguration = (value: unknown): boolean => {
  if (!isRecord(value) || typeof value.apiVersion !== 'string') return false
  if (value.apiVersion === 'v1' && value.kind === 'Config') return 'clusters' in value || 'contexts' in value
  const group = groupOf(value.apiVersion)
  return toolGroups.test(group) || isNeverNamed(value, group)
}

const isKustomization = (value: unknown): boolean =>
  isRecord(value) && typeof value.apiVersion === 'string' && groupOf(value.apiVersion) === 'kustomize.config.k8s.io'

const isChart = (value: unknown): boolean =>
  isRecord(value) && (value.apiVersion === 'v1' || value.apiVersion === 'v2') && !('kind' in value) && typeof value.version === 'string'

const isCompose = (value: unknown): boolean => isRecord(value) && isRecord(value.services) && !('kind' in value)

/** Why a document among others is no part of a cluster; undefined where it is an object, or meant to be one. */
export const reasonOfDocument = (value: unknown): LeftOutReason | undefined => {
  if (isKustomization(value)) return 'KUSTOMIZATION'
  if (isToolConfiguration(value)) return 'TOOL_CONFIGURATION'
  return resemblesObjects(value) ? undefined : 'OTHER_DOCUMENT'
}

/** Why what was parsed is no part of a cluster; undefined where objects are in it. */
export const reasonByContent = (path: string, values: readonly unknown[]): LeftOutReason | undefined => {
  if (values.length === 0) return 'EMPTY'
  if (values.some(isTopology)) return 'TOPOLOGY'
  if (values.every(isKustomization)) return 'KUSTOMIZATION'
  if (values.every(isToolConfiguration)) return 'TOOL_CONFIGURATION'
  if (values.some(resemblesObjects)) return undefined
  if (values.every(isChart)) return 'CHART'
  return values.every(isCompose) ? 'COMPOSE' : likelyReason(path)
}
