import { describe, expect, it } from 'vitest'
import { object, pod, verdictOf } from './ambient-mesh.js'
import { call, crossing, global, policy, type Side, twoNetworks, waypoint } from './two-networks.js'

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

  it('of a service that only another cluster has is known only where it is `GLOBAL` itself (AMB-69)', () => {
    const flat = (labels: string): Side => ({ ...east(labels), network: 'n1', objects: waypoint('10.3.0.90', '10.2.0.90', 'n1', labels) })
    expect(said({ pond: undefined }, flat(''))).toBe('UNREACHABLE NO_ENDPOINTS')
    expect(said({ pond: undefined }, flat(global))).toBe('REACHABLE DELIVERED')
  })
})
