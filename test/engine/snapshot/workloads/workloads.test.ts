import { describe, expect, it } from 'vitest'
import type { Workload } from '#engine/snapshot/workloads/workload'
import { snapshotOf } from '../../from-yaml.js'

/** Workloads of namespace `shop` in a primary cluster with these objects. */
const workloads = (resources: string, cluster = '', rest = ''): readonly Workload[] =>
  snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    ${cluster}
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
${resources}
${rest}`)
    .clusters.get('west')
    ?.workloads('shop') ?? []

const deployment = (template: string, spec = '{ containers: [{ name: app }] }', more = '') =>
  `      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop }, spec: { ${more} template: { metadata: ${template}, spec: ${spec} } } }`

const pod = (
  name: string,
  metadata: string,
  spec: string,
  status = '{ phase: Running, podIP: 10.0.0.1, conditions: [{ type: Ready, status: "True" }] }',
) => `      - { apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: shop, ${metadata} }, spec: ${spec}, status: ${status} }`

const proxied = '{ containers: [{ name: app }, { name: istio-proxy, env: [{ name: ISTIO_META_NETWORK, value: n1 }] }] }'
const owner = (kind: string, name: string) => `ownerReferences: [{ kind: ${kind}, name: ${name}, controller: true }]`

describe('templates are judged by what injection would do (MODEL-30)', () => {
  it('an injected one gets the tlsMode label and the network (MODEL-29, NET-3)', () => {
    const [web] = workloads(deployment('{ labels: { app: web } }'), 'network: n1')
    expect(web).toMatchObject({
      dataPlane: 'SIDECAR',
      tlsMode: 'istio',
      proxyNetwork: 'n1',
      networkLabel: 'n1',
      synthesised: true,
      ready: true,
      ips: [],
    })
  })

  it('the user’s own tlsMode label stays (MODEL-29)', () => {
    expect(workloads(deployment('{ labels: { security.istio.io/tlsMode: disabled } }'))[0]?.tlsMode).toBe('disabled')
  })

  it('the pod’s network label beats the installation’s value, which beats the header’s word (NET-3)', () => {
    const operator =
      '      - { apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: { name: o }, spec: { profile: minimal, values: { global: { network: n2 } } } }\n'
    expect(workloads(operator + deployment('{ labels: { topology.istio.io/network: n3 } }'), 'network: n1')[0]?.proxyNetwork).toBe('n3')
    expect(workloads(operator + deployment('{}'), 'network: n1')[0]?.proxyNetwork).toBe('n2')
  })

  it('the label on the system namespace gives a proxy no network where the installation names none (NET-3)', () => {
    const labelled =
      '      - { apiVersion: v1, kind: Namespace, metadata: { name: istio-system, labels: { topology.istio.io/network: n1 } } }\n'
    const operator =
      '      - { apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: { name: o }, spec: { profile: minimal } }\n'
    expect(workloads(labelled + operator + deployment('{}'))[0]).toMatchObject({ dataPlane: 'SIDECAR', proxyNetwork: '' })
    expect(workloads(labelled + deployment('{}'))[0]?.proxyNetwork).toBe('n1')
  })

  it('without replicas there is something to ask about, but nothing ready', () => {
    expect(workloads(deployment('{}', undefined, 'replicas: 0,'))[0]?.ready).toBe(false)
  })

  it('a gateway gets no tlsMode label (MODEL-29, MODEL-35)', () => {
    const gateway = deployment(
      '{ labels: { istio: ingressgateway }, annotations: { inject.istio.io/templates: gateway } }',
      '{ containers: [{ name: istio-proxy, image: auto, env: [{ name: ISTIO_META_REQUESTED_NETWORK_VIEW, value: "n1, n2" }] }] }',
    )
    expect(workloads(gateway)[0]).toMatchObject({
      dataPlane: 'GATEWAY',
      tlsMode: 'disabled',
      controlPlane: 'west',
      requestedNetworks: ['n1', 'n2'],
    })
  })

  it('a gateway made from a labelled Gateway asks for its own network alone, a gateway by hand for all (NET-5)', () => {
    const labels = (more: string) =>
      `{ labels: { topology.istio.io/network: n1${more} }, annotations: { inject.istio.io/templates: gateway } }`
    const managed = deployment(labels(', gateway.istio.io/managed: istio.io-gateway-controller'))
    expect(workloads(managed)[0]?.requestedNetworks).toEqual(['n1'])
    expect(workloads(deployment(labels('')))[0]?.requestedNetworks).toEqual([])
  })

  it('a proxyless gRPC template has no sidecar and no label (MODEL-29)', () => {
    expect(workloads(deployment('{ annotations: { inject.istio.io/templates: grpc-agent } }'))[0]).toMatchObject({
      dataPlane: 'PROXYLESS',
      tlsMode: 'disabled',
    })
  })

  it('a host-network pod is never captured, in ambient or otherwise (MODEL-28, MODEL-31)', () => {
    expect(workloads(deployment('{ labels: { istio.io/dataplane-mode: ambient } }', '{ hostNetwork: true }'))[0]?.dataPlane).toBe('NONE')
  })

  it('ambient takes what has no sidecar; a pod may opt out (MODEL-31)', () => {
    const opted = (mode: string) => deployment(`{ labels: { sidecar.istio.io/inject: 'false', istio.io/dataplane-mode: ${mode} } }`)
    expect(workloads(opted('ambient'))[0]?.dataPlane).toBe('AMBIENT')
    expect(workloads(opted('none'))[0]?.dataPlane).toBe('NONE')
  })
})

describe('pods show what they are (MODEL-30)', () => {
  it('a pod made before its namespace was labelled is naked, whatever injection would do', () => {
    expect(workloads(pod('web-1', 'labels: { app: web }', '{ containers: [{ name: app }] }'))[0]).toMatchObject({
      dataPlane: 'NONE',
      tlsMode: 'disabled',
      synthesised: false,
      ips: ['10.0.0.1'],
    })
  })

  it('the environment of the proxy tells its network, the label the endpoint’s (NET-1, NET-3)', () => {
    expect(workloads(pod('web-1', 'labels: { app: web }', proxied))[0]).toMatchObject({
      dataPlane: 'SIDECAR',
      proxyNetwork: 'n1',
      networkLabel: '',
    })
  })

  it('a template with pods has no stand-in; the ReplicaSet’s Deployment is the owner, by object or by name', () => {
    const pods = pod('web-5d8f-x', `labels: { pod-template-hash: 5d8f }, ${owner('ReplicaSet', 'web-5d8f')}`, proxied)
    const found = workloads(`${pods}\n${deployment('{}')}`)
    expect(found.map(({ name, owner: top }) => [name, top])).toEqual([['web-5d8f-x', { kind: 'Deployment', name: 'web' }]])
  })

  it('a Job of a CronJob belongs to it, a bare pod to itself', () => {
    const found = workloads(`${pod('tick-28000000-x', owner('Job', 'tick-28000000'), proxied)}\n${pod('lone', 'labels: {}', proxied)}`)
    expect(found.map(({ owner: top }) => `${top.kind}/${top.name}`)).toEqual(['Pod/lone', 'CronJob/tick'])
  })

  it('finished pods are left out; an unready or leaving one is not ready (EDS-11)', () => {
    const found = workloads(
      [
        pod('done', 'labels: {}', proxied, '{ phase: Succeeded }'),
        pod('slow', 'labels: {}', proxied, '{ phase: Running, conditions: [{ type: Ready, status: "False" }] }'),
        pod('going', 'deletionTimestamp: "2026-01-01T00:00:00Z"', proxied),
      ].join('\n'),
    )
    expect(found.map(({ name, ready }) => [name, ready])).toEqual([
      ['going', false],
      ['slow', false],
    ])
  })

  it('where pods are shown, a template without any takes no traffic', () => {
    const found = workloads(`${pod('lone', 'labels: {}', proxied)}\n${deployment('{}')}`)
    expect(found.map(({ name, ready }) => [name, ready])).toEqual([
      ['lone', true],
      ['web', false],
    ])
  })
})

describe('locality (MODEL-33)', () => {
  const node =
    '      - { apiVersion: v1, kind: Node, metadata: { name: k1, labels: { topology.kubernetes.io/region: r1, topology.kubernetes.io/zone: z1, topology.istio.io/subzone: s1 } } }\n'
  const on = (metadata: string) => pod('web-1', metadata, '{ nodeName: k1, containers: [{ name: app }] }')

  it('the pod’s label, then its node’s, then the header’s word on the cluster', () => {
    expect(workloads(node + on('labels: { istio-locality: a.b.c }'))[0]?.locality).toEqual({ region: 'a', zone: 'b', subzone: 'c' })
    expect(workloads(node + on('labels: {}'), 'region: x')[0]?.locality).toEqual({ region: 'r1', zone: 'z1', subzone: 's1' })
    expect(workloads(on('labels: {}'), 'region: x')[0]?.locality).toEqual({ region: 'x', zone: '', subzone: '' })
  })
})

describe('DNS capture (MODEL-11, DNS-18)', () => {
  const annotated = '{ annotations: { proxy.istio.io/config: "proxyMetadata: { ISTIO_META_DNS_CAPTURE: \\"true\\" }" } }'
  const meshWide =
    'controlPlanes: [{ name: west, cluster: west, meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" } } } }]'
  const config = (selector: string) =>
    `      - { apiVersion: networking.istio.io/v1beta1, kind: ProxyConfig, metadata: { name: p, namespace: shop }, spec: { ${selector} environmentVariables: { ISTIO_META_DNS_CAPTURE: 'true' } } }\n`

  it.each([
    ['is off by default', deployment('{}'), '', '', false],
    ['is turned on by an annotation', deployment(annotated), '', '', true],
    ['is turned on by a ProxyConfig of the namespace', config('') + deployment('{}'), '', '', true],
    ['… but not by one that selects other pods', config('selector: { matchLabels: { app: other } },') + deployment('{}'), '', '', false],
    ['is turned on by MeshConfig', deployment('{}'), '', meshWide, true],
    ['is stated for the cluster over MeshConfig', deployment('{}'), 'dns: { capture: false }', meshWide, false],
    ['is told by a running pod’s environment alone', pod('web-1', 'labels: {}', proxied), '', meshWide, false],
  ] as const)('%s', (_, resources, cluster, rest, expected) => expect(workloads(resources, cluster, rest)[0]?.dnsCapture).toBe(expected))
})

describe('virtual machines', () => {
  const entry = (spec: string, annotations = '{}') =>
    `      - { apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: { name: vm1, namespace: shop, annotations: ${annotations} }, spec: ${spec} }\n`

  it('a service account means a proxy with an identity; the network is the field (EDS-20, EDS-21)', () => {
    expect(workloads(entry('{ address: 10.9.0.1, serviceAccount: vm, network: vms, labels: { app: db } }'))[0]).toMatchObject({
      dataPlane: 'SIDECAR',
      tlsMode: 'istio',
      networkLabel: 'vms',
      ips: ['10.9.0.1'],
      controlPlane: 'west',
      labels: { app: 'db' },
    })
    expect(workloads(entry('{ address: 10.9.0.1 }'))[0]).toMatchObject({ dataPlane: 'NONE', tlsMode: 'disabled', controlPlane: undefined })
  })

  it('an auto-registered one belongs to its group; a group without entries can be asked about', () => {
    const group =
      '      - { apiVersion: networking.istio.io/v1, kind: WorkloadGroup, metadata: { name: vms, namespace: shop }, spec: { metadata: { labels: { app: vm } }, template: { serviceAccount: vm } } }\n'
    expect(workloads(group)[0]).toMatchObject({
      owner: { kind: 'WorkloadGroup', name: 'vms' },
      ready: false,
      synthesised: true,
      dataPlane: 'SIDECAR',
    })
    const found = workloads(group + entry('{ address: 10.9.0.1 }', '{ istio.io/autoRegistrationGroup: vms }'))
    expect(found.map(({ name, owner: top }) => [name, top.name])).toEqual([['vm1', 'vms']])
  })
})

describe('revisions', () => {
  const revised = (labels: string, planes: string) =>
    snapshotOf(`
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: ${labels} } }
${deployment('{}')}
controlPlanes: ${planes}
`)
      .clusters.get('west')
      ?.workloads('shop')[0]

  const both = '[{ name: old, cluster: west, revision: 1-29, tags: [prod] }, { name: new, cluster: west, revision: 1-30 }]'

  it('the namespace’s revision or tag picks the control plane (MODEL-25, MODEL-27)', () => {
    expect(revised('{ istio.io/rev: 1-30 }', both)?.controlPlane).toBe('new')
    expect(revised('{ istio.io/rev: prod }', both)?.controlPlane).toBe('old')
    expect(revised('{ istio.io/rev: 1-31 }', both)).toMatchObject({ dataPlane: 'NONE', controlPlane: undefined })
  })

  it('the only revision is the default one unless tags tell otherwise (MODEL-27)', () => {
    const enabled = '{ istio-injection: enabled }'
    expect(revised(enabled, '[{ name: only, cluster: west, revision: 1-30 }]')?.controlPlane).toBe('only')
    expect(revised(enabled, both)?.dataPlane).toBe('NONE')
  })
})
