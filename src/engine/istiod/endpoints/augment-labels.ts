import { trimEndOf } from '../../manifests/parsing/trim-characters.js'
import type { Labels } from '../../resources/meta.js'
import type { Locality } from '../../snapshot/workloads/workload.js'
import { remembered } from '../../remembered.js'

/** `region/zone/subzone` without an empty tail, as Istio writes it; '' when nothing is known. */
export const localityText = remembered(({ region, zone, subzone }: Locality): string => trimEndOf(`${region}/${zone}/${subzone}`, '/'))

/** The three parts of a locality's text; a missing part is ''. */
export function localityParts(text: string): readonly [string, string, string] {
  const [region = '', zone = '', subzone = ''] = text.split('/')
  return [region, zone, subzone]
}

/**
 * Labels of an endpoint or proxy as subsets and failover priorities see them: its own, and where it stands.
 *
 * That is how a subset by `topology.istio.io/cluster` works. The pod's own network label is kept. Rules MODEL-34, ROUTE-14.
 */
export function augmentLabels(
  own: Labels,
  place: { readonly cluster: string; readonly network: string; readonly locality: string; readonly nodeName: string },
): Labels {
  // Set one by one: sets of labels of one shape then share it, where a copy by spreading has its own, thousands of times.
  const labels: Record<string, string> = {}
  for (const key in own) labels[key] = own[key] ?? ''
  const [region, zone, subzone] = localityParts(place.locality)
  if (region !== '') labels['topology.kubernetes.io/region'] = region
  if (zone !== '') labels['topology.kubernetes.io/zone'] = zone
  if (subzone !== '') labels['topology.istio.io/subzone'] = subzone
  if (place.cluster !== '') labels['topology.istio.io/cluster'] = place.cluster
  if (place.nodeName !== '') labels['kubernetes.io/hostname'] = place.nodeName
  if (place.network !== '' && !labels['topology.istio.io/network']) labels['topology.istio.io/network'] = place.network
  return labels
}
