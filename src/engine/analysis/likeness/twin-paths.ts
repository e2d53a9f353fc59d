/**
 * Which paths end alike, whichever instance they lead to?
 *
 * Replicas differ in name, address and place, and hardly anything after NETWORK looks at these: what is found for one holds for its twins,
 * unless the sentence or the evidence names the instance. A service of a large mesh has many replicas and few kinds of them.
 */
import type { Step } from '../../model/step.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Client } from '../call/call.js'
import { looksAtAddresses, looksAtPlaces } from './what-tells-apart.js'
import type { Recorder } from '../call/recorder.js'
import { kindOfServer } from './kind-of-server.js'
import type { NetworkPath } from '../call/stage-values.js'

/** What is known of the kinds of paths of one route target so far. */
export interface TwinPaths<T> {
  /** What a twin of the path came to, else what `compute` finds; kept only where it says nothing of the instance alone. */
  once(path: NetworkPath, compute: () => T, recorderOf: (value: T) => Recorder): T
}

interface Known<T> {
  readonly path: NetworkPath
  readonly value: T
}

export function createTwinPaths<T>(client: Client): TwinPaths<T> {
  const byKind = new Map<number, Known<T>[]>()
  const placesCount = client.view !== undefined && looksAtPlaces(client.view)
  return {
    once: (path, compute, recorderOf) => {
      const { server } = path
      if (server === undefined || path.endpoint.workload !== server) return compute()
      const kind = kindOfServer(client.snapshot, server)
      const known = byKind.get(kind)
      const twin = known?.find((one) => isTwin(one.path, path, placesCount))
      if (twin !== undefined) return twin.value
      const value = compute()
      if (isTargetOfAddress(client, server) || names(recorderOf(value), server)) return value
      if (known === undefined) byKind.set(kind, [{ path, value }])
      else known.push({ path, value })
      return value
    },
  }
}

const compared = ['port', 'portName', 'network', 'tlsMode', 'origin'] as const

/** Do two paths to servers of one kind differ in nothing that stages after NETWORK look at? */
const isTwin = (one: NetworkPath, other: NetworkPath, placesCount: boolean): boolean =>
  one.passage === other.passage &&
  one.serverPort === other.serverPort &&
  one.endpoint.closed?.own === other.endpoint.closed?.own &&
  compared.every((field) => one.endpoint[field] === other.endpoint[field]) &&
  (!placesCount || (one.endpoint.locality === other.endpoint.locality && one.endpoint.nodeName === other.endpoint.nodeName))

const isTargetOfAddress = ({ snapshot }: Client, { controlPlane }: Workload): boolean =>
  controlPlane !== undefined && looksAtAddresses(snapshot.view(controlPlane))

/** Only this instance is meant: by its name, an address of it, or itself as evidence. */
const names = ({ steps, assumptions, conditions }: Recorder, server: Workload): boolean =>
  [steps, assumptions, conditions].some((list) => list.some((said) => isAbout(said, server)))

const isAbout = ({ message, because }: Pick<Step, 'message' | 'because'>, { name, ips, ref }: Workload): boolean =>
  message.includes(name) ||
  ips.some((ip) => message.includes(ip)) ||
  because.some((each) => each.name === ref.name && each.kind === ref.kind && each.namespace === ref.namespace)
