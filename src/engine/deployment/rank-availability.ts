import type { Availability } from '../model/deployment-model.js'
import type { Truth } from '../analysis/call/truth.js'

/** A cluster, or a control plane's home, and where it stands; '' where nothing says. */
export interface Site {
  readonly cluster: string
  readonly region: string
  readonly zone: string
}

/**
 * How well are a mesh's control planes spread? The first that holds, best first, where one control plane only comes before all:
 * one in every cluster, two clusters or one in every zone, two clusters or one in every region.
 *
 * A missing region or zone leads to UNDETERMINED where it could change the rank. Rule TOPO-5.
 */
export const rankAvailability = (clusters: readonly Site[], planes: readonly Site[]): Availability => {
  if (planes.length === 1) return 'SINGLE_CONTROL_PLANE'
  const hosts = [...new Map(planes.map((plane) => [plane.cluster, plane])).values()]
  if (hosts.length === 0 || clusters.length === 0) return 'UNRANKED'
  if (clusters.every((cluster) => hosts.some((host) => host.cluster === cluster.cluster))) return 'EVERY_CLUSTER'
  const ranks: readonly (readonly [Availability, () => Truth])[] = [
    ['CLUSTERS_PER_ZONE', () => everyPlaceHas(2, clusters, hosts, zoneOf)],
    ['CLUSTER_PER_ZONE', () => everyPlaceHas(1, clusters, hosts, zoneOf)],
    ['CLUSTERS_PER_REGION', () => everyPlaceHas(2, clusters, hosts, regionOf)],
    ['CLUSTER_PER_REGION', () => everyPlaceHas(1, clusters, hosts, regionOf)],
  ]
  for (const [availability, holds] of ranks) {
    const certainty = holds()
    if (certainty === 'YES') return availability
    if (certainty === 'UNKNOWN') return 'UNDETERMINED'
  }
  return 'UNRANKED'
}

type PlaceOf = (site: Site) => string | undefined

const regionOf: PlaceOf = ({ region }) => region || undefined

/** A zone is known only with its region: zones of two regions may share a name. */
const zoneOf: PlaceOf = ({ region, zone }) => (region !== '' && zone !== '' ? `${region}/${zone}` : undefined)

/** Do at least `least` hosting clusters stand in every place where the mesh has a cluster? */
const everyPlaceHas = (least: number, clusters: readonly Site[], hosts: readonly Site[], placeOf: PlaceOf): Truth => {
  const places = new Set(clusters.flatMap((cluster) => placeOf(cluster) ?? []))
  const unplacedHosts = hosts.filter((host) => placeOf(host) === undefined)
  const lacking = [...places].filter((place) => hosts.filter((host) => placeOf(host) === place).length < least)
  const couldFill = (place: string): boolean => {
    const here = hosts.filter((host) => placeOf(host) === place).length
    const maybe = unplacedHosts.filter((host) => host.region === '' || place === host.region || place.startsWith(`${host.region}/`)).length
    return here + maybe >= least
  }
  if (lacking.some((place) => !couldFill(place))) return 'NO'
  const unplaced = clusters.filter((cluster) => placeOf(cluster) === undefined)
  if (unplaced.length === 0 && lacking.length === 0) return 'YES'
  return unplaced.some((cluster) => hostsNear(cluster, hosts) < least) ? 'NO' : 'UNKNOWN'
}

/** The most hosting clusters that could share a place with the unplaced cluster. */
const hostsNear = (cluster: Site, hosts: readonly Site[]): number =>
  hosts.filter((host) => cluster.region === '' || host.region === '' || host.region === cluster.region).length
