import { clusterOf, type ListedEndpoint } from '../analysis/answer/listed-endpoint.js'
import type { UntoldStep } from '../analysis/call/untold-step.js'
import { remembered } from '../remembered.js'
import type { NetworkGateway } from '../snapshot/networks/network-gateway.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { gatewayNames } from './gateway-names.js'

/** What a path leads through, behind where it begins: every proxy that hands the call on, and where it ends. */
export interface Passed {
  /** `cluster/namespace/name`, all names of each. */
  readonly gateways: ReadonlySet<string>
  /** Networks and clusters. */
  readonly places: ReadonlySet<string>
}

export function passedOnPath(snapshot: Snapshot, { path, end, entered }: ListedEndpoint): Passed {
  const { server, passage, endpoint } = path
  const proxies = [
    ...proxiesOn(end.recorder.steps),
    ...(entered === undefined ? [] : [`${entered.via.cluster ?? ''}/${entered.gateway}`]),
    ...(server?.dataPlane === 'GATEWAY' ? [`${server.cluster}/${server.namespace}/${server.owner.name}`] : []),
  ]
  const met = passage === undefined ? undefined : namesAt(passage.gateway)
  const places = [
    clusterOf(path),
    endpoint.network,
    ...proxies.map((place) => place.split('/')[0]),
    ...(entered === undefined ? [] : [entered.via.cluster, entered.via.network]),
    ...(met?.places ?? []),
  ]
  const names = gatewayNames(snapshot)
  return {
    gateways: new Set([...proxies.flatMap((place) => [...(names.get(place) ?? [place])]), ...(met?.gateways ?? [])]),
    places: new Set(places.flatMap((place) => place || [])),
  }
}

/** Those at which a leg ends or begins anew, as `cluster/namespace/name`; an address has no name. */
const proxiesOn = (steps: readonly UntoldStep[]): readonly string[] =>
  [
    ...new Set(
      steps.flatMap(({ hop }) => (hop === null ? [] : [...(hop.kind === 'DIRECT' ? [] : [hop.to]), ...(hop.index > 0 ? [hop.from] : [])])),
    ),
  ].filter((place) => place.split('/').length === 3)

/** The names under which an address that leads into a network was found. */
const namesAt = remembered(
  ({
    network,
    cluster,
    service,
    because,
  }: NetworkGateway): { readonly places: readonly string[]; readonly gateways: readonly string[] } => ({
    places: [network, cluster],
    gateways: [
      ...(service === undefined ? [] : [`${service.cluster}/${service.namespace}/${service.name}`]),
      ...because.map((ref) => `${ref.cluster ?? ''}/${ref.namespace ?? ''}/${ref.name}`),
    ],
  }),
)
