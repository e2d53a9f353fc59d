import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../../from-yaml.js'

const cluster = (name: string, resources: readonly string[], header = '') =>
  `  - { name: ${name}, ${header} resources: [${resources.join(', ')}] }`
const role = (name: string, clusters: readonly string[], rest = '') =>
  snapshotOf(`\nclusters:\n${clusters.join('\n')}\n${rest}`).clusters.get(name)?.role

const istiod = (env = '', namespace = 'istio-system') =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: istiod, namespace: ${namespace} }, spec: { template: { spec: { containers: [{ name: discovery, image: istio/pilot:1.24.1, env: [${env}] }] } } } }`
const operator = (spec: string) => `{ apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: { name: o }, spec: ${spec} }`
const namespace = (metadata: string) => `{ apiVersion: v1, kind: Namespace, metadata: ${metadata} }`
const plain = '{ apiVersion: v1, kind: Service, metadata: { name: s, namespace: shop }, spec: { clusterIP: 10.0.0.1 } }'
const remoteSecret = (key: string) =>
  `{ apiVersion: v1, kind: Secret, metadata: { name: s, namespace: istio-system, labels: { istio/multiCluster: "true" } }, data: { ${key}: "" } }`

describe('the role of a cluster (TOPO-2)', () => {
  it.each([
    ['istio', 'istio.io/gateway-controller', 'PRIMARY'],
    ['edge', 'istio.io/gateway-controller', 'PRIMARY'],
    ['edge', 'istio.io/mesh-controller', 'PRIMARY'],
    ['edge', 'example.com/controller', 'NONE'],
  ])('with nothing but a GatewayClass `%s` of `%s` is taken as %s (GWAPI-7, GWAPI-8)', (name, controllerName, expected) => {
    const object = `{ apiVersion: gateway.networking.k8s.io/v1, kind: GatewayClass, metadata: { name: ${name} }, spec: { controllerName: ${controllerName} } }`
    expect(role('west', [cluster('west', [object])])).toMatchObject({ value: expected, provenance: 'ASSUMED' })
  })

  it.each([
    ['that runs an istiod is PRIMARY', [istiod()], 'PRIMARY', 'DERIVED'],
    ['whose installation brings an istiod is PRIMARY', [operator('{}')], 'PRIMARY', 'DERIVED'],
    ['whose installation is of profile remote is REMOTE', [operator('{ profile: remote }')], 'REMOTE', 'DERIVED'],
    [
      'whose installation names a remote istiod is REMOTE',
      [operator('{ values: { global: { remotePilotAddress: 1.2.3.4 } } }')],
      'REMOTE',
      'DERIVED',
    ],
    [
      'whose Service of istiod has no selector is REMOTE (MODEL-25)',
      ['{ apiVersion: v1, kind: Service, metadata: { name: istiod, namespace: istio-system }, spec: { clusterIP: None } }'],
      'REMOTE',
      'DERIVED',
    ],
    ['with nothing of Istio is in no mesh', [plain], 'NONE', 'ASSUMED'],
    [
      'with a namespace that asks for injection runs its own control plane, as far as one can tell',
      [namespace('{ name: shop, labels: { istio-injection: enabled } }')],
      'PRIMARY',
      'ASSUMED',
    ],
    [
      'with a namespace that refuses injection is in no mesh',
      [namespace('{ name: shop, labels: { istio-injection: disabled } }')],
      'NONE',
      'ASSUMED',
    ],
    ['whose installation is empty tells nothing by it', [operator('{ profile: empty }')], 'PRIMARY', 'ASSUMED'],
  ] as const)('%s', (_, resources, value, provenance) => {
    expect(role('west', [cluster('west', resources)])).toMatchObject({ value, provenance })
  })

  it('is what the header states, whatever runs there', () => {
    const header = 'controlPlane: { role: NONE },'
    expect(role('west', [cluster('west', [istiod()], header)])).toMatchObject({ value: 'NONE', provenance: 'STATED' })
  })

  it('that hosts only the istiod of another is EXTERNAL, and that other one REMOTE (MODEL-24)', () => {
    const external = [cluster('ext', [istiod('{ name: CLUSTER_ID, value: west }')]), cluster('west', [plain])]
    expect(role('ext', external)).toMatchObject({ value: 'EXTERNAL', provenance: 'DERIVED' })
    expect(role('west', external)).toMatchObject({ value: 'REMOTE', provenance: 'DERIVED' })
  })

  it('whose istiod names a cluster that nobody lists serves its own', () => {
    expect(role('ext', [cluster('ext', [istiod('{ name: CLUSTER_ID, value: Kubernetes }')])])).toMatchObject({ value: 'PRIMARY' })
  })

  it.each([
    ['west', 'REMOTE'],
    ['"north, west"', 'REMOTE'],
    ['north', 'NONE'],
    ['east', 'NONE'],
  ])('whose system namespace is annotated with %s is %s (MODEL-24)', (names, value) => {
    const annotated = namespace(`{ name: istio-system, annotations: { topology.istio.io/controlPlaneClusters: ${names} } }`)
    expect(role('east', [cluster('west', [istiod()]), cluster('east', [annotated])])?.value).toBe(value)
  })

  it('that shows no istiod and is read by one elsewhere is taken to be managed from there', () => {
    expect(role('east', [cluster('west', [istiod(), remoteSecret('east')]), cluster('east', [plain])])).toMatchObject({
      value: 'REMOTE',
      provenance: 'ASSUMED',
    })
  })

  it('that the header names as host of a control plane is PRIMARY, as its configuration REMOTE', () => {
    const planes = 'controlPlanes: [{ name: cp, cluster: west, configCluster: east }]'
    const clusters = [cluster('west', [plain]), cluster('east', [plain])]
    expect([role('west', clusters, planes)?.value, role('east', clusters, planes)?.value]).toEqual(['PRIMARY', 'REMOTE'])
  })
})
