import { parseEmbeddedYaml } from '../control-planes/embedded-yaml.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import type { ProxyConfig } from '../../resources/istio/proxy-config.js'
import type { Labels } from '../../resources/meta.js'
import { isRaw } from '../../resources/reading.js'
import { byAge } from '../by-age.js'
import { labelsInclude } from '../label-selector.js'

/** Where a proxy's variables may be written. */
export interface MetadataInput {
  readonly annotations: Labels
  readonly labels: Labels
  readonly namespace: string
  readonly rootNamespace: string
  readonly proxyConfigs: ByNamespace<ProxyConfig> | undefined
}

const inAnnotation = (annotations: Labels, key: string): string | undefined => {
  const text = annotations['proxy.istio.io/config']
  const config = text === undefined ? undefined : parseEmbeddedYaml(text)
  const metadata = config?.['proxyMetadata']
  const value = isRaw(metadata) ? metadata[key] : undefined
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value)
}

/** One without selector is for its namespace; one with an empty selector is for nobody. */
const isGeneral = ({ selector }: ProxyConfig): boolean => selector === undefined

const selects = (labels: Labels, { selector = {} }: ProxyConfig): boolean =>
  Object.keys(selector).length > 0 && labelsInclude(labels, selector)

/**
 * A variable that injection writes into a proxy's environment, by what objects say; undefined: they say nothing, and the mesh's default counts.
 *
 * Each place for itself, the first that has the key: a ProxyConfig that selects the workload, its annotation, one for its namespace, one for the
 * mesh; of several of one place the oldest alone counts. Rules MODEL-11, EXT-11.
 */
export function proxyMetadata(
  { annotations, labels, namespace, rootNamespace, proxyConfigs }: MetadataInput,
  key: string,
): string | undefined {
  const near = [...(proxyConfigs?.get(namespace) ?? [])].sort(byAge)
  const far = [...(proxyConfigs?.get(rootNamespace) ?? [])].sort(byAge)
  const selecting = near.find((config) => selects(labels, config))
  return (
    selecting?.environment[key] ??
    inAnnotation(annotations, key) ??
    near.find(isGeneral)?.environment[key] ??
    far.find(isGeneral)?.environment[key]
  )
}
