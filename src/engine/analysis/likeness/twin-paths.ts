/**
 * Which paths end alike, whichever instance they lead to?
 *
 * Replicas differ in name, address and place, and hardly anything after NETWORK looks at these: what is found for one holds for its twins,
 * unless a stage says that it looked at more, or the evidence is the instance itself. A service of a large mesh has many replicas and few
 * kinds of them.
 */
import { pause } from '../../pause.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Look } from '../call/look.js'
import type { Recorder } from '../call/recorder.js'
import type { NetworkPath } from '../call/stage-values.js'
import { kindsIn, seenOf } from './kind-of.js'

/** What is known of the kinds of paths of one route target so far. */
export interface TwinPaths<T> {
  /** What a twin of the path came to, else what `compute` finds; kept only where it says nothing of the instance alone. */
  once(path: NetworkPath, compute: () => T, recorderOf: (value: T) => Recorder): T
}

interface Known<T> {
  readonly path: NetworkPath
  readonly value: T
  readonly lookedAt: readonly Look[]
}

export function createTwinPaths<T>(snapshot: Snapshot): TwinPaths<T> {
  const byKind = new Map<number, Known<T>[]>()
  const kindOf = kindsIn(snapshot).servers
  return {
    once: (path, compute, recorderOf) => {
      pause()
      const { server } = path
      if (server === undefined || path.endpoint.workload !== server) return compute()
      const kind = kindOf(server)
      const known = byKind.get(kind)
      const twin = known?.find((one) => isTwin(one.path, path) && seeTheSame(one, server))
      if (twin !== undefined) return twin.value
      const value = compute()
      const recorder = recorderOf(value)
      if (names(recorder, server)) return value
      const found: Known<T> = { path, value, lookedAt: recorder.lookedAt.filter((look) => ofServers.has(look)) }
      if (known === undefined) byKind.set(kind, [found])
      else known.push(found)
      return value
    },
  }
}

const ofServers: ReadonlySet<Look> = new Set<Look>(['SERVER_PLACE', 'SERVER_ADDRESS', 'SERVER_ITSELF'])

const seeTheSame = <T>({ path, lookedAt }: Known<T>, server: Workload): boolean =>
  lookedAt.length === 0 || (path.server !== undefined && seenOf(path.server, lookedAt) === seenOf(server, lookedAt))

const compared = ['port', 'portName', 'network', 'tlsMode', 'origin'] as const

/** Do two paths to servers of one kind differ in nothing that stages after NETWORK look at? */
const isTwin = (one: NetworkPath, other: NetworkPath): boolean =>
  one.passage === other.passage &&
  one.serverPort === other.serverPort &&
  one.endpoint.closed?.own === other.endpoint.closed?.own &&
  compared.every((field) => one.endpoint[field] === other.endpoint[field])

/** Is this instance itself the evidence? Whoever names it in a sentence points to it, too. */
const names = ({ steps, assumptions, conditions, lookedAt }: Recorder, { ref }: Workload): boolean =>
  lookedAt.includes('SERVER_ITSELF') ||
  [steps, assumptions, conditions].some((list) => list.some(({ because }) => because.some((each) => isAbout(each, ref))))

const isAbout = (each: ResourceRef, ref: ResourceRef): boolean =>
  each === ref || (each.name === ref.name && each.kind === ref.kind && each.namespace === ref.namespace && each.cluster === ref.cluster)
