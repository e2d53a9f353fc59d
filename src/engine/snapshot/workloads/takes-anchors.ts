import { isOn, readTruth } from '../flags.js'
import type { Cluster, ControlPlane } from '../snapshot.js'
import type { Workload } from './workload.js'
import { proxyMetadata } from './proxy-metadata.js'
import type { VariableInput } from './captures-dns.js'

const agentKey = 'PROXY_CONFIG_XDS_AGENT'

/**
 * Does the proxy’s agent ask its control plane for the anchors of `caCertificates`? Of what runs its environment is the whole truth; ztunnels have no
 * such agent. Rules TRUST-9, EXT-11.
 */
export function takesAnchors(controlPlane: ControlPlane | undefined, input: VariableInput): boolean {
  if (controlPlane === undefined || !isOn(controlPlane, 'ISTIO_MULTIROOT_MESH')) return false
  const ran = input.observed && Object.keys(input.proxyEnv).length > 0
  const own = input.proxyEnv[agentKey]
  const told = own !== undefined || ran ? own : (proxyMetadata(input, agentKey) ?? controlPlane.meshConfig.defaultProxyMetadata[agentKey])
  return readTruth(told ?? '') === true
}

/** Would the agent of a proxy that does not run yet? `configCluster`: where its control plane reads. */
export const wouldTakeAnchors = (
  controlPlane: ControlPlane,
  configCluster: Cluster | undefined,
  { namespace, labels = {}, annotations = {} }: Pick<Workload, 'namespace'> & Partial<Pick<Workload, 'labels' | 'annotations'>>,
): boolean =>
  takesAnchors(controlPlane, {
    annotations,
    labels,
    namespace,
    rootNamespace: controlPlane.meshConfig.rootNamespace,
    proxyConfigs: configCluster?.resources.proxyConfigs,
    proxyEnv: {},
    observed: false,
  })
