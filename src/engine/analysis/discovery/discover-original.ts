/**
 * Whom does a call meet that goes to the address the application dials, past every mesh feature?
 *
 * A name means the Service of the client's own cluster and kube-proxy sends it to ready local pods; an address is what it is. Other clusters'
 * endpoints do not exist here. Rules VIS-31, ROUTE-32, ROUTE-34, DNS-4.
 */
import { flatMap } from '../../flat-map.js'
import type { Assumption } from '../../model/step.js'
import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../../snapshot/snapshot.js'
import { dialsMadeUp, tellMadeUp } from '../packets/dials-made-up.js'
import { holdersOf } from '../packets/holders-of.js'

import { discoverImported } from './discover-imported.js'
import { type Dialled, meetService } from './meet-service.js'
import { serviceNamed } from '../../snapshot/services/service-named.js'
import { outsideEndpoint } from './outside-endpoint.js'
import { nodeLooks, noLooks } from '../call/look.js'
import { tellNodesUnknown } from './nodes-unknown.js'
import { type Outcome, goOn, lookingAt, stop, undetermined } from '../call/outcome.js'
import type { Client } from '../call/call.js'
import type { Discovered } from '../call/stage-values.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'

/** Endpoints of the original destination; an address that nothing here holds is one endpoint whose server is unknown. */
export function discoverOriginal(client: Client, dialled: Dialled): Outcome<Discovered> {
  const { cluster, snapshot } = client
  const { named, port } = dialled
  if (dialsMadeUp(client, named)) return stop('DISCOVERY', { reason: 'NOT_LISTENING', message: tellMadeUp(named), because: [] })
  const meant = serviceNamed(cluster, named.hostname)
  if (typeof meant === 'object') return throughKubeProxy(client, dialled, meant)
  const imported = discoverImported(client, dialled)
  if (imported !== undefined) return imported
  const held = flatMap(named.addresses, (address) => holdersOf(snapshot, address, cluster.name)).find((one) => one.cluster === cluster)
  if (held !== undefined) return throughKubeProxy(client, dialled, held.service)
  const addresses = named.addresses.filter((address) => address !== 'auto')
  const endpoints = (addresses.length > 0 ? addresses : [meant]).map((address) => outsideEndpoint(address, port))
  const message = `the call goes to \`${endpoints.map(({ address }) => address).join('`, `')}\` as dialled`
  return goOn('DISCOVERY', found(endpoints), { reason: 'ORIGINAL_ADDRESS', message, because: [] })
}

const found = (endpoints: readonly Endpoint[]): Discovered => ({ endpoints, unready: [], dropped: [] })

function throughKubeProxy(client: Client, dialled: Dialled, service: Service): Outcome<Discovered> {
  const { endpoints, refused, nodesUnknown } = meetService(client, dialled, service)
  if (refused !== undefined) return stop('DISCOVERY', { reason: 'NOT_LISTENING', message: refused.message, because: refused.because })
  const { namespace, name } = service.meta
  if (nodesUnknown) {
    const message = tellNodesUnknown(client, `${namespace}/${name}`)
    return lookingAt(undetermined('DISCOVERY', message, [client.cluster.ref(service.meta)]), nodeLooks)
  }
  const found = conclude(client.cluster, service, endpoints, `Service \`${namespace}/${name}\` of \`${client.cluster.name}\``)
  return lookingAt(found, service.internalTrafficPolicyLocal ? nodeLooks : noLooks)
}

function conclude(cluster: Cluster, service: Service, endpoints: readonly Endpoint[], name: string): Outcome<Discovered> {
  const because = [cluster.ref(service.meta)]
  if (endpoints.length === 0)
    return stop('DISCOVERY', { reason: 'NO_ENDPOINTS', message: `${name} has no ready endpoint in its cluster`, because })
  const synthesised = endpoints.some(({ origin }) => origin === 'SYNTHESISED')
  const assumptions: Assumption[] = synthesised
    ? [
        {
          code: 'ENDPOINTS_SYNTHESISED',
          message: `endpoints of ${name} are worked out from its selector, as no EndpointSlices are given`,
          because,
        },
      ]
    : []
  const many = endpoints.length === 1 ? '1 ready endpoint' : `${endpoints.length} ready endpoints`
  return goOn(
    'DISCOVERY',
    found(endpoints),
    { reason: 'LOCAL_ENDPOINTS', message: `kube-proxy sends the call to ${many} of ${name}`, because },
    { assumptions },
  )
}
