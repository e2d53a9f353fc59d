import { describe, expect, it } from 'vitest'
import { ambientMesh, ask, type Mesh, object, pod, verdictOf } from './ambient-mesh.js'

const from = 'calm/client'

/** Waypoint `deep/way`, bound and ready, with its Service and a pod. */
const way = [
  '      - { apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: way, namespace: deep }, spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }, status: { addresses: [{ type: IPAddress, value: 10.0.0.90 }] } }',
  '      - { apiVersion: v1, kind: Service, metadata: { name: way, namespace: deep, labels: { gateway.istio.io/managed: istio.io-mesh-controller } }, spec: { clusterIP: 10.0.0.90, selector: { gateway.networking.k8s.io/gateway-name: way }, ports: [{ name: mesh, port: 15008 }] } }',
  pod('deep/way', {
    ip: '10.1.0.90',
    labels: 'gateway.networking.k8s.io/gateway-name: way, gateway.istio.io/managed: istio.io-mesh-controller',
  }),
]
const behindWay = { deep: 'istio.io/use-waypoint: way' }

describe('a filter of the root namespace for what comes into sidecars (case 25, EXT-1, EXT-4)', () => {
  const lua = object(
    'EnvoyFilter',
    'istio-system/all',
    '{ configPatches: [{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: INSERT_BEFORE, value: { name: envoy.filters.http.lua, typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua, inlineCode: x } } } }] }',
  ).replace('networking.istio.io/v1,', 'networking.istio.io/v1alpha3,')
  const called = (host: string, more: Mesh = {}) => ask(ambientMesh({ ...more, objects: [lua, ...way].join('\n') }), from, `${host}:80`)

  it('leaves a call to a server with a sidecar open', () => {
    expect(verdictOf(called('cart.shop'))).toBe('UNDETERMINED NOT_FOLLOWED')
  })

  it('is nothing to a captured server, before which no proxy of Envoy stands', () => {
    expect(verdictOf(called('lake.deep'))).toBe('REACHABLE DELIVERED')
  })

  it('is nothing to a waypoint since 1.27, where it was for every proxy before', () => {
    expect(verdictOf(called('lake.deep', { labels: behindWay, version: '1.27.0' }))).toBe('REACHABLE DELIVERED')
    expect(verdictOf(called('lake.deep', { labels: behindWay, version: '1.26.8' }))).toBe('UNDETERMINED NOT_FOLLOWED')
  })
})
