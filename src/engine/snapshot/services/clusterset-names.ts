/** The domain of a set of clusters: always this one, whatever the domains of its clusters are (MCS-15). */
const suffix = '.svc.clusterset.local'

/** A Service as the set of its clusters calls it. */
export const clustersetHost = (name: string, namespace: string): string => `${name}.${namespace}${suffix}`

export const isClustersetHost = (hostname: string): boolean => hostname.endsWith(suffix)

/** What a name under the set's domain means; of a headless Service's pods the cluster stands before the name, and the pod before that (MCS-15). */
export interface ClustersetName {
  readonly name: string
  readonly namespace: string
  readonly cluster: string | undefined
  readonly pod: string | undefined
}

export function readClustersetName(hostname: string): ClustersetName | undefined {
  if (!isClustersetHost(hostname)) return undefined
  const [namespace = '', name = '', cluster, pod, ...rest] = hostname.slice(0, -suffix.length).split('.').reverse()
  return name === '' || namespace === '' || rest.length > 0 ? undefined : { name, namespace, cluster, pod }
}
