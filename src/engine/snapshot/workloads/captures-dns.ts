import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Labels } from '../../resources/meta.js'
import { answersAtZtunnel } from '../releases.js'
import type { ControlPlane } from '../snapshot.js'
import { type MetadataInput, proxyMetadata } from './proxy-metadata.js'

const captureKey = 'ISTIO_META_DNS_CAPTURE'

/** Where a proxy's variables are said. */
export interface VariableInput extends MetadataInput {
  readonly proxyEnv: Readonly<Record<string, string>>
  /** The pod ran: its environment is the whole truth (DNS-18). */
  readonly observed: boolean
}

/** Where its DNS capture may be said, from the most specific place to the least. */
export interface CaptureInput extends VariableInput {
  readonly defaultProxyMetadata: Readonly<Record<string, string>>
  /** The header's word on the whole cluster. */
  readonly stated: boolean | undefined
}

/** Does the proxy answer its application's DNS questions? Rules MODEL-11, DNS-18, EXT-11. */
export const capturesDns = (input: CaptureInput): boolean => {
  const ran = input.observed && Object.keys(input.proxyEnv).length > 0
  const own = input.proxyEnv[captureKey]
  if (own !== undefined || ran) return own === 'true'
  const told = proxyMetadata(input, captureKey)
  return told === undefined ? (input.stated ?? input.defaultProxyMetadata[captureKey] === 'true') : told === 'true'
}

/** What the node agent is told for all pods of its cluster: `ambient.dnsCapture` of the chart istio-cni (AMB-20). */
export const captureOfNodes = ({ configMaps }: Pick<ClusterResources, 'configMaps'>): boolean | undefined => {
  const maps = [...configMaps.values()].flatMap((list) => list.filter(({ meta }) => meta.name === 'istio-cni-config'))
  const told = maps.map(({ data }) => data['AMBIENT_DNS_CAPTURE']).find((word) => word !== undefined)
  return told === undefined ? undefined : told === 'true'
}

/** Does ztunnel answer the DNS questions of the pod? As the pod says, else as its cluster does: of new pods since 1.25 (AMB-20). */
export const capturesAsZtunnel = (
  annotations: Labels,
  ofCluster: boolean | undefined,
  controlPlane: Pick<ControlPlane, 'version'> | undefined,
): boolean => {
  const told = annotations['ambient.istio.io/dns-capture']
  if (told !== undefined) return told === 'true'
  return ofCluster ?? (controlPlane === undefined || answersAtZtunnel(controlPlane))
}
