import { describe, expect, it } from 'vitest'
import { countSelected } from '#engine/snapshot/services/count-selected'
import { snapshotOf } from '../../from-yaml.js'

const pod = (name: string, app: string, rest = '') =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: shop, labels: { app: ${app}, tier: back } ${rest} }`
const running = ', status: { phase: Running } }'
const deployment = (name: string) =>
  `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: shop },
     spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name}, tier: back } }, spec: {} } } }`
const service = (name: string, selector: string, ports = '{ port: 80 }', namespace = 'shop') =>
  `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: ${namespace} }, spec: { ${selector} ports: [${ports}] } }`
const cluster = (name: string, objects: readonly string[], rest = '') =>
  `  - { name: ${name}, mesh: m1, controlPlane: { role: PRIMARY } ${rest}, resources: [${objects.join(', ')}] }`
const counted = (...clusters: readonly string[]) => {
  const { count, most } = countSelected(snapshotOf(`clusters:\n${clusters.join('\n')}\n`))
  return [count, most && `${most.cluster}/${most.meta.kind}/${most.meta.name} ${most.count}`]
}

describe('endpoints that selectors make', () => {
  it('are one for each port of a Service and each pod that it selects, and the widest Service is known (EDS-7)', () => {
    const pods = [pod('a1', 'a') + running, pod('a2', 'a') + running, pod('b1', 'b') + running]
    // Two pods at one port, and three at two.
    const wide = service('all', 'selector: { tier: back },', '{ port: 80, name: a }, { port: 81, name: b }')
    expect(counted(cluster('west', [...pods, service('a', 'selector: { app: a },'), wide]))).toEqual([8, 'west/Service/all 6'])
  })

  it('are of the namespace and the cluster of the Service, of all labels of its selector, and of pods that have not ended', () => {
    const pods = [pod('a1', 'a') + running, `${pod('a2', 'a')}, status: { phase: Succeeded } }`]
    const services = [
      service('both', 'selector: { app: a, tier: back },'),
      service('other', 'selector: { app: a, tier: front },'),
      service('none', ''),
      service('away', 'selector: { app: a },', '{ port: 80 }', 'elsewhere'),
    ]
    expect(counted(cluster('west', [...pods, ...services]), cluster('east', [pod('a1', 'a') + running]))).toEqual([
      1,
      'west/Service/both 1',
    ])
  })

  it('are made of a template only where no pod of it is there', () => {
    const owned =
      pod('a1', 'a', ', ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: a, uid: x, controller: true }] ') + running
    const wide = service('all', 'selector: { tier: back },')
    expect(counted(cluster('west', [deployment('a'), deployment('b'), wide]))).toEqual([2, 'west/Service/all 2'])
    expect(counted(cluster('west', [deployment('a'), deployment('b'), owned, wide]))).toEqual([2, 'west/Service/all 2'])
  })

  it('are those that slices list where these are more (EDS-5)', () => {
    const slice = (name: string, addresses: number, ports: number) =>
      `{ apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: { name: ${name}, namespace: shop, labels: { kubernetes.io/service-name: all } },
         addressType: IPv4, ports: [${Array.from({ length: ports }, (_, at) => `{ name: p${at}, port: ${at + 1} }`).join(', ')}],
         endpoints: [${Array.from({ length: addresses }, (_, at) => `{ addresses: [10.0.0.${at}] }`).join(', ')}] }`
    const wide = service('all', 'selector: { tier: back },')
    const pods = [pod('a1', 'a') + running, pod('a2', 'a') + running]
    // Of the two that are selected nothing is counted twice.
    expect(counted(cluster('west', [...pods, wide, slice('all-1', 2, 1)]))).toEqual([2, 'west/Service/all 2'])
    expect(counted(cluster('west', [...pods, wide, slice('all-1', 3, 2), slice('all-2', 4, 1)]))).toEqual([10, 'west/Service/all 8'])
    expect(counted(cluster('west', [slice('all-1', 3, 2)]))).toEqual([6, 'west/EndpointSlice/all-1 6'])
  })

  it('of a ServiceEntry are the pods and WorkloadEntries of all clusters that its control plane reads (EDS-19)', () => {
    const entry = `{ apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: e, namespace: shop },
      spec: { hosts: [e.example], resolution: STATIC, workloadSelector: { labels: { tier: back } }, ports: [{ number: 80, name: http, protocol: HTTP }] } }`
    const machine = `{ apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: { name: vm, namespace: shop },
      spec: { address: 10.0.0.1, labels: { tier: back } } }`
    const west = (secrets: string) => cluster('west', [entry, machine, pod('a1', 'a') + running], `, remoteSecrets: [${secrets}]`)
    const east = cluster('east', [pod('a1', 'a') + running])
    expect(counted(west('east'), east)).toEqual([3, 'west/ServiceEntry/e 3'])
    expect(counted(west(''), east)).toEqual([2, 'west/ServiceEntry/e 2'])
  })
})
