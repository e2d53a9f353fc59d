import { pausing } from '../../pause.js'
import { rulesOver } from '../../istiod/destination-rules/rules-over.js'
import { endpointsOfCluster } from '../../istiod/endpoints/endpoints-of.js'
import { boundGateways } from '../../istiod/gateways/gateways-selecting.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Meta } from '../../resources/meta.js'
import { remembered } from '../../remembered.js'
import { selectorMatches } from '../../snapshot/selector-index.js'
import { configurationsOf, objectsOf } from '../configurations.js'
import type { Breach, Rule } from '../rule.js'
import { destinationsOf } from './placed-destination.js'

const isOf = (item: VirtualService, gateway: (name: string) => boolean): boolean =>
  boundGateways(item.gateways, item.meta.namespace).some(gateway)

/** A subset that takes every endpoint is no choice. */
function takesAll(view: ControlPlaneView, host: string, name: string): boolean {
  const subsets = rulesOver(view, host).flatMap((rule) => rule.subsets.filter((subset) => subset.name === name))
  const endpoints = view.servicesByHost(host).flatMap((service) => service.ports.flatMap((port) => endpointsOfCluster(view, service, port)))
  return endpoints.length > 0 && subsets.some(({ labels }) => endpoints.every((endpoint) => selectorMatches(labels, endpoint.labels)))
}

/** VirtualServices of the mesh by the hosts whose subsets they choose, where no gateway is given the same routes. */
const choosingInMesh = remembered((view: ControlPlaneView): ReadonlyMap<string, Meta> => {
  const suffix = domainSuffix(view)
  const found = new Map<string, Meta>()
  for (const item of pausing([...view.configuration.virtualServices.values()].flat())) {
    if (item.hosts.length === 0 || isOf(item, (name) => name !== 'mesh')) continue
    const own = new Set(item.hosts.map((host) => qualify(host, item.meta.namespace, suffix)))
    for (const { destination, owner, kind } of destinationsOf(view, item)) {
      const host = qualify(destination.host, owner.namespace, suffix)
      if (kind === 'http' && destination.subset !== '' && own.has(host) && !takesAll(view, host, destination.subset))
        found.set(host, item.meta)
    }
  }
  return found
})

function* breachesIn(view: ControlPlaneView, item: VirtualService): Iterable<Breach> {
  if (item.hosts.length === 0 || !isOf(item, (name) => name !== 'mesh')) return
  for (const { destination, owner, path, kind, use } of destinationsOf(view, item)) {
    const host = qualify(destination.host, owner.namespace, domainSuffix(view))
    const choosing = choosingInMesh(view).get(host)
    if (kind !== 'http' || use === 'MIRROR' || destination.subset !== '' || choosing === undefined) continue
    const message = `VirtualService \`${choosing.namespace}/${choosing.name}\` chooses subsets of \`${host}\` for sidecars only: what comes in by the gateway goes to all of its endpoints, past those routes; name a subset here too, or bind both to the gateway, if that is not meant`
    yield { on: view.ref(owner, `${path}.host`), message }
  }
}

export const ingressPastSubsets: Rule = {
  code: 'DST109',
  name: 'ingress-past-subsets',
  severity: 'INFO',
  istio: ['IST0140'],
  kiali: [],
  summary: 'A gateway’s route leads to a service whose subsets are chosen for sidecars only (ROUTE-11, VIS-27).',
  *check(snapshot): Iterable<Breach> {
    for (const configuration of configurationsOf(snapshot)) {
      for (const { object, views } of objectsOf(configuration, 'virtualServices')) yield* breachesIn(views[0], object)
    }
  },
}
