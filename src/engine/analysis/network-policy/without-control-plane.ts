/**
 * May a proxy call its control plane, for configuration and certificates?
 *
 * Where policies keep it from port 15012 it goes on with what it has, and fails after a restart: the answer says that it counts on the
 * former. Rule NP-23.
 */
import type { Assumption } from '../../model/step.js'
import { remembered } from '../../remembered.js'
import type { ControlPlane, Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { assumedPod } from '../../snapshot/workloads/assumed-pod.js'
import type { Connection } from './connection.js'
import { judgeConnection } from './judge-connection.js'
import { refsOf, tellAll } from './tell-all.js'
import { nameOf } from './peer.js'

const port = 15012
const labels = { app: 'istiod', istio: 'pilot' }

/** Istiod's pods in the proxy's own cluster, as given or as installers make them; elsewhere it is an address, which may be unknown. */
const connectionTo = (snapshot: Snapshot, opener: Workload, plane: ControlPlane): Connection | undefined => {
  const own = plane.cluster === opener.cluster ? snapshot.clusters.get(opener.cluster) : undefined
  if (own === undefined) {
    const address = plane.address?.replace(/:\d+$/, '') ?? ''
    return address === '' ? undefined : { opener, receiver: undefined, dialled: { address, port }, ports: [port], by: 'OWN' }
  }
  const given = own.workloads(plane.systemNamespace).find((workload) => workload.labels['app'] === labels.app)
  const receiver =
    given ?? assumedPod(own, { namespace: plane.systemNamespace, name: 'istiod', labels, ports: [{ name: 'https-dns', number: port }] })
  return { opener, receiver, dialled: { address: receiver.ips[0] ?? '', port }, ports: [port], by: 'VIRTUAL' }
}

/** Empty where it may, where it has no proxy, and where nobody knows. */
export const withoutControlPlane = remembered((snapshot: Snapshot, workload: Workload): readonly Assumption[] => {
  const plane = workload.controlPlane === undefined ? undefined : snapshot.controlPlanes.get(workload.controlPlane)
  const connection = plane === undefined ? undefined : connectionTo(snapshot, workload, plane)
  const ends = connection === undefined ? [] : judgeConnection(snapshot, connection)
  const denying = ends.filter(({ direction, decision }) => direction === 'EGRESS' && decision?.value === 'DENIED')
  if (denying.length === 0) return []
  const message = `the proxy of ${nameOf(workload)} is taken to keep its configuration and certificate, although policies do not let it call its control plane: ${tellAll(denying)}`
  return [{ code: 'PROXY_CONFIGURATION_KEPT_ASSUMED', message, because: denying.flatMap(refsOf) }]
})
