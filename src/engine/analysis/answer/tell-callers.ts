import { listSome } from './list-some.js'
import type { TracedKind } from '../likeness/trace-kind.js'
import type { Trace } from './trace.js'

/** Of several workloads that a question means, which get through? Named are the fewer. */
export function tellCallers(trace: Trace, traced: readonly TracedKind[]): Trace {
  const through = new Set<string>()
  const stopped = new Set<string>()
  for (const { client, trace: one } of traced) {
    const names = one.verdict === 'REACHABLE' ? through : stopped
    for (const { owner } of client.alike ?? [client.workload]) names.add(owner.name)
  }
  for (const name of stopped) through.delete(name)
  const count = through.size + stopped.size
  if (through.size === 0 || stopped.size === 0) return trace
  const isFew = through.size <= stopped.size
  const named = [...(isFew ? through : stopped)].sort()
  const verb = named.length === 1 ? (isFew ? 'gets' : 'does not get') : isFew ? 'get' : 'do not get'
  return { ...trace, callers: `${named.length} of ${count} workloads ${verb} through: ${listSome(named)}` }
}
