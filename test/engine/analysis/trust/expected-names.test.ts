import { describe, expect, it } from 'vitest'
import { expectedNames } from '#engine/analysis/trust/expected-names'
import { snapshotOf } from '../../from-yaml.js'

const cart = 'cart.shop.svc.cluster.local'
const service = `{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { clusterIP: 10.0.0.1, selector: { app: cart }, ports: [{ name: http, port: 80 }] } }`

/** `west` reads `east`, whose own control plane has another trust domain; the service has a virtual machine here and a pod there. */
const namesIn = (version: string): readonly string[] => {
  const view = snapshotOf(`
controlPlanes:
  - { name: west, cluster: west, version: ${version}, meshConfig: { trustDomain: one }, remoteSecrets: [west, east] }
  - { name: east, cluster: east, version: ${version}, meshConfig: { trustDomain: two } }
clusters:
  - name: west
    controlPlane: { role: PRIMARY }
    resources:
      - ${service}
      - { apiVersion: networking.istio.io/v1, kind: WorkloadEntry, metadata: { name: machine, namespace: shop }, spec: { address: 10.9.0.1, serviceAccount: machine, labels: { app: cart } } }
  - name: east
    controlPlane: { role: PRIMARY }
    resources:
      - ${service}
      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: cart, namespace: shop }, spec: { template: { metadata: { labels: { app: cart } }, spec: { serviceAccountName: cart, containers: [{ name: app }] } } } }
`).view('west')
  return [...expectedNames(view, view.service(cart, 'shop')!).names].toSorted()
}

describe('names that a client accepts', () => {
  it('a machine bears the domain of the client’s control plane, a pod that of its own cluster since 1.29 (EDS-25)', () => {
    expect(namesIn('1.31.0')).toEqual(['spiffe://one/ns/shop/sa/machine', 'spiffe://two/ns/shop/sa/cart'])
    expect(namesIn('1.28.0')).toEqual(['spiffe://one/ns/shop/sa/cart', 'spiffe://one/ns/shop/sa/machine'])
  })
})
