import { describe, expect, it } from 'vitest'
import type { MeshConfig } from '#engine/snapshot/control-planes/mesh-config'
import { readMeshConfig, unreadableFields } from '#engine/snapshot/control-planes/read-mesh-config'

type Raw = Readonly<Record<string, unknown>>
const read = (raw: Raw) => readMeshConfig(raw, 'mesh-system', [])
const ingress = { mode: 'STRICT', className: 'istio', service: 'istio-ingressgateway', selector: '' } as const

describe('a field of MeshConfig (MODEL-1)', () => {
  it.each<[string, Raw, Partial<MeshConfig>]>([
    ['a trust domain', { trustDomain: 'corp' }, { trustDomain: 'corp' }],
    ['an empty trust domain, which is the usual one', { trustDomain: '' }, { trustDomain: 'cluster.local' }],
    ['no root namespace, which is istiod’s own', {}, { rootNamespace: 'mesh-system' }],
    ['a root namespace', { rootNamespace: 'config' }, { rootNamespace: 'config' }],
    ['automatic mutual TLS that is off (MODEL-8)', { enableAutoMtls: false }, { enableAutoMtls: false }],
    ['null, which is nothing', { enableAutoMtls: null, trustDomain: null }, { enableAutoMtls: true, trustDomain: 'cluster.local' }],
    [
      'exports, an empty list being none',
      { defaultServiceExportTo: ['.'], defaultVirtualServiceExportTo: [] },
      { defaultServiceExportTo: ['.'], defaultVirtualServiceExportTo: ['*'] },
    ],
    [
      'cluster-local hosts (VIS-33)',
      { serviceSettings: [{ settings: { clusterLocal: true }, hosts: ['*.a'] }, { hosts: ['b'] }] },
      {
        serviceSettings: [
          { clusterLocal: true, hosts: ['*.a'] },
          { clusterLocal: false, hosts: ['b'] },
        ],
      },
    ],
    [
      'authorities (MODEL-9)',
      { caCertificates: [{ pem: 'x', trustDomains: ['td'] }, { spiffeBundleUrl: 'https://a' }] },
      {
        caCertificates: [
          { pem: 'x', trustDomains: ['td'] },
          { spiffeBundleUrl: 'https://a', trustDomains: [] },
        ],
      },
    ],
    [
      'metadata of proxies, written without quotes (MODEL-11)',
      { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: true, N: 1 } } },
      { defaultProxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true', N: '1' } },
    ],
    ['no discovery address, which is istiod’s own', {}, { discoveryAddress: 'istiod.mesh-system.svc:15012' }],
    [
      'a discovery address (MODEL-25)',
      { defaultConfig: { discoveryAddress: 'istiod-r.ns.svc:15012' } },
      { discoveryAddress: 'istiod-r.ns.svc:15012' },
    ],
    [
      'an outbound mode of later releases (ROUTE-30)',
      { outboundTrafficPolicy: { mode: 'ALLOW_ANY_DYNAMIC_DNS' } },
      { outboundMode: 'ALLOW_ANY_DYNAMIC_DNS' },
    ],
    ['a timeout of detection', { protocolDetectionTimeout: '5s' }, { givesUpDetection: true }],
    ['paths as they come', { pathNormalization: { normalization: 'NONE' } }, { pathNormalization: 'NONE' }],
    ['paths by default', { pathNormalization: {} }, { pathNormalization: 'BASE' }],
    ['a timeout of nothing', { protocolDetectionTimeout: '0s' }, { givesUpDetection: false }],
    ['nothing of Ingresses', {}, { ingress }],
    [
      'how Ingresses are served',
      { ingressControllerMode: 'DEFAULT', ingressClass: 'web', ingressService: 'edge', ingressSelector: 'edge' },
      { ingress: { mode: 'DEFAULT', className: 'web', service: 'edge', selector: 'edge' } },
    ],
    ['Ingresses that are not served (MODEL-16)', { ingressControllerMode: 'OFF' }, { ingress: { ...ingress, mode: 'OFF' } }],
    [
      'selectors of namespaces (MODEL-6)',
      { discoverySelectors: [{ matchLabels: { mesh: 'a' } }] },
      { discoverySelectors: [{ matchLabels: { mesh: 'a' }, matchExpressions: [] }] },
    ],
  ])('is read of %s', (_title, raw, expected) => {
    expect(read(raw)).toMatchObject(expected)
    expect(unreadableFields(raw)).toEqual([])
  })

  it.each<[Raw, readonly string[]]>([
    [{ trustDomain: 1 }, ['mesh.trustDomain']],
    [{ trustDomainAliases: 'old' }, ['mesh.trustDomainAliases']],
    [{ enableAutoMtls: 'false' }, ['mesh.enableAutoMtls']],
    [{ outboundTrafficPolicy: 'REGISTRY_ONLY' }, ['mesh.outboundTrafficPolicy']],
    [{ outboundTrafficPolicy: { mode: 'registry_only' } }, ['mesh.outboundTrafficPolicy.mode']],
    [{ defaultServiceExportTo: '*' }, ['mesh.defaultServiceExportTo']],
    [{ serviceSettings: { hosts: [] } }, ['mesh.serviceSettings']],
    [{ serviceSettings: [{}, { hosts: 'a' }] }, ['mesh.serviceSettings[1].hosts']],
    [{ discoverySelectors: [{ matchLabels: ['a'] }] }, ['mesh.discoverySelectors[0].matchLabels']],
    [{ discoverySelectors: ['a'] }, ['mesh.discoverySelectors[0]']],
    [{ caCertificates: [{ pem: ['x'] }] }, ['mesh.caCertificates[0].pem']],
    [{ defaultConfig: [] }, ['mesh.defaultConfig']],
    [{ defaultConfig: { proxyMetadata: 'A=1' } }, ['mesh.defaultConfig.proxyMetadata']],
    [
      { extensionProviders: [{ name: 'a', envoyExtAuthzGrpc: { service: 'a', port: 'http' } }] },
      ['mesh.extensionProviders[0].envoyExtAuthzGrpc.port'],
    ],
    [{ ingressControllerMode: 'ON' }, ['mesh.ingressControllerMode']],
    [{ configSources: 'k8s://' }, ['mesh.configSources']],
    [{ localityLbSetting: { enabled: 'no' } }, ['mesh.localityLbSetting.enabled']],
    [{ serviceSettings: [{ settings: { clusterLocal: 'yes' } }] }, ['mesh.serviceSettings[0].settings.clusterLocal']],
    [
      { extensionProviders: [{ name: 'a', envoyExtAuthzHttp: { service: 'a', port: 80, pathPrefix: 1 } }] },
      ['mesh.extensionProviders[0].envoyExtAuthzHttp.pathPrefix'],
    ],
    [{ defaultConfig: { discoveryAddress: 15012 } }, ['mesh.defaultConfig.discoveryAddress']],
  ])('in %j cannot be read, is noted by its path %j, and leaves all defaults', (raw, paths) => {
    expect(unreadableFields(raw).map(({ path }) => path)).toEqual(paths)
    expect(read(raw)).toMatchObject({
      trustDomain: 'cluster.local',
      enableAutoMtls: true,
      outboundMode: 'ALLOW_ANY',
      readsConfigCluster: true,
    })
  })
})
