import { assumedAddress } from '../snapshot/networks/gateway-addresses.js'
import type { Cluster } from '../snapshot/snapshot.js'

interface Named {
  readonly namespace: string
  readonly name: string
}

interface Template {
  readonly metadata: object
  readonly spec: object
}

/**
 * The pods that run as soon as what asks for them is applied, at addresses that nobody knows before.
 *
 * None where the cluster shows no pods: there what asks for them is taken to have them.
 */
export const podsRunning = (
  { name: cluster, resources }: Cluster,
  { namespace, name }: Named,
  { metadata, spec }: Template,
): readonly object[] =>
  resources.pods.size === 0
    ? []
    : [
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { ...metadata, name, namespace },
          spec,
          status: {
            phase: 'Running',
            podIP: assumedAddress(cluster, { namespace, name }),
            conditions: [{ type: 'Ready', status: 'True' }],
          },
        },
      ]
