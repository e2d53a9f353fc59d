import { isUnrendered } from '#engine/manifests/find-placeholders'
import { isRecord } from '#engine/manifests/raw-object'

type Data = Readonly<Record<string, unknown>>

/** What one object, or a file of Helm values, tells of the cluster that it is for, and of others. */
export interface ClusterFacts {
  readonly clusterName: string | undefined
  readonly network: string | undefined
  readonly mesh: string | undefined
  readonly meshNetworks: Data | undefined
  /** Clusters that it names beside its own: in remote secrets, and in meshNetworks. */
  readonly others: readonly string[]
  /** Those of them that remote secrets name: whoever holds these reads the cluster from outside. */
  readonly remotes: readonly string[]
}

const textAt = (value: unknown, ...path: readonly string[]): string | undefined => {
  const found = path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value)
  return typeof found === 'string' && found !== '' ? found : undefined
}

const recordAt = (value: unknown, key: string): Data | undefined => (isRecord(value) && isRecord(value[key]) ? value[key] : undefined)

/** Where Helm values stand: in the file itself, under `istiod` or the like of a chart of charts, or in an object of an installation. */
function valuesIn(value: Data): readonly Data[] {
  const spec = recordAt(value, 'spec')
  const own = [value, recordAt(spec, 'values'), recordAt(spec, 'config')]
  const below = Object.values(value).filter(isRecord)
  return [...own, ...below].flatMap((one) => (one !== undefined && recordAt(one, 'global') !== undefined ? [one] : []))
}

const listAt = (value: unknown, key: string): readonly unknown[] =>
  isRecord(value) && Array.isArray(value[key]) ? (value[key] as readonly unknown[]) : []

/** A network of meshNetworks: the clusters on it, and the addresses of its gateways. */
export interface MeshNetwork {
  readonly name: string
  readonly clusters: readonly string[]
  readonly gateways: readonly { readonly address: string; readonly port: number }[]
}

/** Clusters are `fromRegistry` of a network's endpoints; of its gateways those count that state an address. */
export const meshNetworksIn = (meshNetworks: Data | undefined): readonly MeshNetwork[] =>
  Object.entries(meshNetworks ?? {}).map(([name, network]) => ({
    name,
    clusters: listAt(network, 'endpoints').flatMap((endpoint) => textAt(endpoint, 'fromRegistry') ?? []),
    gateways: listAt(network, 'gateways').flatMap((gateway) => {
      const address = textAt(gateway, 'address')
      const port = isRecord(gateway) ? gateway['port'] : undefined
      return address === undefined ? [] : [{ address, port: typeof port === 'number' ? port : 15443 }]
    }),
  }))

/** Keys of a remote secret are names of clusters (MODEL-20). */
function remoteNames(value: Data): readonly string[] {
  if (value['kind'] !== 'Secret' || textAt(value, 'metadata', 'labels', 'istio/multiCluster') !== 'true') return []
  return [...Object.keys(recordAt(value, 'data') ?? {}), ...Object.keys(recordAt(value, 'stringData') ?? {})]
}

/** What runs in a cluster may say in which; entries tell of others. */
const ofOneCluster = new Set(['Namespace', 'Node', 'Pod'])

const filledIn = (name: string | undefined): string | undefined => (isUnrendered(name) ? undefined : name)

/** Nobody's name, but what a single cluster is called. */
const named = (name: string | undefined): string | undefined => (name === 'Kubernetes' ? undefined : filledIn(name))

export function readClusterFacts(value: Data): ClusterFacts {
  const [values] = valuesIn(value)
  const global = values === undefined ? undefined : recordAt(values, 'global')
  const networks = recordAt(global, 'meshNetworks')
  const remotes = remoteNames(value)
  const told = ofOneCluster.has(String(value['kind'])) ? textAt(value, 'metadata', 'labels', 'topology.istio.io/cluster') : undefined
  const label = value['kind'] === 'Namespace' ? textAt(value, 'metadata', 'labels', 'topology.istio.io/network') : undefined
  return {
    clusterName: named(textAt(global, 'multiCluster', 'clusterName') ?? told),
    network: filledIn(textAt(global, 'network') ?? label),
    mesh: filledIn(textAt(global, 'meshID')),
    meshNetworks: networks !== undefined && Object.keys(networks).length > 0 ? networks : undefined,
    others: [...remotes, ...meshNetworksIn(networks).flatMap(({ clusters }) => clusters)],
    remotes,
  }
}
