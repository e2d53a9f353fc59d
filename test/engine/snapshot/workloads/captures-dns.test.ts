import { describe, expect, it } from 'vitest'
import { type CaptureInput, capturesDns } from '#engine/snapshot/workloads/captures-dns'
import { readOne } from '../../resources/read-one.js'

const key = 'ISTIO_META_DNS_CAPTURE'
const config = (namespace: string, spec: string) =>
  readOne('networking.istio.io', 'ProxyConfig', `{ metadata: { namespace: ${namespace} }, spec: ${spec} }`).proxyConfigs
const silent: CaptureInput = {
  proxyEnv: {},
  observed: false,
  annotations: {},
  labels: { app: 'web' },
  namespace: 'shop',
  rootNamespace: 'istio-system',
  proxyConfigs: undefined,
  defaultProxyMetadata: {},
  stated: undefined,
}
const environment = (value: string) => `environmentVariables: { ${key}: '${value}' }`
const annotated = (value: string) => ({ 'proxy.istio.io/config': `proxyMetadata: { ${key}: ${value} }` })
const meshWide = { defaultProxyMetadata: { [key]: 'true' } }
const selecting = `{ selector: { matchLabels: { app: web } }, ${environment('true')} }`

describe('whether a proxy answers its application’s DNS questions (MODEL-11, DNS-18)', () => {
  it.each<[string, Partial<CaptureInput>, boolean]>([
    ['no, where nobody says so', {}, false],
    ['as the mesh says', meshWide, true],
    ['as the document states of the cluster, before the mesh', { ...meshWide, stated: false }, false],
    ['as the document states, where nobody else does', { stated: true }, true],
    ['as the annotation says, before what is stated', { annotations: annotated('"true"'), stated: false }, true],
    ['as the annotation says, written without quotes', { annotations: annotated('true') }, true],
    ['not by the annotation’s no, whatever the mesh says', { ...meshWide, annotations: annotated('"false"') }, false],
    ['as the mesh says, where the annotation cannot be read', { ...meshWide, annotations: { 'proxy.istio.io/config': '[broken' } }, true],
    ['as a ProxyConfig of the namespace says', { proxyConfigs: config('shop', `{ ${environment('true')} }`) }, true],
    ['as a ProxyConfig that selects it says', { proxyConfigs: config('shop', selecting) }, true],
    ['not as one that selects others says', { labels: { app: 'api' }, proxyConfigs: config('shop', selecting) }, false],
    ['as a ProxyConfig of the root namespace says', { proxyConfigs: config('istio-system', `{ ${environment('true')} }`) }, true],
    ['not as a ProxyConfig of the root namespace that selects says', { proxyConfigs: config('istio-system', selecting) }, false],
    ['not as one of a third namespace says', { proxyConfigs: config('bank', `{ ${environment('true')} }`) }, false],
    [
      'as a ProxyConfig that selects it says, before the annotation (EXT-11)',
      { annotations: annotated('"false"'), proxyConfigs: config('shop', selecting) },
      true,
    ],
    [
      'as the annotation says, before a ProxyConfig of the namespace (EXT-11)',
      { annotations: annotated('"false"'), proxyConfigs: config('shop', `{ ${environment('true')} }`) },
      false,
    ],
    [
      'not as one whose selector has no labels says (EXT-11)',
      { proxyConfigs: config('shop', `{ selector: { matchLabels: {} }, ${environment('true')} }`) },
      false,
    ],
    ['as the environment of the proxy says', { proxyEnv: { [key]: 'true' }, annotations: annotated('"false"') }, true],
    ['no, where the proxy runs without the variable', { ...meshWide, proxyEnv: { OTHER: '1' }, observed: true }, false],
    ['as the mesh says, where a template only names other variables', { ...meshWide, proxyEnv: { OTHER: '1' } }, true],
    ['no, by any other word than true', { proxyEnv: { [key]: '1' } }, false],
  ])('%s', (_title, input, expected) => expect(capturesDns({ ...silent, ...input })).toBe(expected))
})
