import { describe, expect, it } from 'vitest'
import { anyoneIn, consumersOf, labelsOf, nameConsumers } from '#engine/rules/consumers'
import { snapshotOf } from '../from-yaml.js'

const document = `
clusters:
  - name: west
    mesh: m
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { istio-injection: enabled } } }
      - { apiVersion: v1, kind: Namespace, metadata: { name: bare } }
      - apiVersion: apps/v1
        kind: Deployment
        metadata: { name: cart, namespace: shop }
        spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: a }] } } }
      - apiVersion: apps/v1
        kind: Deployment
        metadata: { name: till, namespace: shop }
        spec: { template: { metadata: { labels: { app: till } }, spec: { containers: [{ name: a }] } } }
      - apiVersion: apps/v1
        kind: Deployment
        metadata: { name: mail, namespace: shop }
        spec: { template: { metadata: { labels: { app: mail } }, spec: { containers: [{ name: a }] } } }
      - apiVersion: apps/v1
        kind: Deployment
        metadata: { name: naked, namespace: bare }
        spec: { template: { metadata: { labels: { app: naked } }, spec: { containers: [{ name: a }] } } }
      - apiVersion: networking.istio.io/v1
        kind: Sidecar
        metadata: { name: narrow, namespace: shop }
        spec: { workloadSelector: { labels: { app: mail } }, egress: [{ hosts: [./*] }] }
      - apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: { name: front, namespace: shop }
        spec:
          selector: { istio: ingressgateway }
          servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }]
`

const view = () => snapshotOf(document).view('west')

describe('consumers', () => {
  it('are proxies that are given the same, those whom a Sidecar selects apart, and the gateways that nobody lists (VIS-13, VIS-14)', () => {
    const told = consumersOf(view()).map(({ scope, atGateway, workloads }) => [
      scope.namespace,
      atGateway,
      workloads.map(({ name }) => name),
    ])
    expect(told).toEqual([
      ['shop', false, ['cart', 'till']],
      ['shop', false, ['mail']],
      ['istio-system', true, ['istio-ingressgateway']],
    ])
  })

  it('have labels, each once, by which rules with a selector tell them apart', () => {
    expect(consumersOf(view()).map(labelsOf)[0]).toEqual([{ app: 'cart' }, { app: 'till' }])
    expect(labelsOf(anyoneIn(view(), 'bare'))).toEqual([{}])
  })

  it('are named by their namespaces, gateways by themselves', () => {
    expect(nameConsumers(consumersOf(view()))).toBe('namespace `shop`, gateway `istio-system/istio-ingressgateway`')
  })
})
