/** Which services does a source of theirs see, and which not? What is out of view is one service in each list. */
import type { Client } from '../analysis/call/call.js'
import type { Narrow } from '../analysis/visibility/list-visible.js'
import type { SeenService, UnseenService } from '../analysis/visibility/seen-services.js'
import { byKey } from '../inventory/page-of.js'
import { reasons } from '../model/reasons.js'
import type {
  DroppedEndpoint,
  HiddenService,
  ServiceVisibility,
  VisibleEndpoint,
  VisiblePort,
  VisibleRoute,
  VisibleService,
  VisibleSubset,
} from '../model/visibility.js'
import { distinct, generalAssumptions } from './general-steps.js'
import { ownPorts } from './own-ports.js'
import { ownSubsets } from './own-subsets.js'
import { servicesByHost } from './services-by-host.js'
import { foreignRef, outOfView, type Sight } from './sight.js'

const foreign = { key: `${outOfView} `, host: outOfView, namespace: '', because: [] } as const
const foreignSeen: SeenService = { ...foreign, scoped: undefined }
const foreignHidden: UnseenService = { ...foreign, reason: 'OUTSIDE_OF_VIEW', message: reasons.OUTSIDE_OF_VIEW }

type Listed = SeenService | UnseenService

export const narrowTo = (sight: Sight): Narrow => {
  const byHost = servicesByHost(sight.snapshot)
  const shows = ({ key, host, namespace }: Listed, client: Client): boolean => {
    // A host that nobody has is the asker's own word.
    if (key === host) return true
    if (client.view === undefined) return sight.holds(client.cluster.name, namespace)
    const same = byHost.get(host)?.find((one) => one.namespace === namespace)
    return same?.clusters.some((cluster) => sight.holds(cluster, namespace)) ?? false
  }
  const fold = <T extends Listed>(all: readonly T[], rest: T, client: Client): readonly T[] => {
    const shown = all.filter((one) => shows(one, client))
    return shown.length === all.length ? all : [...shown, rest].toSorted(byKey)
  }
  return ({ services, hidden }, client) => ({
    services: fold(services, foreignSeen, client),
    hidden: fold(hidden, foreignHidden, client),
  })
}

/** The page that was made of them, without anything that is out of view. */
export const servicesInView = (sight: Sight, answer: ServiceVisibility): ServiceVisibility => ({
  services: answer.services.map((service) => serviceInView(sight, service)),
  hidden: answer.hidden.map((one) => hiddenInView(sight, one)),
  assumptions: generalAssumptions(sight, answer.assumptions),
  page: answer.page,
})

/** Of the asker's own word, which has no namespace, nothing is told that lies with others: it may as well be nobody's. */
function hiddenInView(sight: Sight, { host, namespace, reason, because }: HiddenService): HiddenService {
  const shown = sight.refs(because)
  const isAsked = namespace === '' && host !== outOfView
  const told = isAsked && (shown.length === 0 || shown.includes(foreignRef)) ? 'NAME_NOT_RESOLVED' : reason
  return { host, namespace, reason: told, message: reasons[told], because: shown }
}

function serviceInView(sight: Sight, service: VisibleService): VisibleService {
  if (service.host === outOfView) return { ...service, resolvesTo: [], ports: [], routes: [] }
  const { namespace } = service
  const { elsewhere } = sight.spread(namespace)
  const declared = new Set(ownPorts(sight, service.host, namespace).map(portKey))
  const ports = elsewhere ? service.ports.filter((port) => declared.has(portKey(port))) : service.ports
  return {
    ...service,
    resolvesTo: elsewhere ? [] : service.resolvesTo,
    because: sight.refs(service.because),
    ports: ports.map((port) => portInView(sight, namespace, port)),
    routes: elsewhere ? [] : service.routes.flatMap((one) => routeInView(sight, one)),
  }
}

const general = (applies: boolean): string => (applies ? 'it acts' : 'it does not act, because of something that is out of view')

/** Routes of others are not told of, nor what of theirs stands in the place of one's own. */
function routeInView(sight: Sight, { route, applies, message, because }: VisibleRoute): VisibleRoute[] {
  if (!sight.holds(route.cluster, route.namespace)) return []
  const shown = sight.refs(because)
  return [{ route, applies, message: shown.includes(foreignRef) ? general(applies) : message, because: shown }]
}

const portKey = ({ number, name, protocol }: Pick<VisiblePort, 'number' | 'name' | 'protocol'>): string => `${number} ${name} ${protocol}`

function portInView(sight: Sight, namespace: string, port: VisiblePort): VisiblePort {
  const own = ownSubsets(sight)
  return { ...port, subsets: port.subsets.filter(({ name }) => own.has(name)).map((subset) => subsetInView(sight, namespace, subset)) }
}

function subsetInView(sight: Sight, namespace: string, { name, tls, endpoints, dropped }: VisibleSubset): VisibleSubset {
  const isOurs = ({ cluster }: { readonly cluster: string | null }): boolean =>
    cluster === null ? !sight.spread(namespace).elsewhere : sight.holds(cluster, namespace)
  return {
    name,
    tls,
    endpoints: distinct(endpoints.map((endpoint) => (isOurs(endpoint) ? behindGateway(endpoint) : foreignEndpoint))),
    dropped: distinct(dropped.map((one) => (isOurs(one) ? { ...one, because: sight.refs(one.because) } : foreignDropped))),
  }
}

/** The gateway's own address is nobody's of theirs. */
const behindGateway = (endpoint: VisibleEndpoint): VisibleEndpoint =>
  endpoint.viaGateway ? { ...endpoint, address: outOfView, port: 0 } : endpoint

const foreignEndpoint: VisibleEndpoint = {
  address: outOfView,
  port: 0,
  cluster: null,
  network: null,
  locality: null,
  weight: 0,
  priority: 0,
  viaGateway: false,
  health: 'UNKNOWN',
}
const foreignDropped: DroppedEndpoint = { address: outOfView, cluster: null, reason: 'OUTSIDE_OF_VIEW', because: [foreignRef] }
