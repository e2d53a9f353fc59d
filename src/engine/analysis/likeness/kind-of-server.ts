import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { createNumbers } from './numbers.js'

interface ServerKinds {
  readonly byServer: WeakMap<Workload, number>
  readonly numberOf: (thing: unknown) => number
}

const serverKinds = new WeakMap<Snapshot, ServerKinds>()

/** A number for everything of a server that stages after NETWORK look at, its own name, addresses and place left out. */
export function kindOfServer(snapshot: Snapshot, server: Workload): number {
  const kinds = serverKinds.get(snapshot) ?? { byServer: new WeakMap<Workload, number>(), numberOf: createNumbers() }
  serverKinds.set(snapshot, kinds)
  const kind = kinds.byServer.get(server) ?? kinds.numberOf(describeServer(server, kinds.numberOf))
  kinds.byServer.set(server, kind)
  return kind
}

/** Label maps are shared between objects where they are equal, so that their numbers stand for them. */
function describeServer(server: Workload, numberOf: ServerKinds['numberOf']): string {
  const { owner, cluster, namespace, serviceAccount, dataPlane, controlPlane, proxyNetwork, networkLabel, synthesised, tlsMode } = server
  const ports = server.containerPorts.map(({ name, number }) => `${name ?? ''}:${number}`).join(',')
  const proxy = `${dataPlane} ${controlPlane} ${proxyNetwork} ${networkLabel} ${tlsMode} ${synthesised}`
  return `${owner.kind}/${owner.name} ${numberOf(server.labels)} ${numberOf(server.annotations)} ${cluster} ${namespace} ${serviceAccount} ${proxy} ${ports}`
}
