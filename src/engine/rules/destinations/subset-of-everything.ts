import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

export const subsetOfEverything: Rule = {
  code: 'DST112',
  name: 'subset-of-everything',
  severity: 'INFO',
  istio: [],
  kiali: ['KIA0209'],
  summary: 'A subset has neither labels nor a policy of its own: it is the whole service (ROUTE-14).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'destinationRules')) {
        for (const [index, { name, labels, policy }] of object.subsets.entries()) {
          if (Object.keys(labels).length > 0 || policy !== undefined) continue
          const message = `subset \`${name}\` has no labels and no \`trafficPolicy\`: routes to it reach every endpoint of \`${object.host}\`, as routes without a subset do; give it the labels that are meant, or leave it out`
          yield { on: views[0].ref(object.meta, `spec.subsets[${index}]`), message }
        }
      }
    }
  },
}
