import type { LeftOutReason } from '../../model/left-out.js'
import { isTopology } from '../holds-objects.js'
import { groupOf } from '../kinds.js'
import { isRecord } from '../raw-object.js'
import { likelyReason } from './reason-by-name.js'
import { resemblesObjects } from './resembles-objects.js'

/** Groups of files that look like objects and are read by a tool only. */
const toolGroups =
  /^(?:skaffold|ctlptl\.dev|k3d\.io|kind\.x-k8s\.io|eksctl\.io|kops\.k8s\.io|backstage\.io|v2alpha1\.k3d\.io|(?:[a-z]+\.)?config\.k8s\.io|kubeadm\.k8s\.io|audit\.k8s\.io|apiserver\.config\.k8s\.io|client\.authentication\.k8s\.io)$/

const isToolConfiguration = (value: unknown): boolean => {
  if (!isRecord(value) || typeof value.apiVersion !== 'string') return false
  if (value.apiVersion === 'v1' && value.kind === 'Config') return 'clusters' in value || 'contexts' in value
  return toolGroups.test(groupOf(value.apiVersion))
}

const isKustomization = (value: unknown): boolean =>
  isRecord(value) && typeof value.apiVersion === 'string' && groupOf(value.apiVersion) === 'kustomize.config.k8s.io'

const isChart = (value: unknown): boolean =>
  isRecord(value) && (value.apiVersion === 'v1' || value.apiVersion === 'v2') && !('kind' in value) && typeof value.version === 'string'

const isCompose = (value: unknown): boolean => isRecord(value) && isRecord(value.services) && !('kind' in value)

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
