import { describe, expect, it } from 'vitest'
import { resolveSource } from '#engine/analysis/caller/resolve-source'
import type { SourceInput } from '#engine/model/question'
import { snapshotOf } from '../../from-yaml.js'

const template = (labels: string, account: string) =>
  `{ replicas: 1, template: { metadata: { labels: ${labels} }, spec: { serviceAccountName: ${account}, containers: [{ name: app }] } } }`
const pod = (name: string, zone: string) =>
  `      - { apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: live, labels: { app: api, istio-locality: r.${zone}, pod-template-hash: x1 }, ownerReferences: [{ kind: ReplicaSet, name: api-x1, controller: true }] }, spec: { containers: [{ name: app }, { name: istio-proxy }] }, status: { phase: Running, podIP: 10.0.0.9 } }`

const snapshot = snapshotOf(`
clusters:
  - name: west
    network: n1
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: bare } }
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: shop }, spec: ${template('{ app: web, tier: front }', 'front')} }
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: worker, namespace: shop }, spec: ${template('{ app: worker }', 'back')} }
      - apiVersion: apps/v1
        kind: Deployment
        metadata: { name: egress, namespace: istio-system }
        spec: { template: { metadata: { labels: { istio: egressgateway } }, spec: { containers: [{ name: istio-proxy }] } } }
      - { apiVersion: v1, kind: Service, metadata: { name: egress-svc, namespace: istio-system }, spec: { selector: { istio: egressgateway } } }
      - { apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: out, namespace: shop }, spec: { selector: { istio: egressgateway } } }
  - name: east
    controlPlane: { role: REMOTE, managedBy: west }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: live, labels: { istio-injection: enabled } } }
${['a', 'b', 'c'].map((name) => pod(`api-x1-${name}`, name === 'c' ? 'z2' : 'z1')).join('\n')}
`)

const names = (source: SourceInput) => {
  const resolved = resolveSource(snapshot, source)
  return 'problem' in resolved ? resolved.problem.code : resolved.clients.map(({ workload }) => workload.name)
}
const web = { cluster: 'west', namespace: 'shop' }

describe('a source by name', () => {
  it.each([
    ['the owner’s name', { ...web, workload: 'web' }, ['web']],
    ['kind and name', { ...web, workload: 'Deployment/web' }, ['web']],
    ['another kind of that name', { ...web, workload: 'StatefulSet/web' }, 'SOURCE_NOT_FOUND'],
    ['a pod’s own name', { cluster: 'east', namespace: 'live', workload: 'api-x1-b' }, ['api-x1-b']],
    ['without a namespace', { cluster: 'west', workload: 'web' }, 'SOURCE_INVALID'],
    ['in a cluster that is not there', { ...web, cluster: 'nowhere', workload: 'web' }, 'SOURCE_NOT_FOUND'],
  ] as const)('%s', (_, source, expected) => expect(names(source)).toEqual(expected))

  it('instances that are equal for the analysis count once (FLOW-1)', () => {
    expect(names({ cluster: 'east', namespace: 'live', workload: 'api' })).toEqual(['api-x1-a', 'api-x1-c'])
  })

  it('a misspelt name gets suggestions, the nearest first', () => {
    const resolved = resolveSource(snapshot, { ...web, workload: 'wrker' })
    expect('problem' in resolved && resolved.problem.details.suggestions?.[0]).toBe('worker')
  })

  it.each([
    ['web', ['shop/web']],
    ['Deployment/web', ['shop/web']],
    ['wrker', ['shop/worker', 'shop/web']],
    ['something-else-entirely', undefined],
  ])('in a namespace without workloads gets those that exist elsewhere: %s', (workload, suggestions) => {
    const resolved = resolveSource(snapshot, { cluster: 'west', namespace: 'shp', workload })
    expect('problem' in resolved && resolved.problem.details.suggestions).toEqual(suggestions)
  })

  it('asks the view of the control plane that configures its proxy (FLOW-2)', () => {
    const resolved = resolveSource(snapshot, { cluster: 'east', namespace: 'live', workload: 'api' })
    expect('clients' in resolved && resolved.clients[0]?.view?.controlPlane.name).toBe('west')
  })
})

describe('a source by its attributes', () => {
  it('is every workload of that service account and those labels', () => {
    expect(names({ ...web, serviceAccount: 'front' })).toEqual(['web'])
    expect(names({ ...web, labels: [{ name: 'app', value: 'worker' }] })).toEqual(['worker'])
    expect(names(web)).toEqual(['web', 'worker'])
  })

  it('none matching: one that could be there, as an assumption', () => {
    const resolved = resolveSource(snapshot, { ...web, serviceAccount: 'stranger' })
    expect('clients' in resolved && resolved.assumptions.map(({ code }) => code)).toEqual(['SOURCE_HYPOTHETICAL'])
    expect('clients' in resolved && resolved.clients[0]?.workload).toMatchObject({
      serviceAccount: 'stranger',
      dataPlane: 'SIDECAR',
      controlPlane: 'west',
      proxyNetwork: 'n1',
    })
  })

  it('in a namespace without injection it has no proxy (MODEL-27)', () => {
    const resolved = resolveSource(snapshot, { cluster: 'west', namespace: 'bare' })
    expect('clients' in resolved && resolved.clients[0]).toMatchObject({ view: undefined, workload: { dataPlane: 'NONE' } })
  })
})

