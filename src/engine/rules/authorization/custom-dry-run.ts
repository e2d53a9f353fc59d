import { runsCustomDry } from '../../snapshot/releases.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

/** A CUSTOM policy that is meant to be tried only. */
export const customDryRun: Rule = {
  code: 'AUT113',
  name: 'custom-dry-run',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary:
    'A CUSTOM policy is annotated `istio.io/dry-run`, which there is not for CUSTOM: it does nothing, or denies what it matches (AUTHZ-31).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'authorizationPolicies')) {
        if (object.action !== 'CUSTOM' || !object.dryRun || object.rules.length === 0) continue
        const [view] = views
        const effect = runsCustomDry(view.controlPlane)
          ? 'proxies deny what it matches, and do not only note it'
          : 'it is given to no proxy, and notes nothing'
        yield {
          on: view.ref(object.meta, "metadata.annotations['istio.io/dry-run']"),
          message: `there is no dry run of a CUSTOM policy: ${effect}; take the annotation away, or try the policy at a workload of its own`,
        }
      }
    }
  },
}
