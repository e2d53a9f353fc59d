/**
 * Which destinations of VirtualServices lead to a cluster that a proxy does not have, and for whose proxies?
 *
 * Asked of the very lookup by which a call is routed, so that a finding and a trace cannot contradict each other (ROUTE-5, ROUTE-6, EDS-27).
 */
import { addAll } from '../../add-all.js'
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView, Snapshot } from '../../snapshot/snapshot.js'
import { domainSuffix, qualify } from '../../istiod/matching/hosts.js'
import type { Consumer } from '../consumers.js'
import { alikeFor, type Likeness, likenessOf } from './alike-for.js'
import { knownConsumersOf, likelyConsumersOf } from './consumers-of-routes.js'
import { judgeDestination, type Judging, type Lack } from './judge-destination.js'
import { destinationsOf, type PlacedDestination } from './placed-destination.js'

/** One destination that some proxies do not have. */
export interface DestinationFault {
  readonly view: ControlPlaneView
  readonly item: VirtualService
  readonly placed: PlacedDestination
  /** In full. */
  readonly host: string
  readonly lack: Lack
  /** Who does not have it, and does everybody else? */
  readonly consumers: readonly Consumer[]
  readonly others: boolean
}

/** All of them, each once for a control plane. */
export const destinationFaults = remembered((snapshot: Snapshot): readonly DestinationFault[] =>
  [...snapshot.controlPlanes.keys()].flatMap((name) => [...faultsOf(snapshot.view(name))]),
)

function* faultsOf(view: ControlPlaneView): Iterable<DestinationFault> {
  const toldOfRoots = new Map<number, Set<string>>()
  const items = [...view.configuration.virtualServices.values()].flat()
  const isDelegate = ({ hosts }: VirtualService): boolean => hosts.length === 0
  // Roots first: what they say of a delegate's routes need not be asked of the delegate by itself.
  for (const item of pausing([...items.filter((one) => !isDelegate(one)), ...items.filter(isDelegate)])) {
    if (item.meta.origin !== undefined) continue
    const judged: Judged = new Map()
    const judging = { view, item }
    for (const placed of destinationsOf(view, item)) {
      if (placed.destination.host === '') continue
      if (isDelegate(item) && toldOfRoots.get(placed.owner.index)?.has(placeOf(placed)) === true) continue
      if (placed.owner !== item.meta)
        toldOfRoots.set(placed.owner.index, (toldOfRoots.get(placed.owner.index) ?? new Set()).add(placeOf(placed)))
      yield* faultAt(judging, placed, judged)
    }
  }
}

const placeOf = ({ path, destination }: PlacedDestination): string => `${path} ${destination.host}`

type FoundFault = Omit<DestinationFault, 'placed'>
/** What was found of destinations of one VirtualService, by all that it depends on. */
type Judged = Map<string, readonly FoundFault[]>

function* faultAt(judging: Judging, placed: PlacedDestination, judged: Judged): Iterable<DestinationFault> {
  const { view } = judging
  const host = qualify(placed.destination.host, placed.owner.namespace, domainSuffix(view))
  const key = isForAll(placed) ? keyOf(placed, host) : undefined
  const found = (key === undefined ? undefined : judged.get(key)) ?? faultsOfOne(judging, placed, host)
  if (key !== undefined) judged.set(key, found)
  for (const fault of found) yield { ...fault, placed }
}

/** Routes for all proxies and all of their ports lead alike where their destinations are alike. */
const keyOf = ({ destination, owner, kind }: PlacedDestination, host: string): string =>
  JSON.stringify([kind, owner.namespace, host, destination.spelledHost, destination.port, destination.subset, destination.refused])

const isForAll = ({ match }: PlacedDestination): boolean =>
  match.every(
    ({ port, gateways, sourceLabels, sourceNamespace }) =>
      port === undefined && gateways.length === 0 && sourceNamespace === undefined && Object.keys(sourceLabels).length === 0,
  )

function faultsOfOne(judging: Judging, placed: PlacedDestination, host: string): readonly FoundFault[] {
  const { view, item } = judging
  const known = knownConsumersOf(view, item)
  const consumers = known.length > 0 ? known : likelyConsumersOf(view, item)
  const groups = isForSome(placed)
    ? consumers.map((one) => [one] as const)
    : alikeFor([likenessOf(view, [host]), ownLikeness(judging)], consumers)
  const lacking = new Map<Lack['what'], { lack: Lack; consumers: Consumer[] }>()
  let having = 0
  for (const group of pausing(groups)) {
    const lacks = judgeDestination(group[0], judging, placed, host)
    if (lacks.length === 0) having += 1
    for (const lack of lacks) {
      const found = lacking.get(lack.what)
      if (found === undefined) lacking.set(lack.what, { lack, consumers: [...group] })
      else addAll(found.consumers, group)
    }
  }
  return [...lacking.values()].map((found) => ({ view, item, host, others: having > 0, ...found }))
}

/** Of the hosts of a VirtualService, of which each of its destinations asks. */
const ownLikeness = remembered(({ view, item: { hosts, meta } }: Judging): Likeness => {
  const suffix = domainSuffix(view)
  return likenessOf(
    view,
    hosts.map((own) => qualify(own, meta.namespace, suffix)),
  )
})

/** A route for callers of some labels or namespace. */
const isForSome = ({ match }: PlacedDestination): boolean =>
  match.some(({ sourceLabels, sourceNamespace }) => sourceNamespace !== undefined || Object.keys(sourceLabels).length > 0)