describe('a namespace of which nothing is given', () => {
  const problemOf = (source: SourceInput) => {
    const resolved = resolveSource(snapshot, source)
    return 'problem' in resolved ? resolved.problem : undefined
  }

  it.each([
    ['shp', ['shop']],
    ['web', ['shop/web']],
    ['outsid', ['outside']],
    ['elsewhere-entirely', undefined],
  ])('is not found, and near names are told: %s', (namespace, suggestions) => {
    const told = problemOf({ cluster: 'west', namespace })
    expect(told?.code).toBe('SOURCE_NOT_FOUND')
    expect(told?.message).toBe(
      `there is no namespace \`${namespace}\` in cluster \`west\`, which has \`bare\`, \`istio-system\` and \`shop\``,
    )
    expect(told?.details.suggestions).toEqual(suggestions)
  })

  it('is one of the cluster that is asked about, whatever others have', () => {
    expect(problemOf({ cluster: 'east', namespace: 'shop' })?.code).toBe('SOURCE_NOT_FOUND')
  })

  it('may be that of a workload which is described, as an assumption that says so', () => {
    const resolved = resolveSource(snapshot, { cluster: 'west', namespace: 'new', serviceAccount: 'stranger' })
    expect('clients' in resolved && resolved.assumptions.map(({ message }) => message)).toEqual([
      'no workload in `west/new` matches: one with service account `stranger` is assumed, in a namespace of which nothing is given and that is taken to have no labels',
    ])
  })

  it.each([
    ['its Namespace', '{ apiVersion: v1, kind: Namespace, metadata: { name: there } }'],
    ['a ConfigMap', '{ apiVersion: v1, kind: ConfigMap, metadata: { name: any, namespace: there } }'],
    ['a policy', '{ apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: { name: any, namespace: there } }'],
    ['an object of a kind that nobody reads', '{ apiVersion: example.com/v1, kind: Thing, metadata: { name: any, namespace: there } }'],
  ])('is there by %s', (_, object) => {
    const one = snapshotOf(`clusters: [{ name: west, resources: [${object}] }]`)
    expect('clients' in resolveSource(one, { cluster: 'west', namespace: 'there' })).toBe(true)
  })

  it.each(['default', 'kube-system', 'istio-system'])('is there where every cluster, or its mesh, has it: %s', (namespace) => {
    expect('clients' in resolveSource(snapshot, { cluster: 'east', namespace })).toBe(true)
  })

  it('is there where something of it could not be read, or nobody knows which there are', () => {
    const unread = (one: string) => snapshotOf(`clusters: [{ name: west, resources: [], unread: [${one}] }]`)
    const asked = (one: string) => 'clients' in resolveSource(unread(one), { cluster: 'west', namespace: 'there' })
    expect(asked('{ kind: Pod, namespace: there, reason: forbidden }')).toBe(true)
    expect(asked('{ kind: Namespace, reason: forbidden }')).toBe(true)
    expect(asked('{ kind: Pod, namespace: other, reason: forbidden }')).toBe(false)
  })
})

describe('a gateway as source', () => {
  it.each([
    ['its Deployment', 'west/istio-system/egress', ['egress']],
    ['its Service', 'west/istio-system/egress-svc', ['egress']],
    ['a Gateway object that selects it (ROUTE-12)', 'west/shop/out', ['egress']],
    ['an ordinary workload', 'west/shop/web', 'SOURCE_NOT_FOUND'],
    ['half a name', 'west/shop', 'SOURCE_INVALID'],
  ] as const)('%s', (_, gateway, expected) => expect(names({ gateway })).toEqual(expected))
})

describe('a proxy described by its metadata', () => {
  it('is taken as described', () => {
    const resolved = resolveSource(snapshot, {
      proxy: { cluster: 'east', namespace: 'new', network: 'n7', serviceAccount: 'x', dnsCapture: true, controlPlane: 'west' },
    })
    expect('clients' in resolved && resolved.clients[0]?.workload).toMatchObject({
      namespace: 'new',
      proxyNetwork: 'n7',
      serviceAccount: 'x',
      dnsCapture: true,
      controlPlane: 'west',
    })
  })

  it('of a control plane that is not there is not found', () => {
    expect(names({ proxy: { cluster: 'east', namespace: 'new', controlPlane: 'ghost' } })).toBe('SOURCE_NOT_FOUND')
  })
})
