import { describe, expect, it } from 'vitest'
import { object, pod, stepAt, verdictOf } from './ambient-mesh.js'
import { call, crossing, eastWest, global, policy, type Side, twoNetworks, waypoint } from './two-networks.js'

const answer = (west: Side = {}, east: Side = {}) => call(twoNetworks(west, east))
const said = (west: Side = {}, east: Side = {}) => verdictOf(answer(west, east))
const principal = (name: string) => `rules: [{ from: [{ source: { principals: [${name}] } }] }]`

describe('gateways of such a control plane', () => {
  const ingress = (flags = '', labels = 'istio: ingressgateway'): Side => ({
    flags: `${crossing}${flags}`,
    objects: [
      pod('istio-system/ingress', { ip: '10.1.0.80', labels: `${labels}, topology.istio.io/network: n1` }),
      '      - { apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: in, namespace: istio-system }, spec: { selector: { app: ingress }, servers: [{ port: { number: 8080, name: http, protocol: HTTP }, hosts: ["*"] }] } }',
      object(
        'VirtualService',
        'istio-system/in',
        '{ hosts: [pond.example], gateways: [in], http: [{ route: [{ destination: { host: pond.calm.svc.cluster.local, port: { number: 80 } } }] }] }',
      ),
    ],
  })
  const from = { gateway: 'west/istio-system/ingress' }
  const to = { host: 'pond.example', port: 8080, path: '/' }
  const through = (west: Side, east: Side = {}) => verdictOf(call(twoNetworks(west, east), from, to))
  const allowed = ', AMBIENT_ENABLE_MULTI_NETWORK_INGRESS: "true"'

  it('stay on their own network, unless a flag lets ingress gateways cross (case 29, AMB-70)', () => {
    expect(through(ingress())).toBe('UNREACHABLE AMBIENT_OTHER_NETWORK')
    expect(through(ingress(allowed))).toBe('REACHABLE DELIVERED')
    expect(through({ ...ingress(), pods: [pod('calm/pond', { ip: '10.1.0.2' })] })).toBe('REACHABLE DELIVERED')
  })

  it('that are none for ingress are given gateways and cannot use them (AMB-70)', () => {
    expect(through(ingress('', 'istio: egressgateway'))).toBe('UNREACHABLE AMBIENT_OTHER_NETWORK')
    expect(through(ingress(allowed, 'istio: egressgateway'))).toBe('UNREACHABLE AMBIENT_OTHER_NETWORK')
  })
})

describe('a gateway between networks that is known by its Service', () => {
  const labelled = (labels: string, port = 15008) =>
    `      - { apiVersion: v1, kind: Service, metadata: { name: way-in, namespace: istio-system, labels: { topology.istio.io/network: n2, ${labels} } }, spec: { type: LoadBalancer, selector: { app: eastwest }, ports: [{ name: tls, port: 15443 }, { name: mesh, port: ${port} }] }, status: { loadBalancer: { ingress: [{ ip: 34.0.0.2 }] } } }`
  const withoutAddress = eastWest('n2', '34.0.0.2').map((line) => line.replace('type: IPAddress, ', ''))
  const through = (gateway: readonly string[], network = ', topology.istio.io/network: n1') => {
    const from = { gateway: 'west/istio-system/ingress' }
    const west: Side = {
      flags: `${crossing}, AMBIENT_ENABLE_MULTI_NETWORK_INGRESS: "true"`,
      objects: [
        pod('istio-system/ingress', { ip: '10.1.0.80', labels: `istio: ingressgateway${network}` }),
        '      - { apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: in, namespace: istio-system }, spec: { selector: { app: ingress }, servers: [{ port: { number: 8080, name: http, protocol: HTTP }, hosts: ["*"] }] } }',
        object(
          'VirtualService',
          'istio-system/in',
          '{ hosts: [pond.example], gateways: [in], http: [{ route: [{ destination: { host: pond.calm.svc.cluster.local, port: { number: 80 } } }] }] }',
        ),
      ],
    }
    return call(twoNetworks(west, { gateway }), from, { host: 'pond.example', port: 8080, path: '/' })
  }

  it('serves proxies, and not ztunnels, if the Service has the port for tunnels (AMB-62, NET-6)', () => {
    const gateway = [labelled('gateway.networking.k8s.io/gateway-name: eastwest'), ...withoutAddress]
    expect(verdictOf(through(gateway))).toBe('REACHABLE DELIVERED')
    expect(said({}, { gateway })).toBe('UNREACHABLE NETWORK_WITHOUT_GATEWAY')
    const forTls = [labelled('gateway.networking.k8s.io/gateway-name: eastwest', 15009), ...withoutAddress]
    expect(verdictOf(through(forTls))).toBe('UNREACHABLE NETWORK_WITHOUT_GATEWAY')
  })

  it('is nobody that is known where no Gateway is given for it (AMB-62)', () => {
    expect(verdictOf(through([labelled('')]))).toBe('UNDETERMINED INPUT_MISSING')
  })

  it('stands for nothing to a proxy without a network of its own if it takes no tunnels (NET-4, NET-41)', () => {
    const endpoints = (port: number) => through([labelled('', port)], '').endpoints.map(({ via }) => via?.port)
    expect(endpoints(15009)).toEqual([undefined])
    expect(endpoints(15008)).toEqual([15008])
  })
})

