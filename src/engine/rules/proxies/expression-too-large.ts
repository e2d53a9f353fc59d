/**
 * Is an expression larger than proxies take?
 *
 * Istio has its proxies refuse expressions of more than 32,768 instructions (`re2.max_program_size.error_level`). istiod does not look: it sends the
 * routes, and every proxy that gets them refuses all routes of the port.
 */
import { largestProgram } from '../../istiod/expressions/expression.js'
import { refusedRoutes } from '../../istiod/virtual-services/refused-routes.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import { partOf } from '../../istiod/virtual-services/place-routes.js'
import type { Breach, Rule } from '../rule.js'

export const expressionTooLarge: Rule = {
  code: 'PRX116',
  name: 'expression-too-large',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'A regular expression is larger than proxies take, and they refuse all routes of the port with it.',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'virtualServices')) {
        const [view] = views
        for (const { placed, at, expression } of refusedRoutes(view).get(object) ?? []) {
          if (expression.standing !== 'TOO_LARGE') continue
          const { least } = expression.size
          const message = `the expression takes at least ${least} instructions, and proxies take no more than ${largestProgram}: they refuse all routes of its port and keep those that they had before. Repeat less, as by \`.*\` in the place of \`.{1,1000}\``
          yield { on: view.ref(placed.owner, partOf(placed.route, placed.path, at)), message }
        }
      }
    }
  },
}
