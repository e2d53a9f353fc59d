import type { Assumption } from '../../model/step.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { type JudgedEnd, statedEnforcement } from './judge-connection.js'
import type { Rest } from './match.js'

/** What each says, of the cluster whose policies decide. */
const sentences: Readonly<Record<Rest, (cluster: string) => string>> = {
  NO_CLUSTER_MESH_ASSUMED: (cluster) =>
    `pods of other clusters are taken to be addresses to the policies of ${cluster}: a plugin that joins clusters, as Cilium can, may see them as pods`,
  NO_MASQUERADING_ASSUMED: (cluster) =>
    `pods of other clusters are taken to be seen by their own addresses in ${cluster}, not by those of their nodes`,
  IP_BLOCK_COVERS_PODS_ASSUMED: (cluster) =>
    `an \`ipBlock\` is taken to cover pods of ${cluster} too; there are plugins that never match their own pods by it`,
  SERVICE_ADDRESS_TRANSLATED_ASSUMED: (cluster) =>
    `a Service's own address is taken to be put into that of a pod before the policies of ${cluster} look: an \`ipBlock\` over Service addresses matches nothing`,
  NODE_TRAFFIC_ALLOWED_ASSUMED: (cluster) => `traffic between a pod of ${cluster} and its own node is taken to pass whatever policies say`,
  NETWORK_POLICY_APIS_TOGETHER_ASSUMED: (cluster) =>
    `policies of both versions of the API for whole clusters are taken to be enforced in ${cluster}, although a plugin implements one`,
}

/** Everything that what was decided at one end rests on. Rules NP-1, NP-2, NP-11, NP-13, NP-14, NP-20, NP-31. */
export const assumptionsOf = (snapshot: Snapshot, { subject, decision }: JudgedEnd): readonly Assumption[] => {
  if (decision === undefined) return []
  const cluster = `cluster \`${subject.cluster}\``
  const because: ResourceRef[] = [...decision.because]
  const enforced: Assumption[] =
    decision.value === 'DENIED' && statedEnforcement(snapshot, subject.cluster) === undefined
      ? [
          {
            code: 'NETWORK_POLICY_ENFORCED_ASSUMED',
            message: `the network plugin of ${cluster} is taken to enforce policies; state \`networkPolicyEnforced: false\` where it does not`,
            because,
          },
        ]
      : []
  const admin: Assumption[] =
    decision.admin === true
      ? [
          {
            code: 'ADMIN_NETWORK_POLICY_ENFORCED_ASSUMED',
            message: `the network plugin of ${cluster} is taken to know policies for the whole cluster`,
            because,
          },
        ]
      : []
  return [...enforced, ...admin, ...decision.rests.map((rest): Assumption => ({ code: rest, message: sentences[rest](cluster), because }))]
}
