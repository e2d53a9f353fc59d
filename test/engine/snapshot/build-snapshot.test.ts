import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../from-yaml.js'

const twoClusters = `
meshes: [{ name: mesh1 }]
networks: [{ name: n1 }, { name: n2 }]
clusters:
  - name: west
    mesh: mesh1
    network: n1
    controlPlane: { role: PRIMARY }
    remoteSecrets: [east]
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - { apiVersion: v1, kind: Service, metadata: { name: reviews, namespace: shop }, spec: { clusterIP: 10.1.0.1, selector: { app: reviews }, ports: [{ name: http, port: 9080 }] } }
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: client, namespace: shop }, spec: { template: { metadata: { labels: { app: client } }, spec: { serviceAccountName: client, containers: [{ name: app }] } } } }
  - name: east
    mesh: mesh1
    network: n2
    controlPlane: { role: REMOTE, managedBy: west }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop } }
      - { apiVersion: v1, kind: Service, metadata: { name: reviews, namespace: shop }, spec: { clusterIP: 10.2.0.1, selector: { app: reviews }, ports: [{ name: http, port: 9080 }] } }
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: reviews, namespace: shop }, spec: { template: { metadata: { labels: { app: reviews } }, spec: { containers: [{ name: app }] } } } }
`

describe('a primary and its remote', () => {
  const snapshot = snapshotOf(twoClusters)

  it('the remote is managed by the control plane that lists it (MODEL-23)', () => {
    expect(snapshot.clusters.get('east')?.managedBy).toEqual(['west'])
    expect(snapshot.inconsistencies).toEqual([])
  })

  it('Services of equal name and namespace are one, the config cluster first (VIS-7, VIS-8)', () => {
    const view = snapshot.view('west')
    const [reviews] = view.servicesByHost('reviews.shop.svc.cluster.local')
    expect(view.clusters.map((cluster) => cluster.name)).toEqual(['west', 'east'])
    expect(reviews?.definitions.map((definition) => definition.cluster)).toEqual(['west', 'east'])
    expect(reviews?.addresses.get('east')).toEqual(['10.2.0.1'])
  })

  it('a template gets the sidecar that its namespace asks for, another does not (MODEL-27, MODEL-30)', () => {
    const [client] = snapshot.clusters.get('west')?.workloads('shop') ?? []
    const [reviews] = snapshot.clusters.get('east')?.workloads('shop') ?? []
    expect(client).toMatchObject({ dataPlane: 'SIDECAR', controlPlane: 'west', tlsMode: 'istio', proxyNetwork: 'n1', synthesised: true })
    expect(reviews).toMatchObject({ dataPlane: 'NONE', controlPlane: undefined, tlsMode: 'disabled', proxyNetwork: '' })
  })
})
