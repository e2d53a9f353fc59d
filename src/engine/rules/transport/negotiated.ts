/**
 * What do proxies send to an endpoint of a service, and does it take that? As the stages of a call decide it, for a whole scope of consumers.
 */
import type { Client } from '../../analysis/call/call.js'
import type { Outcome } from '../../analysis/call/outcome.js'
import { directPath, type RouteTarget, type Transported, wholeTarget } from '../../analysis/call/stage-values.js'
import { hypotheticalWorkload } from '../../analysis/caller/hypothetical-workload.js'
import { clientTransport, type Sent } from '../../analysis/transport/client-transport.js'
import { negotiateTransport } from '../../analysis/transport/negotiate-transport.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import { remembered } from '../../remembered.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Consumer } from '../consumers.js'

export interface Negotiated {
  readonly sent: Sent
  readonly outcome: Outcome<Transported>
}

/** A workload of the namespace that no object shows, with a proxy of this control plane. */
export const imagined = (view: ControlPlaneView, cluster: Cluster, namespace: string, labels: Workload['labels']): Workload =>
  hypotheticalWorkload(view.snapshot, cluster, {
    cluster: cluster.name,
    namespace,
    controlPlane: view.controlPlane.name,
    labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
  })

/** One of the consumer's proxies as a client; undefined where the control plane's own cluster is unknown. */
export const clientOf = remembered(({ scope, workloads }: Consumer): Client | undefined => {
  const { view, namespace } = scope
  const [first] = workloads
  const cluster = first === undefined ? view.configCluster : view.snapshot.clusters.get(first.cluster)
  if (cluster === undefined) return undefined
  return { snapshot: view.snapshot, workload: first ?? imagined(view, cluster, namespace, {}), cluster, view }
})

/** What the client sends to the endpoint, and whether that is taken; undefined where it is not known who configures it. */
export function negotiated(
  client: Client,
  target: Pick<RouteTarget, 'service' | 'port' | 'subset' | 'rule'>,
  endpoint: Endpoint,
): Negotiated | undefined {
  const whole = wholeTarget(target)
  const path = directPath(endpoint)
  const sent = clientTransport(client, whole, path)
  return sent === undefined ? undefined : { sent, outcome: negotiateTransport(client, whole, path) }
}
