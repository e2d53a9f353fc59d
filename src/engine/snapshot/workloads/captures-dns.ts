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

/** Does ztunnel answer the DNS questions of the pod? Of new pods since 1.25, unless the pod says otherwise (AMB-20). */
export const capturesAsZtunnel = (annotations: Labels, controlPlane: Pick<ControlPlane, 'version'> | undefined): boolean => {
  const told = annotations['ambient.istio.io/dns-capture']
  return told === undefined ? controlPlane === undefined || answersAtZtunnel(controlPlane) : told === 'true'
}
