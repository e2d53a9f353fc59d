import type { Authority } from '../../analysis/trust/authority.js'
import { findIstiods } from '../../snapshot/control-planes/find-istiods.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { ownerKey } from '../servers-of.js'

/** The ConfigMap that a control plane reads its MeshConfig from. */
export interface MeshConfigPlace {
  readonly cluster: string
  readonly namespace: string
  readonly name: string
}

/** Where it was read; else where the charts of Istio put it. Rule MODEL-1. */
export const meshConfigPlace = ({ controlPlane, cluster }: Authority): MeshConfigPlace => {
  const { meshConfig, revision, systemNamespace } = controlPlane
  const read = meshConfig.because.find(({ kind, path }) => kind === 'ConfigMap' && path === 'data.mesh')
  return {
    cluster: read?.cluster ?? controlPlane.cluster ?? controlPlane.configCluster ?? cluster.name,
    namespace: read?.namespace ?? systemNamespace,
    name: read?.name ?? ofRevision('istio', revision),
  }
}

/** As the charts name what each revision has of its own. */
const ofRevision = (name: string, revision: string): string => (revision === '' ? name : `${name}-${revision}`)

/** What the operators of both do, one after the other. Rules TRUST-9, TLS-20. */
export const exchangeSteps = (sides: readonly Authority[], called: readonly Workload[]): string => {
  const steps = [...sides.map(addingTo), ...sides.map(withFlag), restarting(called)]
  return steps.map((step, index) => `${index + 1}. ${step}`).join('; ')
}

const addingTo = (side: Authority): string => {
  const { cluster, namespace, name } = meshConfigPlace(side)
  return `add what is printed for \`${cluster}\` to ConfigMap \`${name}\` in \`${namespace}\` of cluster \`${cluster}\`, under key \`mesh\`, and append to the lists if they exist`
}

const flag = 'ISTIO_MULTIROOT_MESH=true'

const withFlag = ({ snapshot, controlPlane }: Authority): string => {
  const { cluster, name, revision, systemNamespace } = controlPlane
  const home = snapshot.clusters.get(cluster ?? '')
  if (home === undefined) return `set \`${flag}\` in the environment of control plane \`${name}\`, and restart it`
  const found = findIstiods(home.resources, home.ref).find((one) => one.revision === revision && one.namespace === systemNamespace)
  const deployment = found?.ref.kind === 'Deployment' ? found.ref.name : ofRevision('istiod', revision)
  return `run \`kubectl --context ${home.name} -n ${systemNamespace} set env deployment/${deployment} ${flag}\`, which restarts istiod`
}

const restarting = (called: readonly Workload[]): string => {
  const commands = [...new Map(called.map((workload) => [ownerKey(workload), restartOf(workload)])).values()]
  return `restart the gateways and workloads that call across or are called, such as by ${commands.join(' and ')}`
}

const restarted: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

const restartOf = ({ cluster, namespace, owner: { kind, name } }: Workload): string =>
  `\`kubectl --context ${cluster} -n ${namespace} rollout restart ${restarted.has(kind) ? `${kind.toLowerCase()}/${name}` : 'deployment'}\``
