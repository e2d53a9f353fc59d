import type { Reachability } from '#engine/model/reachability'
import type { ResourceRef } from '#engine/model/resource-ref'
import type { Step } from '#engine/model/step'
import { clustersOf } from './clusters-of.js'

/**
 * The answer without the cluster in the names of its objects, where it speaks of a single one and of a caller in it.
 *
 * A first part that all names have tells nobody anything, and `default` is taken for a namespace.
 */
export function inOneCluster(answer: Reachability): Reachability {
  const { steps, endpoints, conditions, assumptions } = answer
  if (clustersOf(answer).size !== 1 || !isOfWorkload(answer)) return answer
  return {
    ...answer,
    steps: steps.map(ofStep),
    endpoints: endpoints.map((path) => ({ ...path, steps: path.steps.map(ofStep) })),
    conditions: conditions.map((one) => ({ ...one, because: one.because.map(bare) })),
    assumptions: assumptions.map((one) => ({ ...one, because: one.because.map(bare) })),
  }
}

/** A client outside is in no cluster, so that its sentence names none. */
const isOfWorkload = ({ summary }: Reachability): boolean => summary.startsWith('`')

const bare = (ref: ResourceRef): ResourceRef => (ref.kind === 'Cluster' ? ref : { ...ref, cluster: null })

const ofStep = (step: Step): Step => ({
  ...step,
  because: step.because.map(bare),
  nearMisses: step.nearMisses.map((near) => ({ ...near, resource: bare(near.resource) })),
})
