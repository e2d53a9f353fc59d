import type { ResourceRef } from '../../model/resource-ref.js'
import { findOutboundMode } from '../../resources/istio/outbound-mode.js'
import { readLocalitySetting } from '../../resources/istio/traffic-policy.js'
import {
  emptyRaw,
  findFlag,
  findObject,
  findText,
  findWord,
  isRaw,
  type Raw,
  newReading,
  type Reading,
  readList,
  readNumber,
  readObject,
  readText,
  readTexts,
  type Unreadable,
} from '../../resources/reading.js'
import { type LabelSelector, readLabelSelector } from '../../resources/label-selector.js'
import type { EntryVisibility, ExtensionProvider, MeshConfig, PathNormalization } from './mesh-config.js'
import { providerFault } from './provider-fault.js'

const at = 'mesh'
const everywhere: readonly string[] = ['*']

/** What a layer says; a field that is null says nothing, and what lies below it stays. */
const saidIn = (layer: unknown): Raw =>
  isRaw(layer) ? Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== null)) : emptyRaw

const mergeMaps = (lower: unknown, upper: unknown): Raw => ({ ...saidIn(lower), ...saidIn(upper) })

const mergeProxyConfig = (lower: unknown, upper: unknown): Raw => {
  const merged = mergeMaps(lower, upper)
  const metadata = mergeMaps(isRaw(lower) ? lower['proxyMetadata'] : undefined, isRaw(upper) ? upper['proxyMetadata'] : undefined)
  return { ...merged, proxyMetadata: metadata }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const mergeProviders = (lower: unknown, upper: unknown): readonly unknown[] => {
  const byName = new Map<unknown, unknown>()
  for (const provider of [...listOf(lower), ...listOf(upper)]) byName.set(isRaw(provider) ? provider['name'] : provider, provider)
  return [...byName.values()]
}

/**
 * One layer of MeshConfig over another: top-level fields are replaced as a whole, but for four that are merged.
 *
 * Rule MODEL-3.
 */
export const overlayMeshConfig = (lower: Raw, upper: Raw): Raw => ({
  ...mergeMaps(lower, upper),
  defaultConfig: mergeProxyConfig(lower['defaultConfig'], upper['defaultConfig']),
  trustDomainAliases: [...new Set([...listOf(lower['trustDomainAliases']), ...listOf(upper['trustDomainAliases'])])].sort(),
  extensionProviders: mergeProviders(lower['extensionProviders'], upper['extensionProviders']),
})

const readCertificateEntry = (reading: Reading, item: Raw, where: string): MeshConfig['caCertificates'][number] => {
  const pem = findText(reading, item, 'pem', where)
  const spiffeBundleUrl = findText(reading, item, 'spiffeBundleUrl', where)
  return {
    ...(pem === undefined ? {} : { pem }),
    ...(spiffeBundleUrl === undefined ? {} : { spiffeBundleUrl }),
    trustDomains: readTexts(reading, item, 'trustDomains', where),
  }
}

const readProvider = (reading: Reading, item: Raw, where: string): ExtensionProvider => {
  const http = findObject(reading, item, 'envoyExtAuthzHttp', where)
  const settings = http ?? findObject(reading, item, 'envoyExtAuthzGrpc', where)
  const name = readText(reading, item, 'name', where)
  if (settings === undefined) {
    const type = Object.keys(item).find((key) => key !== 'name')
    return { name, kind: 'OTHER', service: '', port: 0, ...(type === undefined ? {} : { type }) }
  }
  const kind = http === undefined ? 'GRPC_AUTHORIZATION' : 'HTTP_AUTHORIZATION'
  const inside = `${where}.${http === undefined ? 'envoyExtAuthzGrpc' : 'envoyExtAuthzHttp'}`
  const fault = providerFault(reading, settings, inside, http !== undefined)
  return {
    name,
    kind,
    service: readText(reading, settings, 'service', inside),
    port: readNumber(reading, settings, 'port', inside),
    ...(findFlag(reading, settings, 'failOpen', inside) === true ? { failOpen: true as const } : {}),
    ...(fault === undefined ? {} : { fault }),
  }
}

const findSelector = (reading: Reading, item: Raw, key: string, where: string): LabelSelector | undefined => {
  const selector = findObject(reading, item, key, where)
  return selector && readLabelSelector(reading, selector, `${where}.${key}`)
}

const findScopes = (reading: Reading, raw: Raw): Pick<MeshConfig, 'serviceScopes'> => {
  if (raw['serviceScopeConfigs'] === undefined) return {}
  const serviceScopes = readList(reading, raw, 'serviceScopeConfigs', at, (inner, item, where) => ({
    namespaces: findSelector(inner, item, 'namespaceSelector', where),
    services: findSelector(inner, item, 'servicesSelector', where),
    isGlobal: findText(inner, item, 'scope', where) === 'GLOBAL',
  }))
  return { serviceScopes }
}

const readVisibility = (reading: Reading, item: Raw, key: string, where: string): EntryVisibility => {
  const text = findText(reading, item, key, where)
  return text === 'NAMESPACE' || text === 'NONE' ? text : 'PUBLIC'
}

/** A rule that says something else than labels of namespaces takes none. */
const nobody: LabelSelector = { matchLabels: {}, matchExpressions: [{ key: '', operator: 'In', values: [] }] }

const findEntryVisibility = (reading: Reading, raw: Raw): Pick<MeshConfig, 'entryVisibility'> => {
  const visibility = findObject(reading, raw, 'serviceEntryVisibility', at)
  if (visibility === undefined) return {}
  const where = `${at}.serviceEntryVisibility`
  const policies = readList(reading, visibility, 'policies', where, (inner, item, place) => ({
    visibility: readVisibility(inner, item, 'visibility', place),
    namespaces: readList(
      inner,
      item,
      'matchingRules',
      place,
      (rules, rule, spot) => findSelector(rules, rule, 'namespaceSelector', spot) ?? nobody,
    ),
  }))
  return { entryVisibility: { usual: readVisibility(reading, visibility, 'defaultVisibility', where), policies } }
}

const exportsOf = (reading: Reading, raw: Raw, key: string): readonly string[] => {
  const values = readTexts(reading, raw, key, at)
  return values.length === 0 ? everywhere : values
}

const readsConfigCluster = (reading: Reading, raw: Raw): boolean => {
  const sources = readList(reading, raw, 'configSources', at, (inner, item, where) => readText(inner, item, 'address', where))
  return sources.length === 0 || sources.some((address) => address.startsWith('k8s:'))
}

/** DEFAULT is BASE, as is everything that is not understood. */
function readNormalization(reading: Reading, raw: Raw): PathNormalization {
  const inner = readObject(reading, raw, 'pathNormalization', at)
  const words = ['DEFAULT', 'NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'] as const
  const word = findWord(reading, inner, 'normalization', `${at}.pathNormalization`, words) ?? 'DEFAULT'
  return word === 'DEFAULT' ? 'BASE' : word
}

const textsOf = (raw: Raw): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, typeof value === 'string' ? value : String(value)]))

