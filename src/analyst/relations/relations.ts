import type { Problem } from '#engine/model/app-error'
import type { View } from '#engine/model/topology/view'
import { pause } from '#engine/pause'
import type { ServiceFactAsked, WorkloadFactAsked } from '#engine/relations/facts'
import { findService, serviceTold } from '#engine/relations/find-service'
import { findWorkload, workloadsByKey } from '#engine/relations/find-workload'
import { everythingSeen, type Seen } from '#engine/relations/seen'
import { serviceFacts } from '#engine/relations/service-facts'
import { workloadFacts } from '#engine/relations/workload-facts'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { ownsService, serviceInView, workloadInView } from '#engine/tenancy/inventory-in-view'
import { problemInView } from '#engine/tenancy/problem-in-view'
import { seenIn } from '#engine/tenancy/seen-in'
import { sightOf } from '#engine/tenancy/sight'
import type { AnswerTo, SnapshotAsks } from '../analyst.js'
import type { Ask } from '../ask.js'

type Related = 'service' | 'workload' | 'serviceFacts' | 'workloadFacts'

const seenBy = (snapshot: Snapshot, view: View | undefined): Seen => (view === undefined ? everythingSeen : seenIn(sightOf(snapshot, view)))

/** Things by their names, and what stands beside things that lists have told of. What is not theirs is answered as what is not there. */
export const relations: { readonly [K in Related & keyof SnapshotAsks]: (snapshot: Snapshot, ask: Ask<K>) => AnswerTo<K> } = {
  service: (snapshot, { name, view }) => {
    const sight = view && sightOf(snapshot, view)
    const found = findService(snapshot, name, sight === undefined ? () => true : ownsService(sight))
    if (found !== null && 'problem' in found) return { problem: told(found.problem, sight) }
    return { value: found === null || sight === undefined ? found : serviceInView(sight)(found) }
  },
  workload: (snapshot, { name, view }) => {
    const sight = view && sightOf(snapshot, view)
    if (sight !== undefined && !sight.holds(name.cluster, name.namespace)) return { value: null }
    const found = findWorkload(snapshot, name)
    return { value: found === null || sight === undefined ? found : workloadInView(sight)(found) }
  },
  serviceFacts: (snapshot, { asked, at, view }) => {
    const seen = seenBy(snapshot, view)
    return { value: asked.map((one) => factOfService(snapshot, one, at, seen)) }
  },
  workloadFacts: (snapshot, { asked, at, view }) => {
    const seen = seenBy(snapshot, view)
    return { value: asked.map((one) => factOfWorkload(snapshot, one, at, seen)) }
  },
}

const told = (problem: Problem, sight: ReturnType<typeof sightOf> | undefined): Problem =>
  sight === undefined ? problem : problemInView(sight, problem)

function factOfService(snapshot: Snapshot, { host, namespace, fact, page }: ServiceFactAsked, at: number, seen: Seen) {
  pause()
  const service = serviceTold(snapshot, host, namespace)
  if (service === undefined || !seen.service(service)) return null
  return serviceFacts[fact]({ snapshot, service, seen, at, page: page ?? { first: 20, after: undefined } })
}

function factOfWorkload(snapshot: Snapshot, { key, fact }: WorkloadFactAsked, at: number, seen: Seen) {
  pause()
  const workload = workloadsByKey(snapshot).get(key)
  if (workload === undefined || !seen.place(workload.cluster, workload.namespace)) return null
  return workloadFacts[fact]({ snapshot, workload, seen, at })
}
