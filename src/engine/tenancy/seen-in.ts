import { everythingSeen, type Seen } from '../relations/seen.js'
import { foreignWorkload, namesIn, ownsService, workloadInView } from './inventory-in-view.js'
import { policyInView } from './policy-in-view.js'
import { outOfView, type Sight } from './sight.js'

/** What stands beside things of theirs, as those are told who are shown the things of some tenants. */
export const seenIn = (sight: Sight): Seen => ({
  ...everythingSeen,
  place: sight.holds,
  refs: sight.refs,
  names: namesIn,
  plane: (name) => sight.holdsCluster(sight.snapshot.controlPlanes.get(name)?.cluster),
  service: ownsService(sight),
  workload: workloadInView(sight),
  route: policyInView(sight),
  rest: { name: outOfView, workload: foreignWorkload },
})
