import type { ProxyTarget, SentProtocol, TargetType } from '../model/proxy-config.js'
import type { Client } from '../analysis/call/call.js'
import type { RouteTarget } from '../analysis/call/stage-values.js'
import { filterEndpoints } from '../analysis/discovery/filter-endpoints.js'
import { keepsOriginalAddress } from '../analysis/discovery/original-endpoints.js'
import { distribute } from '../analysis/distribution/distribute.js'
import { translateAll } from '../analysis/network/translate-network.js'
import { clientTransport, transportToAll } from '../analysis/transport/client-transport.js'
import { endpointsOfCluster } from '../istiod/endpoints/endpoints-of.js'
import { isWildcard } from '../snapshot/covers.js'
import type { ControlPlaneView } from '../snapshot/snapshot.js'
import type { NarrowProxies } from './narrow-proxies.js'

type Configured = Client & { readonly view: ControlPlaneView }

/** One upstream cluster of a proxy, with whom it leads to and what is sent there; undefined where the proxy has no such cluster (EDS-27). */
export const answerTarget = (
  client: Configured,
  target: RouteTarget,
  { dialled }: Pick<NarrowProxies, 'dialled'>,
): ProxyTarget | undefined => {
  const { service, port, subset } = target
  const head = { host: service.hostname, port: port.number, subset }
  const unlisted = (type: TargetType): ProxyTarget => ({ ...head, type, sends: sentToAll(client, target), endpoints: [], unready: [] })
  if (resolvesRequests(target)) return forwardsDynamically(target) ? unlisted('DYNAMIC_DNS') : undefined
  if (keepsOriginalAddress(client, target)) return unlisted('ORIGINAL_DST')
  const { view, workload } = client
  const { left, unready } = filterEndpoints({ client, view, target }, endpointsOfCluster(view, service, port))
  const { outcome, unready: waiting, dropped } = translateAll(view, workload, target, left, unready)
  const paths = outcome.passed ? outcome.value : []
  const type = typeOf(target)
  if (type !== 'EDS' && paths.length + waiting.length === 0) return undefined
  const spread = distribute(client, target, paths, { unready: waiting, dropped }, 'ALL_WELL')
  return {
    ...head,
    type,
    endpoints: paths.flatMap((path, index) => {
      const priority = spread.priorities[index]
      if (priority === undefined) return []
      const { address, port: at } = dialled(path)
      const { weight } = path
      const sends = clientTransport(client, target, path)?.protocol ?? 'PLAINTEXT'
      return [{ address, port: at, weight, priority, share: spread.shares[index] ?? 0, sends }]
    }),
    unready: waiting.map((path) => {
      const { address, port: at } = dialled(path)
      return `${address}:${at}`
    }),
  }
}

const typeOf = ({ service }: RouteTarget): TargetType =>
  service.resolution === 'DNS' ? 'STRICT_DNS' : service.resolution === 'DNS_ROUND_ROBIN' ? 'LOGICAL_DNS' : 'EDS'

/** A wildcard whose requests are resolved one by one (EDS-15). */
const resolvesRequests = ({ service }: RouteTarget): boolean => service.resolution === 'DYNAMIC_DNS' && isWildcard(service.hostname)

/** Only what names a host in its requests or its server name can be resolved so, and no subset. */
const forwardsDynamically = ({ port, subset }: RouteTarget): boolean =>
  subset === '' && (port.protocol === 'HTTP' || port.protocol === 'TLS')

const sentToAll = (client: Configured, target: RouteTarget): SentProtocol => {
  const sent = transportToAll(client, client.view, target)
  return sent === 'BY_ENDPOINT' ? 'PLAINTEXT' : sent.protocol
}