describe('an ingress gateway that crosses networks', () => {
  const from = { gateway: 'west/istio-system/ingress' }
  const to = { host: 'pond.example', port: 8080, path: '/' }
  const west: Side = {
    flags: `${crossing}, AMBIENT_ENABLE_MULTI_NETWORK_INGRESS: "true"`,
    objects: [
      pod('istio-system/ingress', { ip: '10.1.0.80', labels: 'istio: ingressgateway, topology.istio.io/network: n1' }),
      '      - { apiVersion: networking.istio.io/v1, kind: Gateway, metadata: { name: in, namespace: istio-system }, spec: { selector: { app: ingress }, servers: [{ port: { number: 8080, name: http, protocol: HTTP }, hosts: ["*"] }] } }',
      object(
        'VirtualService',
        'istio-system/in',
        '{ hosts: [pond.example], gateways: [in], http: [{ route: [{ destination: { host: pond.calm.svc.cluster.local, port: { number: 80 } } }] }] }',
      ),
    ],
  }
  const deny = policy('calm/deny', '{ targetRefs: [{ kind: Service, group: "", name: pond }], action: DENY, rules: [{}] }')
  const through = (pond: string, more = deny) =>
    verdictOf(call(twoNetworks(west, { pond, objects: [...waypoint('10.3.0.90', '10.2.0.90', 'n2'), more] }), from, to))

  it('meets a waypoint there only where the Service there asks for it (AMB-68)', () => {
    expect(through(`${global}, istio.io/use-waypoint: way`)).toBe('REACHABLE DELIVERED')
    const asking = `${global}, istio.io/use-waypoint: way, istio.io/ingress-use-waypoint: "true"`
    expect(through(asking)).toBe('UNREACHABLE DENIED')
    // Behind it the server sees the waypoint, as behind any other.
    const allow = (account: string) =>
      policy('calm/only', `{ selector: { matchLabels: { app: pond } }, ${principal(`cluster.local/ns/${account}`)} }`)
    expect(through(asking, allow('calm/sa/way'))).toBe('REACHABLE DELIVERED')
    expect(through(asking, allow('istio-system/sa/ingress'))).toBe('UNREACHABLE DENIED')
  })
})