const readFields = (reading: Reading, raw: Raw, systemNamespace: string, because: readonly ResourceRef[]): MeshConfig => {
  const proxyConfig = readObject(reading, raw, 'defaultConfig', at)
  const locality = readLocalitySetting(reading, readObject(reading, raw, 'localityLbSetting', at), `${at}.localityLbSetting`)
  return {
    trustDomain: findText(reading, raw, 'trustDomain', at) || 'cluster.local',
    trustDomainAliases: readTexts(reading, raw, 'trustDomainAliases', at),
    enableAutoMtls: findFlag(reading, raw, 'enableAutoMtls', at) ?? true,
    outboundMode: findOutboundMode(reading, raw, at) ?? 'ALLOW_ANY',
    localityLbSetting: { ...locality, enabled: locality.enabled ?? true },
    rootNamespace: findText(reading, raw, 'rootNamespace', at) || systemNamespace,
    defaultServiceExportTo: exportsOf(reading, raw, 'defaultServiceExportTo'),
    defaultVirtualServiceExportTo: exportsOf(reading, raw, 'defaultVirtualServiceExportTo'),
    defaultDestinationRuleExportTo: exportsOf(reading, raw, 'defaultDestinationRuleExportTo'),
    serviceSettings: readList(reading, raw, 'serviceSettings', at, (inner, item, where) => ({
      clusterLocal: findFlag(inner, readObject(inner, item, 'settings', where), 'clusterLocal', `${where}.settings`) ?? false,
      hosts: readTexts(inner, item, 'hosts', where),
    })),
    ...findScopes(reading, raw),
    ...findEntryVisibility(reading, raw),
    discoverySelectors: readList(reading, raw, 'discoverySelectors', at, readLabelSelector),
    caCertificates: readList(reading, raw, 'caCertificates', at, readCertificateEntry),
    defaultProxyMetadata: textsOf(readObject(reading, proxyConfig, 'proxyMetadata', `${at}.defaultConfig`)),
    discoveryAddress: findText(reading, proxyConfig, 'discoveryAddress', `${at}.defaultConfig`) || `istiod.${systemNamespace}.svc:15012`,
    extensionProviders: readList(reading, raw, 'extensionProviders', at, readProvider),
    defaultAccessLogging: readTexts(reading, readObject(reading, raw, 'defaultProviders', at), 'accessLogging', `${at}.defaultProviders`),
    givesUpDetection: /[1-9]/.test(findText(reading, raw, 'protocolDetectionTimeout', at) ?? ''),
    pathNormalization: readNormalization(reading, raw),
    ingress: {
      mode: findWord(reading, raw, 'ingressControllerMode', at, ['OFF', 'DEFAULT', 'STRICT']) ?? 'STRICT',
      className: findText(reading, raw, 'ingressClass', at) || 'istio',
      service: findText(reading, raw, 'ingressService', at) ?? 'istio-ingressgateway',
      selector: findText(reading, raw, 'ingressSelector', at) ?? '',
    },
    readsConfigCluster: readsConfigCluster(reading, raw),
    because,
  }
}

/** MeshConfig from its merged layers, with Istio's defaults. Rules MODEL-1, MODEL-2, MODEL-3. */
export const readMeshConfig = (raw: Raw, systemNamespace: string, because: readonly ResourceRef[]): MeshConfig =>
  readFields(newReading(), raw, systemNamespace, because)

/** Fields of one layer that cannot be read and count as absent. */
export const unreadableFields = (raw: Raw): readonly Unreadable[] => {
  const reading = newReading()
  readFields(reading, raw, '', [])
  return reading.unreadable
}

/** No layer at all. */
export const noMeshConfig: Raw = emptyRaw
