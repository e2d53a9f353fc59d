import { parseEmbeddedYaml } from '../control-planes/embedded-yaml.js'
import type { ByNamespace } from '../../resources/cluster-resources.js'
import type { ProxyConfig } from '../../resources/istio/proxy-config.js'
import type { Labels } from '../../resources/meta.js'
import { isRaw } from '../../resources/reading.js'
import { byAge } from '../by-age.js'
import { remembered } from '../../remembered.js'
import { indexBySelector, type SelectorIndex } from '../selector-index.js'

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

/** Of one namespace, the oldest first. One without selector is for the whole namespace; one with an empty selector is for nobody. */
interface ByReach {
  readonly selecting: SelectorIndex<ProxyConfig>
  readonly general: ProxyConfig | undefined
}

/** Every pod of a namespace asks for several variables. */
const byReach = remembered((configs: readonly ProxyConfig[]): ByReach => {
  const sorted = [...configs].sort(byAge)
  return {
    selecting: indexBySelector(
      sorted.filter(({ selector = {} }) => Object.keys(selector).length > 0),
      ({ selector = {} }) => selector,
    ),
    general: sorted.find(({ selector }) => selector === undefined),
  }
})

const nowhere: ByReach = { selecting: indexBySelector<ProxyConfig>([], () => ({})), general: undefined }

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
  const [near = nowhere, far = nowhere] = [namespace, rootNamespace].map((name) => {
    const configs = proxyConfigs?.get(name)
    return configs && byReach(configs)
  })
  const [selecting] = near.selecting.matching(labels)
  return selecting?.environment[key] ?? inAnnotation(annotations, key) ?? near.general?.environment[key] ?? far.general?.environment[key]
}
