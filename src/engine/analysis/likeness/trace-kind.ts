/**
 * How often must a question be traced that many instances ask?
 *
 * Once for each kind of them. Where the trace says that it looked at more (a node, a locality, an address) and the instances differ in that, they
 * are parted by it and traced again, part by part, until nothing that was looked at differs. Rule FLOW-1.
 */
import { flatMap } from '../../flat-map.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Trace } from '../answer/trace.js'
import type { Client } from '../call/call.js'
import type { Look } from '../call/look.js'
import { callerFor } from './distinct-callers.js'
import { seenOf, seeOneThing } from './kind-of.js'
import type { Memory } from './memory.js'

/** A client and what the question came to for it and for all that it stands for. */
export interface TracedKind {
  readonly client: Client
  readonly trace: Trace
}

type TraceOne = (client: Client, memory: Memory) => Trace

const ofServers: ReadonlySet<Look> = new Set<Look>(['SERVER_ADDRESS', 'SERVER_ITSELF', 'SERVER_PLACE', 'CALLER_ADDRESSES'])

const ofOneCaller: ReadonlySet<Look> = new Set<Look>(['CALLER_ADDRESSES', 'CALLER_ADDRESS', 'CALLER_AS_SERVER', 'CALLER_NODE'])

/** The client by itself, or one for each part of those that it stands for. */
export function traceKind(client: Client, memoryOf: (client: Client) => Memory, traceOne: TraceOne): readonly TracedKind[] {
  const memory = memoryOf(client)
  const trace = traceOne(client, memory)
  const parts = partsBy(trace, client.alike)
  if (parts.length < 2) return [{ client, trace }]
  // What was weighed for all addresses together, or seen from one node (NP-14), says nothing of a part of them.
  const together = trace.lookedAt.some((look) => ofOneCaller.has(look))
  const kept = together ? memoryOf : () => memory
  return flatMap(parts, (part) =>
    part.workload === client.workload && !together ? [{ client, trace }] : traceKind({ ...client, ...part }, kept, traceOne),
  )
}

/** Those among whom these looks see no difference, each with the one that stands for them. */
function partsBy({ lookedAt, endpoints }: Trace, alike: readonly Workload[] = []): ReturnType<typeof callerFor> {
  const callers = lookedAt.filter((look) => !ofServers.has(look))
  const servers = new Set<Workload | undefined>(lookedAt.includes('CALLER_AS_SERVER') ? endpoints.map(({ path }) => path.server) : [])
  if (callers.length === 0 || alike.length < 2 || (servers.size === 0 && seeOneThing(alike, callers))) return []
  const parts = new Map<string, Workload[]>()
  for (const workload of alike) {
    const seen = `${seenOf(workload, callers)}${servers.has(workload) ? workload.ips.join() : ''}`
    const part = parts.get(seen)
    if (part === undefined) parts.set(seen, [workload])
    else part.push(workload)
  }
  return flatMap([...parts.values()], callerFor)
}
