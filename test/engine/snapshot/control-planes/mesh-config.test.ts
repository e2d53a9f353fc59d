import { describe, expect, it } from 'vitest'
import { unreadablePart } from '#engine/rules/document/object-shapes'
import { overlayMeshConfig, readMeshConfig } from '#engine/snapshot/control-planes/read-mesh-config'
import { snapshotOf } from '../../from-yaml.js'

const read = (raw: Record<string, unknown>) => readMeshConfig(raw, 'istio-system', [])

describe('MeshConfig without a word', () => {
  it('has Istio’s defaults (MODEL-1)', () => {
    expect(read({})).toMatchObject({
      trustDomain: 'cluster.local',
      trustDomainAliases: [],
      enableAutoMtls: true,
      outboundMode: 'ALLOW_ANY',
      localityLbSetting: { enabled: true },
      rootNamespace: 'istio-system',
      defaultServiceExportTo: ['*'],
      defaultVirtualServiceExportTo: ['*'],
      defaultDestinationRuleExportTo: ['*'],
      serviceSettings: [],
      discoverySelectors: [],
    })
  })

  it('an empty outboundTrafficPolicy is REGISTRY_ONLY (MODEL-2)', () => {
    expect(read({ outboundTrafficPolicy: {} }).outboundMode).toBe('REGISTRY_ONLY')
  })

  it('an unknown mode is refused by istiod and leaves the default, a missing one is the zero value (MODEL-2)', () => {
    expect(read({ outboundTrafficPolicy: { mode: 'REGISTRYONLY' } }).outboundMode).toBe('ALLOW_ANY')
    expect(read({ outboundTrafficPolicy: { mode: null } }).outboundMode).toBe('REGISTRY_ONLY')
  })

  it('configSources without the Kubernetes API leave the cluster’s objects inert (MODEL-16)', () => {
    expect(read({ configSources: [{ address: 'xds://x' }] }).readsConfigCluster).toBe(false)
    expect(read({ configSources: [{ address: 'xds://x' }, { address: 'k8s://' }] }).readsConfigCluster).toBe(true)
    expect(read({}).readsConfigCluster).toBe(true)
  })

  it('localityLbSetting without `enabled` is enabled, only false disables (MODEL-3)', () => {
    expect(read({ localityLbSetting: { failover: [] } }).localityLbSetting.enabled).toBe(true)
    expect(read({ localityLbSetting: { enabled: false } }).localityLbSetting.enabled).toBe(false)
  })
})

describe('layers (MODEL-3)', () => {
  it('fields are replaced as a whole, but proxy metadata, aliases and providers are merged', () => {
    const lower = {
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      defaultConfig: { discoveryAddress: 'a:15012', proxyMetadata: { A: '1', B: '1' } },
      trustDomainAliases: ['b', 'a'],
      extensionProviders: [{ name: 'x', v: 1 }, { name: 'y' }],
    }
    const upper = {
      outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
      defaultConfig: { proxyMetadata: { B: '2' } },
      trustDomainAliases: ['c', 'a'],
      extensionProviders: [{ name: 'x', v: 2 }],
    }
    const merged = read(overlayMeshConfig(lower, upper))
    expect(merged).toMatchObject({ outboundMode: 'ALLOW_ANY', trustDomainAliases: ['a', 'b', 'c'], discoveryAddress: 'a:15012' })
    expect(merged.defaultProxyMetadata).toEqual({ A: '1', B: '2' })
    expect(merged.extensionProviders.map(({ name }) => name)).toEqual(['x', 'y'])
  })

  it('a field that is null says nothing, and what lies below stays', () => {
    const lower = {
      trustDomain: 'td',
      outboundTrafficPolicy: {},
      defaultConfig: { discoveryAddress: 'a:15012', proxyMetadata: { A: '1' } },
    }
    const upper = { trustDomain: null, outboundTrafficPolicy: null, defaultConfig: { discoveryAddress: null, proxyMetadata: { A: null } } }
    expect(read(overlayMeshConfig(lower, upper))).toMatchObject({
      trustDomain: 'td',
      outboundMode: 'REGISTRY_ONLY',
      discoveryAddress: 'a:15012',
    })
    expect(read(overlayMeshConfig(lower, upper)).defaultProxyMetadata).toEqual({ A: '1' })
    expect(read(overlayMeshConfig(lower, { defaultConfig: null })).discoveryAddress).toBe('a:15012')
    expect(read(overlayMeshConfig({}, { outboundTrafficPolicy: null })).outboundMode).toBe('ALLOW_ANY')
  })
})

