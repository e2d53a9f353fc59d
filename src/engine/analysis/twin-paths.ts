/**
 * Which paths end alike, whichever instance they lead to?
 *
 * Replicas differ in name, address and place, and hardly anything after NETWORK looks at these: what is found for one holds for its twins,
 * unless the sentence or the evidence names the instance. A service of a large mesh has many replicas and few kinds of them.
 */
import type { Step } from '../model/step.js'
import type { ControlPlaneView, Snapshot } from '../snapshot/snapshot.js'
import type { Workload } from '../snapshot/workload.js'
import type { Client } from './client.js'
import { createNumbers } from './numbers.js'
import type { Recorder } from './recorder.js'
import type { NetworkPath } from './stage-values.js'

/** What is known of the kinds of paths of one route target so far. */
export interface TwinPaths<T> {
  /** `find` what a twin came to, else compute it; kept only where it says nothing of the instance alone. */
  once(path: NetworkPath, compute: () => T, recorderOf: (value: T) => Recorder): T
}

interface Known<T> {
  readonly path: NetworkPath
  readonly value: T
}

export function createTwinPaths<T>(client: Client): TwinPaths<T> {
  const byServer = new Map<number, Known<T>[]>()
  return {
    once: (path, compute, recorderOf) => {
      const { server } = path
      if (server === undefined || path.endpoint.workload !== server) return compute()
      const kind = kindOfServer(client.snapshot, server)
      const known = byServer.get(kind)
      const twin = known?.find((one) => isTwin(one.path, path))
      if (twin !== undefined) return twin.value
      const value = compute()
      if (looksAtAddresses(client, server) || names(recorderOf(value), server)) return value
      if (known === undefined) byServer.set(kind, [{ path, value }])
      else known.push({ path, value })
      return value
    },
  }
}

/** Do two paths to servers of one kind differ in nothing that stages after NETWORK look at? */
const isTwin = (one: NetworkPath, other: NetworkPath): boolean =>
  one.passage === other.passage &&
  one.serverPort === other.serverPort &&
  one.endpoint.port === other.endpoint.port &&
  one.endpoint.portName === other.endpoint.portName &&
  one.endpoint.network === other.endpoint.network &&
  one.endpoint.tlsMode === other.endpoint.tlsMode &&
  one.endpoint.origin === other.endpoint.origin

interface ServerKinds {
  readonly byServer: WeakMap<Workload, number>
  readonly numberOf: (thing: unknown) => number
}

const serverKinds = new WeakMap<Snapshot, ServerKinds>()

/** A number for everything of a server that stages after NETWORK look at, its name, addresses and place left out. */
function kindOfServer(snapshot: Snapshot, server: Workload): number {
  const kinds = serverKinds.get(snapshot) ?? { byServer: new WeakMap<Workload, number>(), numberOf: createNumbers() }
  serverKinds.set(snapshot, kinds)
  const kind = kinds.byServer.get(server) ?? kinds.numberOf(describeServer(server, kinds.numberOf))
  kinds.byServer.set(server, kind)
  return kind
}

/** Label maps are shared between objects where they are equal, so that their numbers stand for them. */
function describeServer(server: Workload, numberOf: ServerKinds['numberOf']): string {
  const { cluster, namespace, serviceAccount, dataPlane, controlPlane, proxyNetwork, networkLabel, synthesised, tlsMode } = server
  const ports = server.containerPorts.map(({ name, number }) => `${name ?? ''}:${number}`).join(',')
  const proxy = `${dataPlane} ${controlPlane} ${proxyNetwork} ${networkLabel} ${tlsMode} ${synthesised}`
  return `${numberOf(server.labels)} ${numberOf(server.annotations)} ${cluster} ${namespace} ${serviceAccount} ${proxy} ${ports}`
}

/** Only this instance is meant: by its name, an address of it, or itself as evidence. */
const names = ({ steps, assumptions, conditions }: Recorder, server: Workload): boolean =>
  [steps, assumptions, conditions].some((list) => list.some((said) => isAbout(said, server)))

const isAbout = ({ message, because }: Pick<Step, 'message' | 'because'>, { name, ips, ref }: Workload): boolean =>
  message.includes(name) ||
  ips.some((ip) => message.includes(ip)) ||
  because.some((each) => each.name === ref.name && each.kind === ref.kind && each.namespace === ref.namespace)

const byView = new WeakMap<ControlPlaneView, boolean>()

/** Does any policy of the server's control plane tell instances apart by address? */
function looksAtAddresses({ snapshot }: Client, { controlPlane }: Workload): boolean {
  if (controlPlane === undefined) return false
  const view = snapshot.view(controlPlane)
  let looks = byView.get(view)
  if (looks === undefined) {
    const policies = [...view.configuration.authorizationPolicies.values()].flat()
    looks = policies.some(({ rules }) => rules.some(({ when }) => when.some(({ key }) => key === 'destination.ip')))
    byView.set(view, looks)
  }
  return looks
}
