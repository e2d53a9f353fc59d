import type { Gateway } from '../../resources/istio/gateway.js'
import { servicesSelecting, targetPortOf } from '../../snapshot/services/services-selecting.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { isUnread } from '../unlisted-services.js'
import { type GatewayProxy, nameOfProxy, proxiesByGateway } from './gateway-proxies.js'

interface Opened {
  readonly name: string
  readonly numbers: readonly number[]
}

/** The ports by which Services lead to the proxy, theirs and the pod's; undefined: nobody knows, or no Service is needed. */
function opened({ cluster, workload, assumed }: GatewayProxy, { statedGateways }: Snapshot): readonly Opened[] | undefined {
  if (assumed || workload.hostNetwork || isUnread([cluster], 'services', workload.namespace)) return undefined
  const services = servicesSelecting(cluster, workload)
  if (services.length === 0) return undefined
  return services.map(({ meta, ports }) => {
    const name = `${meta.namespace}/${meta.name}`
    const stated = statedGateways.filter((one) => one.cluster === cluster.name && one.service === name).flatMap(({ port }) => port ?? [])
    const leading = ports.filter(({ protocol }) => protocol !== 'UDP')
    return { name, numbers: [...leading.flatMap((port) => [port.number, targetPortOf(port, workload) ?? port.number]), ...stated] }
  })
}

function* judge(snapshot: Snapshot, gateway: Gateway): Iterable<Breach> {
  const proxies = (proxiesByGateway(snapshot).get(gateway) ?? []).map((proxy) => ({ proxy, services: opened(proxy, snapshot) }))
  const [first] = proxies
  // Where one of several proxies is met, or may be, the Gateway is for that one.
  if (first?.services === undefined) return
  for (const [position, server] of gateway.servers.entries()) {
    const { number } = server.port
    const isMet = proxies.some(({ services }) => services === undefined || services.some(({ numbers }) => numbers.includes(number)))
    if (number === 0 || isMet) continue
    const [service] = first.services
    const declared = [...new Set(first.services.flatMap(({ numbers }) => numbers))].join(', ')
    const message = `no Service of ${nameOfProxy(first.proxy)} has port ${number}: \`${service?.name}\` leads to ${declared}, so that nobody gets to this server; add the port there, or use one that it has`
    yield { on: first.proxy.view.ref(gateway.meta, `spec.servers[${position}].port`), message }
  }
}

export const portWithoutService: Rule = {
  code: 'GTW106',
  name: 'port-without-service',
  severity: 'WARNING',
  istio: ['IST0162'],
  kiali: [],
  summary: 'A Gateway opens a port to which no Service of its proxy leads (NET-30, GW-2).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object } of objectsOf(configuration, 'gateways')) yield* judge(snapshot, object)
    }
  },
}
