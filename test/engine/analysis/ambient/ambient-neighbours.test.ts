import { describe, expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { snapshotOf } from '../../from-yaml.js'
import { ambientMesh, ask, object, pod, stepAt, verdictOf } from './ambient-mesh.js'

describe('an ExternalName', () => {
  it('is nothing to ztunnel: the application resolves it, and what it stands for is met (AMB-14)', () => {
    const alias = `      - { apiVersion: v1, kind: Service, metadata: { name: alias, namespace: calm }, spec: { type: ExternalName, externalName: lake.deep.svc.cluster.local } }`
    const away = `      - { apiVersion: v1, kind: Service, metadata: { name: away, namespace: calm }, spec: { type: ExternalName, externalName: out.example } }`
    const mesh = ambientMesh({ objects: [alias, away].join('\n') })
    expect(stepAt(ask(mesh, 'calm/client', 'alias:80'), 'TRANSPORT').reason).toBe('MUTUAL_TLS')
    expect(verdictOf(ask(mesh, 'calm/client', 'away:80'))).toBe('REACHABLE PASSTHROUGH')
  })
})

describe('a gateway', () => {
  const ingress = [
    pod('istio-system/ingress', { ip: '10.1.0.80', labels: 'istio: ingressgateway' }),
    '      - { apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: in, namespace: istio-system }, spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 8080, name: http, protocol: HTTP }, hosts: ["*"] }] } }',
    object(
      'VirtualService',
      'istio-system/in',
      '{ hosts: [lake.example], gateways: [in], http: [{ route: [{ destination: { host: lake.deep.svc.cluster.local, port: { number: 80 } } }] }] }',
    ),
    '      - { apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: way, namespace: deep }, spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }, status: { addresses: [{ type: IPAddress, value: 10.0.0.90 }] } }',
    pod('deep/way', {
      ip: '10.1.0.90',
      labels: 'gateway.networking.k8s.io/gateway-name: way, gateway.istio.io/managed: istio.io-mesh-controller',
    }),
    object('AuthorizationPolicy', 'deep/none', '{ targetRefs: [{ kind: Service, group: "", name: lake }], action: DENY, rules: [{}] }'),
  ].join('\n')
  const through = (lake: string, deep = '', version = '1.31.2') => {
    const labels = { lake: ['istio.io/use-waypoint: way', lake].filter((one) => one !== '').join(', '), deep }
    const question = { from: { gateway: 'west/istio-system/ingress' }, to: { host: 'lake.example', port: 8080, path: '/' } }
    return verdictOf(answerTo(ambientMesh({ objects: ingress, labels, version }), question))
  }

  it('gives a canary its share of the calls (AMB-44, AMB-46)', () => {
    const canary = (weight: string) =>
      `      - { apiVersion: v1, kind: Service, metadata: { name: bay, namespace: deep, labels: { istio.io/use-waypoint: gone, istio.io/ingress-use-waypoint: "true" }, annotations: { istio.io/use-waypoint-canary-weight: "${weight}" } }, spec: { clusterIP: 10.0.0.44, selector: { app: lake }, ports: [{ name: http, port: 80, targetPort: 8080 }] } }`.replace(
        'use-waypoint: gone',
        'use-waypoint: next, istio.io/use-waypoint-canary: way',
      )
    const next =
      '      - { apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: next, namespace: deep }, spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }, status: { addresses: [{ type: IPAddress, value: 10.0.0.91 }] } }'
    const pods = pod('deep/next', {
      ip: '10.1.0.91',
      labels: 'gateway.networking.k8s.io/gateway-name: next, gateway.istio.io/managed: istio.io-mesh-controller',
    })
    const deny = object(
      'AuthorizationPolicy',
      'deep/way-only',
      '{ targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: way }], action: DENY, rules: [{}] }',
    )
    const objects = (weight: string) => [ingress.replace('lake.deep.svc', 'bay.deep.svc'), canary(weight), next, pods, deny].join('\n')
    const question = { from: { gateway: 'west/istio-system/ingress' }, to: { host: 'lake.example', port: 8080, path: '/' } }
    const verdict = (weight: string) => answerTo(ambientMesh({ objects: objects(weight) }), question).verdict
    expect([verdict('0'), verdict('40'), verdict('100')]).toEqual(['REACHABLE', 'AMBIGUOUS', 'UNREACHABLE'])
  })

  it('uses waypoints only of services that ask for it, or since 1.25 whose namespace does (AMB-44)', () => {
    expect(through('')).toBe('REACHABLE DELIVERED')
    expect(through('istio.io/ingress-use-waypoint: "true"')).toBe('UNREACHABLE DENIED')
    expect(through('', 'istio.io/ingress-use-waypoint: "true"')).toBe('UNREACHABLE DENIED')
    expect(through('', 'istio.io/ingress-use-waypoint: "true"', '1.24.0')).toBe('REACHABLE DELIVERED')
  })
})

describe('another cluster', () => {
  const inTwoClusters = () => {
    const cluster = (name: string, ip: string, more: string) => `
  - name: ${name}
    mesh: m
    network: n1
    controlPlane: { role: PRIMARY }
    remoteSecrets: [${name === 'west' ? 'east' : 'west'}]
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: calm, labels: { istio.io/dataplane-mode: ambient } } }
      - { apiVersion: v1, kind: Service, metadata: { name: pond, namespace: calm }, spec: { clusterIP: ${ip}, selector: { app: pond }, ports: [{ name: http, port: 80, targetPort: 8080 }] } }
${more}`
    return snapshotOf(`
meshes: [{ name: m }]
controlPlanes: [{ name: west, cluster: west, flags: { PILOT_ENABLE_AMBIENT: "true" } }, { name: east, cluster: east, flags: { PILOT_ENABLE_AMBIENT: "true" } }]
clusters:${cluster('west', '10.0.0.1', pod('calm/client', { ip: '10.1.0.1' }))}${cluster('east', '10.2.0.1', pod('calm/pond', { ip: '10.3.0.1' }))}
`)
  }

  it('does not exist for ztunnel while ambient mode across clusters is off (AMB-60, NET-43)', () => {
    const answer = ask(inTwoClusters(), 'calm/client', 'pond:80')
    expect(verdictOf(answer)).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(answer.endpoints.map(({ reason }) => reason)).toEqual(['UNKNOWN_TO_ZTUNNEL'])
  })
})