describe('waypoints across networks', () => {
  const uses = `${global}, istio.io/use-waypoint: way`
  const west = (labels: string, pond = uses): Side => ({ pond, objects: waypoint('10.1.0.90', '10.0.0.90', 'n1', labels) })
  const east = (labels: string, pond = uses): Side => ({ pond, objects: waypoint('10.3.0.90', '10.2.0.90', 'n2', labels) })
  const deny = (spec: string) => policy('calm/deny', `{ ${spec}, action: DENY, rules: [{}] }`)
  const onPond = 'targetRefs: [{ kind: Service, group: "", name: pond }]'

  it('the client’s own decides, and goes on to the other network in tunnels (AMB-68)', () => {
    expect(said(west(''), east(''))).toBe('REACHABLE DELIVERED')
    const denied = { ...west(''), objects: [...(west('').objects ?? []), deny(onPond)] }
    expect(said(denied, east(''))).toBe('UNREACHABLE DENIED')
    const there = { ...east(''), objects: [...(east('').objects ?? []), deny(onPond)] }
    expect(said(west(''), there)).toBe('REACHABLE DELIVERED')
  })

  it('stay on their network where a flag says so (AMB-70)', () => {
    const flags = `${crossing}, AMBIENT_ENABLE_MULTI_NETWORK_WAYPOINT: "false"`
    expect(said({ ...west(''), flags }, east(''))).toBe('UNREACHABLE AMBIENT_OTHER_NETWORK')
  })

  it('that stands on the other side alone answers with an account that the client does not expect (AMB-68)', () => {
    expect(said({}, east(''))).toBe('UNREACHABLE UNTRUSTED')
  })

  it('whose Services are `GLOBAL` are chosen among all clusters’, and fail there for services that are not (case 31, AMB-59)', () => {
    const both = answer(west(global), east(global))
    expect(verdictOf(both)).toBe('REACHABLE DELIVERED')
    const local = 'istio.io/use-waypoint: way'
    const pods = [pod('calm/pond', { ip: '10.1.0.2' })]
    const parted = answer({ ...west(global, local), pods }, east(global, local))
    expect(parted.verdict).toBe('AMBIGUOUS')
    expect(parted.conditions.map(({ message }) => message).join()).toContain('not `GLOBAL`')
  })

  it('of another network are met through one gateway, and of several nobody knows which (AMB-59, AMB-62)', () => {
    const second = eastWest('n2', '34.0.0.3', { name: 'second' })
    const local = 'istio.io/use-waypoint: way'
    const pods = [pod('calm/pond', { ip: '10.1.0.2' })]
    const there = east(global, local)
    const found = answer({ ...west(global, local), pods }, { ...there, objects: [...(there.objects ?? []), ...second] })
    expect(verdictOf(found)).toBe('UNDETERMINED INPUT_MISSING')
    expect(stepAt(found, 'DISCOVERY').message).toContain('has several gateways that take tunnels')
  })

  it('are each cluster’s own or one by labels of their namespace, and nobody knows where it is not given (AMB-59, NET-40)', () => {
    const scopes = '[{ namespaceSelector: { matchLabels: { team: a } }, scope: GLOBAL }]'
    const uses = 'istio.io/use-waypoint: way, istio.io/use-waypoint-namespace: ways'
    const side = (ip: string, address: string, network: string, more: readonly string[]): Side => ({
      scopes,
      pond: uses,
      pods: [pod('calm/pond', { ip: ip.replace('.90', '.2') })],
      objects: [
        ...waypoint(ip, address, network).map((line) =>
          line.replaceAll('calm', 'ways').replace('protocol: HBONE }', 'protocol: HBONE, allowedRoutes: { namespaces: { from: All } } }'),
        ),
        ...more,
      ],
    })
    const both = (...more: readonly string[]) =>
      answer(side('10.1.0.90', '10.0.0.90', 'n1', more), side('10.3.0.90', '10.2.0.90', 'n2', more))
    expect(verdictOf(both())).toBe('UNDETERMINED INPUT_MISSING')
    expect(stepAt(both(), 'DISCOVERY').message).toContain('decide whether `way.ways.svc.cluster.local` is `GLOBAL`')
    const given = '      - { apiVersion: v1, kind: Namespace, metadata: { name: ways, labels: { team: b } } }'
    expect(verdictOf(both(given))).toBe('REACHABLE DELIVERED')
  })

  it('of a service that only another cluster has is known only where it is `GLOBAL` itself (AMB-69)', () => {
    const flat = (labels: string): Side => ({ ...east(labels), network: 'n1', objects: waypoint('10.3.0.90', '10.2.0.90', 'n1', labels) })
    expect(said({ pond: undefined }, flat(''))).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(said({ pond: undefined }, flat(global))).toBe('REACHABLE DELIVERED')
  })
})
