import { pausing } from '../../pause.js'
import { type BoundServer, type LeftOut, mergedServers } from '../../istiod/gateways/merged-servers.js'
import { titleOf } from '../../snapshot/references.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { type GatewayProxy, gatewayProxies, nameOfProxy } from './gateway-proxies.js'

interface Contest {
  readonly proxy: GatewayProxy
  readonly loser: LeftOut
}

/** Every server that some proxy leaves out, each once; two redirects to https say the same, whoever is asked. */
function contestsIn(snapshot: Snapshot): readonly Contest[] {
  const found = new Map<string, Contest>()
  for (const proxy of pausing(gatewayProxies(snapshot))) {
    for (const loser of mergedServers(proxy.view, proxy.cluster, proxy.workload).leftOut) {
      const alike = loser.server.httpsRedirect && loser.by.server.httpsRedirect
      const key = [loser, loser.by].map(({ gateway, position }) => `${gateway.meta.namespace}/${gateway.meta.name} ${position}`).join(' ')
      if (!alike && loser.gateway.meta.origin === undefined && !found.has(key)) found.set(key, { proxy, loser })
    }
  }
  return [...found.values()]
}

const what = ({ hosts, server, by }: LeftOut): string =>
  hosts.length > 0
    ? `\`${hosts.slice(0, 3).join('`, `')}\` over TLS at port ${server.port.number}`
    : `port ${server.port.number} for ${by.server.port.protocol === '' ? 'TCP' : by.server.port.protocol}`

const mend = ({ hosts }: LeftOut): string =>
  hosts.length > 0 ? 'leave the host to one Gateway, and bind the routes to that' : 'use another port, or one protocol'

const placeOf = ({ view }: GatewayProxy, { gateway, position }: BoundServer) => view.ref(gateway.meta, `spec.servers[${position}]`)

function tellLoser({ proxy, loser }: Contest): Breach {
  const message = `${nameOfProxy(proxy)} leaves this server out, since ${titleOf(loser.by.gateway.meta)} has ${what(loser)} already: routes bound here are not served; ${mend(loser)}`
  return { on: placeOf(proxy, loser), message }
}

function tellWinner({ proxy, loser }: Contest): Breach {
  const message = `this server has ${what(loser)} at ${nameOfProxy(proxy)}, which leaves a server of ${titleOf(loser.gateway.meta)} out because of it: routes bound there are not served; ${mend(loser)}`
  return { on: placeOf(proxy, loser.by), message }
}

/** A server that shuts out several is told of once. */
function* tell(contests: readonly Contest[]): Iterable<Breach> {
  const winners = new Set<object>()
  for (const contest of contests) {
    yield tellLoser(contest)
    const { by, gateway } = contest.loser
    if (by.gateway === gateway || by.gateway.meta.origin !== undefined || winners.has(by.server)) continue
    winners.add(by.server)
    yield tellWinner(contest)
  }
}

export const serverLeftOut: Rule = {
  code: 'GTW107',
  name: 'server-left-out',
  severity: 'ERROR',
  istio: ['IST0145'],
  kiali: ['KIA0301'],
  summary:
    'Two servers want one port of a proxy in different protocols, or one host over TLS: the later one is left out (NET-30, GWAPI-70).',
  check: (snapshot) => tell(contestsIn(snapshot)),
}
