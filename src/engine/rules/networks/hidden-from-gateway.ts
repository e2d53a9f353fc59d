import { pausing } from '../../pause.js'
import { isFor } from '../../snapshot/services/audience.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { callerOf } from './caller-of.js'
import { placesOf } from './network-place.js'
import { isReachedDirectly, offeredAcross } from './offered-across.js'

function* judge(snapshot: Snapshot, view: ControlPlaneView, network: string, told: Set<string>): Iterable<Breach> {
  const places = placesOf(view, network).flatMap(({ place }) => place ?? [])
  if (places.length === 0 || isReachedDirectly(snapshot, view, network)) return
  for (const { cluster, services } of offeredAcross(view, network)) {
    const ways = places.filter((place) => place.cluster === cluster)
    const met = ways.length > 0 ? ways : places
    for (const service of pausing(services)) {
      const key = `${cluster.name} ${service.hostname}`
      if (service.exportTo.has('*') || told.has(key)) continue
      const hides = met.every(({ view: own, proxy }) => {
        const records = own.servicesByHost(service.hostname)
        return records.length > 0 && !records.some(({ exportTo }) => isFor(exportTo, proxy.namespace))
      })
      const caller = hides ? callerOf(view, network, service) : undefined
      const [first] = met
      const home = service.definitions.find((one) => one.cluster === cluster.name)
      if (caller === undefined || first === undefined || home === undefined) continue
      told.add(key)
      const message = `\`exportTo\` lets namespace \`${caller}\` use this service from another network, and leaves out \`${first.proxy.namespace}\`, where the gateway into network \`${network}\` runs: it does not know the service and resets those connections; add \`${first.proxy.namespace}\``
      yield { on: cluster.ref(home.service.meta, 'metadata.annotations'), message }
    }
  }
}

export const hiddenFromGateway: Rule = {
  code: 'NET106',
  name: 'hidden-from-gateway',
  severity: 'ERROR',
  istio: [],
  kiali: [],
  summary: 'A service is exported to clients on other networks and not to the gateway through which they call it (VIS-5, NET-31).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<string>()
    for (const name of snapshot.controlPlanes.keys()) {
      const view = snapshot.view(name)
      for (const network of view.gateways.keys()) yield* judge(snapshot, view, network, told)
    }
  },
}
