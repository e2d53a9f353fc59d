import { describe, expect, it } from 'vitest'
import type { Reachability } from '#engine/model/reachability'
import { issueAuthority } from '../certificates.js'
import { answerTo } from './asking.js'
import { cluster, eastWest, istio, pod, type Raw, service, slice, topology } from './objects.js'

const rootCertificates = [(await issueAuthority('Common')).pem]
const node = (zone: string): Raw => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: `node-${zone}`, labels: { 'topology.kubernetes.io/region': 'r', 'topology.kubernetes.io/zone': zone } },
})
const server = (zone: string, ip: string): Raw => pod(`server-${zone}`, ip, { app: 'server' }, { spec: { nodeName: `node-${zone}` } })
const zones = [
  { zone: 'a', ip: '10.2.0.1' },
  { zone: 'b', ip: '10.2.0.2' },
]
const servers = [
  ...zones.map(({ zone }) => node(zone)),
  service('server'),
  ...zones.map(({ zone, ip }) => server(zone, ip)),
  slice(
    'server',
    zones.map(({ zone, ip }) => ({ ip, pod: `server-${zone}`, nodeName: `node-${zone}` })),
  ),
]

const container = {
  name: 'istio-proxy',
  image: 'auto',
  env: ['ISTIO_META_NETWORK', 'ISTIO_META_REQUESTED_NETWORK_VIEW'].map((name) => ({ name, value: 'n2' })),
}
const gatewayProxy = [
  pod('eastwest-1', '10.2.0.9', { istio: 'eastwestgateway' }, { spec: { containers: [container] } }),
  slice('eastwest', [{ ip: '10.2.0.9', pod: 'eastwest-1' }], { port: { name: 'tls', port: 15443 } }),
].map((object): Raw => JSON.parse(JSON.stringify(object).replaceAll('"namespace":"shop"', '"namespace":"istio-system"')))

/** West on n1, its client in zone a, calls a server that stands in zones a and b of east on n2. */
const call = (gateway: Raw = {}, extra: readonly Raw[] = []): Reachability => {
  const west = cluster(
    'west',
    [node('a'), service('server'), pod('web', '10.1.0.1', { app: 'web' }, { spec: { nodeName: 'node-a' } }), ...extra],
    { network: 'n1', remoteSecrets: ['east'], rootCertificates },
  )
  const east = cluster('east', [...servers, ...eastWest({ network: 'n2', pods: false, ...gateway }), ...gatewayProxy], {
    network: 'n2',
    rootCertificates,
  })
  const question = { from: { cluster: 'west', namespace: 'shop', workload: 'web' }, to: { host: 'server', port: 80 } }
  return answerTo(topology([west, east]), question, Date.parse('2026-11-20T00:00:00Z'))
}
const told = ({ endpoints }: Reachability) => endpoints.map(({ address, reason, priority, share }) => [address, reason, priority, share])

const closest = istio('DestinationRule', 'server', {
  host: 'server',
  trafficPolicy: { outlierDetection: { consecutive5xxErrors: 3 } },
})

describe('a gateway that stands for endpoints in two zones', () => {
  it('is one way where both are as good: each endpoint behind it is told once, with all its traffic (NET-20)', () => {
    expect(told(call())).toEqual([
      ['10.2.0.1', 'DELIVERED', 0, 0.5],
      ['10.2.0.2', 'DELIVERED', 0, 0.5],
    ])
  })

  it('parts each way into two legs: packets arrive at the gateway, and what is encrypted for the server goes on from there (NET-30)', () => {
    const legs = Object.fromEntries((call().endpoints[0]?.steps ?? []).map(({ stage, hop }) => [stage, hop]))
    const gateway = legs['NETWORK']?.to ?? ''
    expect(legs['NETWORK']).toEqual({ index: 0, kind: 'GATEWAY', from: 'west/shop/web', to: gateway })
    expect(legs['TRANSPORT']).toEqual({ index: 1, kind: 'DIRECT', from: gateway, to: 'east/shop/server-a' })
    expect(gateway).toBe('east/istio-system/eastwest-1')
  })

  it('is two ways where one is closer: what stands behind it is the same for both (NET-20, LB-2)', () => {
    expect(told(call({}, [closest]))).toEqual([
      ['10.2.0.1', 'DELIVERED', 0, 0.5],
      ['10.2.0.2', 'DELIVERED', 0, 0.5],
      ['10.2.0.1', 'DELIVERED', 1, 0],
      ['10.2.0.2', 'DELIVERED', 1, 0],
    ])
  })

  it('counts each endpoint once in the summary, however many gateways lead to it', () => {
    const answer = call({ status: { loadBalancer: { ingress: [{ ip: '34.0.0.2' }, { ip: '34.0.0.3' }] } } })
    expect(answer.endpoints).toHaveLength(4)
    expect(answer.summary).toBe(
      '`west/shop/web` can reach `server:80` at 2 endpoints in `east`, through gateway `34.0.0.2` and gateway `34.0.0.3`',
    )
  })

  it('that hands nothing on leaves each way with the endpoint that it stood for (NET-30)', () => {
    const answer = call({ gateway: null })
    expect(answer.endpoints.map(({ address, reason }) => [address, reason])).toEqual([
      ['10.2.0.1', 'GATEWAY_SERVER_MISSING'],
      ['10.2.0.2', 'GATEWAY_SERVER_MISSING'],
    ])
  })
})
