import { pausing } from '../../pause.js'
import type { Breach, Rule } from '../rule.js'
import { faultyObjects } from './faulty-objects.js'

/** Objects of an API version that a current API server does not have: their fields are those of another time, and are not looked at. */
export const versionNotServed: Rule = {
  code: 'SCH109',
  name: 'version-not-served',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'An object states a version of its API that current releases do not serve.',
  *check(snapshot, _at, originals): Iterable<Breach> {
    if (originals === undefined) return
    for (const cluster of snapshot.clusters.values()) {
      for (const { original, checked } of pausing(faultyObjects(originals, cluster.name))) {
        if (checked.writeInstead === undefined) continue
        yield {
          on: cluster.ref(original, 'apiVersion'),
          // Which release of the Gateway API a cluster has, no object says; older ones serve versions that newer ones do not.
          severity: original.apiVersion.startsWith('gateway.networking.') ? 'INFO' : 'WARNING',
          message: `${checked.kind.source} does not serve ${original.kind} as \`${original.apiVersion}\`: write \`${checked.writeInstead}\`, whose fields may be others`,
        }
      }
    }
  },
}
