import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import type { RouteDestination, VirtualService } from '../../resources/istio/virtual-service.js'
import type { Refusal } from './refusals.js'

const destinationsOf = ({ http, tls, tcp }: VirtualService): readonly RouteDestination[] =>
  [...http, ...tls, ...tcp].flatMap(({ route }) => route)

/** Does any route of those who are refused lead to the subset? The service itself is called without one. */
export const isRoutedTo = ({ view, consumers, service, subset }: Refusal): boolean =>
  subset === '' ||
  consumers.some(({ scope }) =>
    scope.virtualServices.some((routes) =>
      destinationsOf(routes).some(
        (destination) =>
          destination.subset === subset && qualify(destination.host, routes.meta.namespace, domainSuffix(view)) === service.hostname,
      ),
    ),
  )
