import type { ApiObject } from './list-objects.js'
import { metaOf } from './meta-of.js'

interface Container {
  readonly env?: readonly { readonly name: string; readonly value?: string }[]
}

interface PodSpec {
  readonly containers?: readonly Container[]
}

const podSpecOf = ({ kind, spec }: ApiObject): PodSpec => {
  const { template, ...own } = (spec ?? {}) as PodSpec & { readonly template?: { readonly spec?: PodSpec } }
  return (kind === 'Pod' ? own : template?.spec) ?? {}
}

/** A Deployment or a pod of istiod. */
export const isIstiod = (object: ApiObject): boolean =>
  (object['kind'] === 'Deployment' || object['kind'] === 'Pod') && metaOf(object).labels['app'] === 'istiod'

const variable = (object: ApiObject, name: string): string | undefined =>
  (podSpecOf(object).containers ?? []).flatMap(({ env = [] }) => env).find((one) => one.name === name)?.value

/** What a single cluster is called that nobody has named. */
const unnamed = 'Kubernetes'

/** What Istio calls the cluster: its istiod, or else its proxies. Remote secrets of other clusters use the same name (MODEL-20). */
export function istioClusterId(objects: readonly ApiObject[]): string | undefined {
  const told = [
    ...objects.filter(isIstiod).map((object) => variable(object, 'CLUSTER_ID')),
    ...objects.filter(({ kind }) => kind === 'Pod').map((pod) => variable(pod, 'ISTIO_META_CLUSTER_ID')),
  ]
  return told.find((id) => id !== undefined && id !== '' && id !== unnamed)
}