const topology = (resources: string, header = '') =>
  snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:${resources === '' ? ' []' : `\n${resources}`}
${header}`)

const configMap = (name: string, mesh: string, networks = '') => `
      - apiVersion: v1
        kind: ConfigMap
        metadata: { name: ${name}, namespace: istio-system }
        data:
          mesh: |
            ${mesh}${
              networks === ''
                ? ''
                : `
          meshNetworks: |
            ${networks}`
            }`

describe('where MeshConfig is read (MODEL-4)', () => {
  it('from ConfigMap istio, before the header’s words', () => {
    const snapshot = topology(
      configMap('istio', 'trustDomain: of.config.map'),
      'controlPlanes: [{ name: west, cluster: west, meshConfig: { trustDomain: of.header } }]',
    )
    const { meshConfig } = snapshot.view('west').controlPlane
    expect(meshConfig.trustDomain).toBe('of.config.map')
    expect(meshConfig.because).toMatchObject([{ kind: 'ConfigMap', name: 'istio', path: 'data.mesh' }])
  })

  it('a revision has its own ConfigMap', () => {
    const resources = `${configMap('istio', 'trustDomain: default')}${configMap('istio-1-30', 'trustDomain: revised')}`
    const snapshot = topology(resources, 'controlPlanes: [{ name: west/1-30, cluster: west, revision: 1-30 }]')
    expect(snapshot.view('west/1-30').controlPlane.meshConfig.trustDomain).toBe('revised')
  })

  it('without a ConfigMap, from the header; without that, from an installation', () => {
    const operator = `
      - { apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: { name: o }, spec: { profile: minimal, meshConfig: { trustDomain: installed } } }`
    expect(topology(operator).view('west').controlPlane.meshConfig.trustDomain).toBe('installed')
    expect(
      topology(operator, 'controlPlanes: [{ name: west, cluster: west, meshConfig: { trustDomain: of.header } }]').view('west').controlPlane
        .meshConfig.trustDomain,
    ).toBe('of.header')
  })

  it('the shared ConfigMap lies below, and its meshNetworks are taken whole', () => {
    const resources = `${configMap('shared', '{ trustDomain: shared, enableAutoMtls: false }', 'networks: { n1: { endpoints: [{ fromRegistry: west }] } }')}${configMap('istio', 'trustDomain: own', 'networks: { n2: {} }')}`
    const snapshot = topology(resources, 'controlPlanes: [{ name: west, cluster: west, flags: { SHARED_MESH_CONFIG: shared } }]')
    const { meshConfig, meshNetworks } = snapshot.view('west').controlPlane
    expect(meshConfig).toMatchObject({ trustDomain: 'own', enableAutoMtls: false })
    expect(meshNetworks.networks.map((network) => network.name)).toEqual(['n1'])
  })

  it('a setting that would hide ServiceEntries and is not followed is said (MODEL-12)', () => {
    const snapshot = topology(configMap('istio', '{ serviceEntryVisibility: { applyToSidecars: true } }'))
    expect(snapshot.assumptions.map(({ code }) => code)).toContain('SERVICE_ENTRY_VISIBILITY_NOT_MODELLED')
  })

  it('an empty one says nothing, which is as good as readable', () => {
    const empty = `
      - { apiVersion: v1, kind: ConfigMap, metadata: { name: istio, namespace: istio-system }, data: { mesh: "" } }`
    const broken = configMap('istio', '[broken')
    const codes = (resources: string) => topology(resources).assumptions.map(({ code }) => code)
    const extra = codes(broken).filter((code) => !codes(empty).includes(code))
    expect(extra).toHaveLength(1)
    expect(topology(empty).view('west').controlPlane.meshConfig.trustDomain).toBe('cluster.local')
  })

  it('an unreadable one is replaced by defaults, and that is said', () => {
    const snapshot = topology(configMap('istio', '[broken'))
    expect(snapshot.view('west').controlPlane.meshConfig.trustDomain).toBe('cluster.local')
    expect(snapshot.assumptions.map(({ code }) => code)).toContain('MESH_CONFIG_UNREADABLE')
  })

  it('a field that cannot be read is said of the layer that has it, and found (MODEL-2)', () => {
    const unreadable = '{ trustDomain: shared, outboundTrafficPolicy: { mode: REGISTRYONLY } }'
    const snapshot = topology(
      `${configMap('shared', unreadable)}${configMap('istio', '{}')}`,
      'controlPlanes: [{ name: west, cluster: west, flags: { SHARED_MESH_CONFIG: shared } }]',
    )
    expect(snapshot.view('west').controlPlane.meshConfig).toMatchObject({ trustDomain: 'shared', outboundMode: 'ALLOW_ANY' })
    const [found, ...others] = [...unreadablePart.check(snapshot)]
    expect(others).toEqual([])
    expect(found?.on).toMatchObject({ cluster: 'west', kind: 'ConfigMap', name: 'shared', path: 'data.mesh' })
    expect(found?.message).toContain('`mesh.outboundTrafficPolicy.mode`')
    expect(found?.message).toContain('`REGISTRYONLY` is not one of')
    expect(snapshot.assumptions.map(({ code }) => code)).toContain('MESH_CONFIG_UNREADABLE')
  })

  it('also where the header states it', () => {
    const snapshot = topology('', 'controlPlanes: [{ name: west, cluster: west, meshConfig: { outboundTrafficPolicy: { mode: ALLOW } } }]')
    expect([...unreadablePart.check(snapshot)].map(({ on }) => on)).toMatchObject([{ kind: 'ControlPlane', name: 'west' }])
  })
})

describe('meshNetworks (MODEL-14)', () => {
  it('names registries by cluster ID, CIDRs and gateways', () => {
    const networks =
      'networks: { n1: { endpoints: [{ fromRegistry: west }, { fromCidr: 10.0.0.0/8 }], gateways: [{ address: 1.2.3.4, port: 443 }] } }'
    const snapshot = topology(configMap('istio', '{}', networks))
    expect(snapshot.view('west').controlPlane.meshNetworks.networks).toEqual([
      { name: 'n1', fromRegistry: ['west'], fromCidr: ['10.0.0.0/8'], gateways: [{ address: '1.2.3.4', port: 443, locality: '' }] },
    ])
  })
})

describe('feature flags (MODEL-13)', () => {
  it('are istiod’s environment; the header’s hold over them', () => {
    const istiod = `
      - apiVersion: apps/v1
        kind: Deployment
        metadata: { name: istiod, namespace: istio-system }
        spec: { template: { spec: { containers: [{ name: discovery, image: 'docker.io/istio/pilot:1.29.2-distroless', env: [{ name: ISTIO_MULTIROOT_MESH, value: 'true' }, { name: EXTERNAL_ISTIOD, value: 'false' }] }] } } }`
    const snapshot = topology(istiod, "controlPlanes: [{ name: west, cluster: west, flags: { EXTERNAL_ISTIOD: 'true' } }]")
    const { flags, version } = snapshot.view('west').controlPlane
    expect(flags).toEqual({ ISTIO_MULTIROOT_MESH: 'true', EXTERNAL_ISTIOD: 'true' })
    expect(version).toEqual({ text: '1.29.2', parsed: [1, 29, 2], assumed: false })
  })

  it('a version that nobody tells is the newest known, as an assumption', () => {
    const snapshot = topology('      []')
    expect(snapshot.view('west').controlPlane.version).toEqual({ text: '1.32', parsed: [1, 32, Number.POSITIVE_INFINITY], assumed: true })
    expect(snapshot.assumptions.map(({ code }) => code)).toContain('VERSION_ASSUMED')
  })
})
