import { pausing } from '../../pause.js'
import type { Breach, Rule } from '../rule.js'
import { negativeConditions } from './negative-conditions.js'

/** What a running control plane has said of an object. */
export const negativeCondition: Rule = {
  code: 'EXT110',
  name: 'negative-condition',
  severity: 'WARNING',
  istio: ['IST0171'],
  kiali: [],
  summary: 'The status of an object, as it was collected, says that a control plane did not take all of it.',
  *check(snapshot, _at, originals): Iterable<Breach> {
    for (const [name, list] of originals?.of ?? []) {
      const cluster = snapshot.clusters.get(name)
      if (cluster === undefined) continue
      for (const original of pausing(list)) {
        if (original.object === undefined) continue
        for (const { type, reason, message, path } of negativeConditions(original.object)) {
          const why = message === '' ? 'no message' : message.slice(0, 200)
          yield {
            on: cluster.ref(original, path),
            message: `the cluster’s own status says of it \`${type}\`, reason \`${reason}\` (${why})`,
          }
        }
      }
    }
  },
}
