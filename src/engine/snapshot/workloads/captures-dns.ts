import type { ProxyConfig } from '../../resources/istio/proxy-config.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import type { Labels } from '../../resources/meta.js'
import { isRaw } from '../../resources/reading.js'
import { parseEmbeddedYaml } from '../control-planes/embedded-yaml.js'
import { labelsInclude } from '../label-selector.js'

const captureKey = 'ISTIO_META_DNS_CAPTURE'

const ofAnnotation = (annotations: Labels): string | undefined => {
  const text = annotations['proxy.istio.io/config']
  const config = text === undefined ? undefined : parseEmbeddedYaml(text)
  const metadata = config?.['proxyMetadata']
  const value = isRaw(metadata) ? metadata[captureKey] : undefined
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value)
}

const ofProxyConfig = (configs: readonly ProxyConfig[], labels: Labels): string | undefined => {
  const selected = configs.find((config) => config.selector !== undefined && labelsInclude(labels, config.selector))
  const general = configs.find((config) => config.selector === undefined)
  return selected?.environment[captureKey] ?? general?.environment[captureKey]
}

/** Where a proxy's DNS capture may be said, from the most specific place to the least. */
export interface CaptureInput {
  readonly proxyEnv: Readonly<Record<string, string>>
  /** The pod ran: its environment is the whole truth (DNS-18). */
  readonly observed: boolean
  readonly annotations: Labels
  readonly labels: Labels
  readonly namespace: string
  readonly rootNamespace: string
  readonly proxyConfigs: ByNamespace<ProxyConfig> | undefined
  readonly defaultProxyMetadata: Readonly<Record<string, string>>
  /** The header's word on the whole cluster. */
  readonly stated: boolean | undefined
}

/** What the annotation or a ProxyConfig says, the workload's own before its namespace's before the mesh's. */
const written = ({ annotations, labels, namespace, rootNamespace, proxyConfigs }: CaptureInput): string | undefined =>
  ofAnnotation(annotations) ??
  ofProxyConfig(proxyConfigs?.get(namespace) ?? [], labels) ??
  proxyConfigs?.get(rootNamespace)?.find((config) => config.selector === undefined)?.environment[captureKey]

/** Does the proxy answer its application's DNS questions? Rules MODEL-11, DNS-18. */
export const capturesDns = (input: CaptureInput): boolean => {
  const ran = input.observed && Object.keys(input.proxyEnv).length > 0
  const own = input.proxyEnv[captureKey]
  if (own !== undefined || ran) return own === 'true'
  const told = written(input)
  return told === undefined ? (input.stated ?? input.defaultProxyMetadata[captureKey] === 'true') : told === 'true'
}
