import { describe, expect, it } from 'vitest'
import { readOne, unreadPaths } from '../read-one.js'

const operator = (spec: string) => readOne('install.istio.io', 'IstioOperator', `spec: ${spec}`).installations[0]
const gateways = (spec: string) => operator(spec)?.gateways.map(({ service }) => `${service.meta.namespace}/${service.meta.name}`)

describe('an IstioOperator', () => {
  it('of which nothing is said installs the default profile and its default revision', () => {
    expect(operator('{}')).toMatchObject({ profile: 'default', revision: '', env: {}, path: 'spec' })
    expect(operator('{}')).not.toHaveProperty('meshConfig')
    expect(operator('{}')).not.toHaveProperty('network')
  })

  it('states facts in its values, and its own MeshConfig stands over the one there (MODEL-4)', () => {
    const read = operator(
      '{ revision: r, tag: v1.24.1, meshConfig: { trustDomain: own }, values: { meshConfig: { trustDomain: lower }, global: { meshID: m, network: n1, multiCluster: { clusterName: west }, externalIstiod: true, istioNamespace: mesh-system } } }',
    )
    expect(read).toMatchObject({
      revision: 'r',
      version: '1.24.1',
      meshConfig: { trustDomain: 'own' },
      meshId: 'm',
      network: 'n1',
      clusterName: 'west',
      externalIstiod: true,
      namespace: 'mesh-system',
    })
  })

  it('writes variables of istiod with and without quotes', () => {
    expect(operator('{ values: { pilot: { env: { A: true, B: "false", C: 3 } } } }')?.env).toEqual({ A: 'true', B: 'false', C: '3' })
  })

  it.each([
    ['default', ['istio-system/istio-ingressgateway']],
    ['demo', ['istio-system/istio-ingressgateway', 'istio-system/istio-egressgateway']],
    ['openshift', ['istio-system/istio-ingressgateway']],
    ['preview', ['istio-system/istio-ingressgateway']],
    ['stable', ['istio-system/istio-ingressgateway']],
    ['minimal', []],
    ['ambient', []],
    ['openshift-ambient', []],
    ['remote', []],
    ['empty', []],
  ])('of profile %s brings the gateways %o, as every profile is laid over the default one', (profile, expected) => {
    expect(gateways(`{ profile: ${profile} }`)).toEqual(expected)
  })

  it('turns a gateway of its profile off, moves it, or adds another', () => {
    const components = (list: string) => gateways(`{ components: { ingressGateways: [${list}] } }`)
    expect(components('{ name: istio-ingressgateway, enabled: false }')).toEqual([])
    expect(components('{ name: istio-ingressgateway, namespace: edge }')).toEqual(['edge/istio-ingressgateway'])
    expect(components('{ name: istio-eastwestgateway }')).toEqual([
      'istio-system/istio-eastwestgateway',
      'istio-system/istio-ingressgateway',
    ])
  })

  it('gives a gateway its labels, a Service that selects it, and its environment (NET-5)', () => {
    const component =
      '{ name: ew, label: { istio: eastwestgateway, topology.istio.io/network: n1 }, k8s: { env: [{ name: ISTIO_META_REQUESTED_NETWORK_VIEW, value: n1 }], service: { ports: [{ name: tls, port: 15443 }] } } }'
    const [ew] = operator(`{ profile: minimal, components: { ingressGateways: [${component}] } }`)?.gateways ?? []
    expect(ew?.service).toMatchObject({
      type: 'LoadBalancer',
      selector: { app: 'istio-ingressgateway', istio: 'eastwestgateway' },
      ports: [{ name: 'tls', number: 15443 }],
    })
    expect(ew?.service.meta.labels).toMatchObject({ 'topology.istio.io/network': 'n1' })
    expect(ew?.controller.template).toMatchObject({
      proxyEnv: { ISTIO_META_REQUESTED_NETWORK_VIEW: 'n1' },
      labels: { istio: 'eastwestgateway' },
    })
  })

  it.each([
    ['{ values: { global: { network: 1 } } }', ['spec.values.global.network']],
    ['{ values: { pilot: { env: { A: [] } } } }', ['spec.values.pilot.env.A']],
    ['{ meshConfig: [] }', ['spec.meshConfig']],
    ['{ components: { ingressGateways: [3] } }', ['spec.components.ingressGateways[0]']],
    [
      '{ components: { ingressGateways: [{ k8s: { service: { ports: [{ port: web }] } } }] } }',
      ['spec.components.ingressGateways[0].k8s.service.ports[0].port'],
    ],
  ])('that says %s is noted at %o and kept', (spec, paths) => {
    expect(unreadPaths(readOne('install.istio.io', 'IstioOperator', `spec: ${spec}`))).toEqual(paths)
    expect(operator(spec)?.profile).toBe('default')
  })
})

