import type { RouteDestination, VirtualService } from '../../resources/istio/virtual-service.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'

interface Weighed {
  readonly route: readonly RouteDestination[]
  readonly path: string
}

const routesOf = ({ http, tls, tcp }: VirtualService): readonly Weighed[] =>
  Object.entries({ http, tls, tcp }).flatMap(([kind, list]) =>
    list.map(({ route }, index) => ({ route, path: `spec.${kind}[${index}].route` })),
  )

function* onEachRoute(
  snapshot: Parameters<Rule['check']>[0],
  judge: (weighed: Weighed) => Iterable<{ path: string; message: string }>,
): Iterable<Breach> {
  for (const configuration of configurationsOf(snapshot)) {
    for (const { object, views } of objectsOf(configuration, 'virtualServices')) {
      for (const weighed of routesOf(object)) {
        for (const { path, message } of judge(weighed)) yield { on: views[0].ref(object.meta, path), message }
      }
    }
  }
}

export const weightOfOnlyDestination: Rule = {
  code: 'CON110',
  name: 'weight-of-only-destination',
  severity: 'INFO',
  istio: [],
  kiali: ['KIA1104'],
  summary: 'The only destination of a route has a weight, which counts for nothing (ROUTE-4).',
  check: (snapshot) =>
    onEachRoute(snapshot, function* ({ route, path }) {
      const [only, ...others] = route
      if (only?.weight === undefined || others.length > 0 || only.weight === 100) return
      yield {
        path: `${path}[0].weight`,
        message: `the only destination of a route gets all of its traffic, whatever its weight: ${only.weight} counts for nothing; leave it out, or add the other destination`,
      }
    }),
}

const nameOf = ({ host, subset, port }: RouteDestination): string =>
  `\`${host}\`${port === undefined ? '' : ` port ${port}`}${subset === '' ? '' : ` subset \`${subset}\``}`

export const destinationTwice: Rule = {
  code: 'CON111',
  name: 'destination-twice',
  severity: 'WARNING',
  istio: [],
  kiali: ['KIA1105'],
  summary: 'A route names one destination twice, whose shares add up (ROUTE-4).',
  check: (snapshot) =>
    onEachRoute(snapshot, function* ({ route, path }) {
      const seen = new Map<string, number>()
      for (const [index, one] of route.entries()) {
        const first = seen.get(nameOf(one))
        if (first === undefined) seen.set(nameOf(one), index)
        else
          yield {
            path: `${path}[${index}]`,
            message: `\`${path}[${first}]\` leads to ${nameOf(one)} as well: their shares add up, and no other destination gets one; write the one that is meant, or join them`,
          }
      }
    }),
}
