import { admitsRoutes, isSecure, routingKind, type ServerOfGateway } from '../../istiod/gateways/servers-for.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import { namedIn } from '../../istiod/matching/named-in.js'
import { pausing } from '../../pause.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import { configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { namedGateways } from './named-gateways.js'

type Kind = 'http' | 'tls' | 'tcp'

const kinds: readonly Kind[] = ['http', 'tls', 'tcp']

const wanted = {
  http: { why: 'reads requests, and knows `http` routes alone', instead: 'write `http` routes' },
  tls: {
    why: 'hands TLS on by its server name without ending it, and knows `tls` routes alone',
    instead: 'write `tls` routes, or let the server end TLS (`tls.mode: SIMPLE`, protocol HTTPS)',
  },
  tcp: {
    why: 'reads connections, and knows `tcp` routes alone',
    instead: 'write `tcp` routes, or give the server a protocol of requests (HTTPS for what comes over TLS)',
  },
  sni: { why: 'hands TLS on by its server name (`AUTO_PASSTHROUGH`), and knows no routes', instead: 'bind them to another server' },
} as const

/** The servers that take one of the hosts from the namespace. */
const serversMet = (gateway: Gateway, hosts: readonly string[], namespace: string): readonly ServerOfGateway[] =>
  gateway.servers.map((server) => ({ gateway, server })).filter((bound) => hosts.some((host) => admitsRoutes(bound, host, namespace)))

function* judge(read: ReadObject<VirtualService>): Iterable<Breach> {
  const { object, views } = read
  const own = kinds.filter((kind) => object[kind].length > 0)
  if (own.length === 0 || object.hosts.length === 0) return
  const { namespace } = object.meta
  const hosts = object.hosts.map((host) => qualify(host, namespace, domainSuffix(views[0])))
  const knowsThem = ({ server }: Pick<ServerOfGateway, 'server'>): boolean => own.some((kind) => kind === routingKind(server))
  for (const { name, path, inMatch } of pausing(namedGateways(object))) {
    const gateway = inMatch ? undefined : namedIn(views[0].configuration.gateways).get(name)
    if (gateway === undefined || gateway.servers.every((server) => knowsThem({ server }))) continue
    const met = serversMet(gateway, hosts, namespace)
    const [first] = met
    // That a server of HTTPS has no `tls` is told of itself.
    if (first === undefined || met.some(({ server }) => server.port.protocol === 'HTTPS' && server.tlsMode === undefined)) continue
    if (met.some(knowsThem)) continue
    const { why, instead } = wanted[routingKind(first.server)]
    const effect = isSecure(first.server) && routingKind(first.server) !== 'http' ? 'connections are closed' : 'requests get 404'
    const message = `this has only \`${own.join('` and `')}\` routes, and the server of Gateway \`${name}\` at port ${first.server.port.number} ${why}: ${effect}; ${instead}`
    yield { on: views[0].ref(object.meta, path), message }
  }
}

export const routesOfOtherKind: Rule = {
  code: 'GTW117',
  name: 'routes-of-other-kind',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'A VirtualService has no routes of the kind that the servers of its Gateway know (ROUTE-9).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const read of objectsOf(configuration, 'virtualServices')) yield* judge(read)
    }
  },
}
