import { namedIn } from '../../istiod/matching/named-in.js'
import { isFor } from '../../snapshot/services/audience.js'
import { virtualServicesOf } from '../../istiod/virtual-services/virtual-service-index.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { Gateway } from '../../resources/istio/gateway.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { configurationsOf, objectsOf, type ReadObject } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { type GatewayProxy, nameOfProxy, proxiesByGateway } from './gateway-proxies.js'
import { namedGateways } from './named-gateways.js'

const gatewayIn = (view: ControlPlaneView, name: string): Gateway | undefined => {
  const [namespace = '', own = ''] = name.split('/')
  return namedIn(view.configuration.gateways).get(`${namespace}/${own}`)
}

/** A proxy of the Gateway whose control plane does not give it the routes, where there is none that gets them. */
function leftOut(snapshot: Snapshot, { object, views }: ReadObject<VirtualService>, gateway: Gateway): GatewayProxy | undefined {
  const proxies = (proxiesByGateway(snapshot).get(gateway) ?? []).filter(({ view }) => views.includes(view))
  const isGiven = ({ view, workload }: GatewayProxy): boolean => isFor(virtualServicesOf(view).audienceOf(object), workload.namespace)
  return proxies.some(isGiven) ? undefined : proxies[0]
}

function* judge(snapshot: Snapshot, read: ReadObject<VirtualService>): Iterable<Breach> {
  const { object, views } = read
  const [view] = views
  for (const named of namedGateways(object)) {
    const gateway = named.inMatch ? undefined : gatewayIn(view, named.name)
    const proxy = gateway === undefined ? undefined : leftOut(snapshot, read, gateway)
    if (proxy === undefined) continue
    const place = proxy.workload.namespace
    const message = `${nameOfProxy(proxy)}, which Gateway \`${named.name}\` is for, runs in \`${place}\`, to which this is not exported: it does not get the routes, and answers with 404; add \`${place}\` to \`exportTo\``
    yield { on: view.ref(object.meta, object.exportTo.length > 0 ? 'spec.exportTo' : named.path), message }
    return
  }
}

export const notExportedToGateway: Rule = {
  code: 'GTW109',
  name: 'not-exported-to-gateway',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'A VirtualService is bound to a Gateway, and not exported to the namespace in which its proxies run (VIS-25, VIS-27).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const read of objectsOf(configuration, 'virtualServices')) {
        if (read.object.hosts.length > 0) yield* judge(snapshot, read)
      }
    }
  },
}