describe('other forms of an installation', () => {
  const one = (group: string, kind: string, yaml: string) => readOne(group, kind, yaml).installations[0]

  it('Sail names the revision by the object, `default` being the default one', () => {
    expect(one('sailoperator.io', 'Istio', '{ metadata: { name: default }, spec: { version: v1.24.2, namespace: i } }')).toMatchObject({
      revision: '',
      version: '1.24.2',
      namespace: 'i',
    })
    expect(one('sailoperator.io', 'IstioRevision', '{ metadata: { name: default-v1-24-2 } }')?.revision).toBe('default-v1-24-2')
  })

  it('a ServiceMeshControlPlane numbers its own releases, and one that is unknown tells no version', () => {
    const plane = (spec: string) => one('maistra.io', 'ServiceMeshControlPlane', `spec: ${spec}`)
    expect(plane('{ version: v2.6, security: { trust: { domain: td } }, cluster: { name: c, network: x } }')).toMatchObject({
      version: '1.20',
      namespace: 'n',
      meshConfig: { trustDomain: 'td' },
      clusterName: 'c',
      network: 'x',
    })
    expect(plane('{ version: v9.9 }')).not.toHaveProperty('version')
    expect(plane('{ version: constructor }')).not.toHaveProperty('version')
  })

  it('of the releases of Helm only that of istiod tells of the mesh', () => {
    const release = (name: string) =>
      one(
        'helm.toolkit.fluxcd.io',
        'HelmRelease',
        `{ metadata: { name: ${name} }, spec: { values: { revision: r, global: { meshID: m } } } }`,
      )
    expect(release('istiod')).toMatchObject({ revision: 'r', meshId: 'm', path: 'spec.values' })
    expect(release('shop')).toBeUndefined()
  })

  it('values in a document of their own are told of by their own path', () => {
    const values = '{ values: { global: { network: 1, meshID: m }, pilot: { env: { A: [] } } } }'
    expect(one('helm.istio.io', 'Values', values)).toMatchObject({ meshId: 'm', path: 'values' })
    expect(unreadPaths(readOne('helm.istio.io', 'Values', values))).toEqual(['values.global.network', 'values.pilot.env.A'])
  })

  it.each([
    ['istio-sidecar-injector', '{"global":{"network":"n1"}}', '', []],
    ['istio-sidecar-injector-1-30', '{"global":{"network":"n1"}}', '1-30', []],
    ['istio-sidecar-injector', '[1]', undefined, []],
    ['istio-sidecar-injector', '{broken', undefined, ['data.values']],
    ['istio-sidecar-injectors', '{}', undefined, []],
    ['settings', '{broken', undefined, []],
  ])('the injector’s values of ConfigMap %s that say %s are of revision %o (NET-3)', (name, values, revision, paths) => {
    const read = readOne('', 'ConfigMap', `{ metadata: { name: ${name} }, data: { values: '${values}' } }`)
    expect(read.installations[0]?.revision).toBe(revision)
    expect(unreadPaths(read)).toEqual(paths)
  })
})

describe('a revision tag (MODEL-27)', () => {
  const webhook = (labels: string) =>
    readOne('admissionregistration.k8s.io', 'MutatingWebhookConfiguration', `metadata: { labels: ${labels} }`).revisionTags

  it('is told by the labels of its webhook, and other webhooks tell none', () => {
    expect(webhook('{ istio.io/tag: prod, istio.io/rev: 1-30 }')).toMatchObject([{ tag: 'prod', revision: '1-30' }])
    expect(webhook('{ istio.io/rev: 1-30 }')).toEqual([])
  })

  it('of Sail is named by the object and leads to its target; without a target it is none', () => {
    const tag = (spec: string) => readOne('sailoperator.io', 'IstioRevisionTag', `{ metadata: { name: prod }, spec: ${spec} }`).revisionTags
    expect(tag('{ targetRef: { kind: IstioRevision, name: r1 } }')).toMatchObject([{ tag: 'prod', revision: 'r1' }])
    expect(tag('{ targetRef: r1 }')).toEqual([])
  })
})
