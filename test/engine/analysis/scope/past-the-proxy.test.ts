import { describe, expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { deployment, type Manifest, service, west, world } from '../calling.js'

const PREFIX = 'traffic.sidecar.istio.io/'

const ask = (annotations: Manifest, host: string, port: number, objects: readonly Manifest[] = []) =>
  answerTo(
    world({
      clusters: { west: west(deployment('shop/bypass', {}, annotations), ...objects) },
      meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } },
    }),
    { from: { cluster: 'west', namespace: 'shop', workload: 'bypass' }, to: { host, port } },
  )

describe('what a pod’s annotations keep from its proxy is not refused by the outbound policy (ROUTE-33)', () => {
  it.each([
    [{ excludeOutboundPorts: '443' }, 'api.example.com', 443, 'REACHABLE'],
    [{ excludeOutboundPorts: '443' }, 'api.example.com', 444, 'UNREACHABLE'],
    [{ excludeOutboundIPRanges: '93.184.216.0/24' }, '93.184.216.34', 443, 'REACHABLE'],
    [{ excludeOutboundIPRanges: '93.184.216.0/24' }, '93.184.217.34', 443, 'UNREACHABLE'],
    [{ excludeOutboundIPRanges: '0.0.0.0/0' }, 'api.example.com', 443, 'REACHABLE'],
    [{ includeOutboundIPRanges: '10.0.0.0/8' }, '93.184.216.34', 443, 'REACHABLE'],
    [{ includeOutboundIPRanges: '10.0.0.0/8' }, '10.1.2.3', 443, 'UNREACHABLE'],
    [{ includeOutboundIPRanges: '', includeOutboundPorts: '444' }, 'api.example.com', 443, 'REACHABLE'],
    [{ includeOutboundIPRanges: '', includeOutboundPorts: '444' }, 'api.example.com', 444, 'UNREACHABLE'],
  ] as [Readonly<Record<string, string>>, string, number, string][])('%j, calling %s:%i: %s', (settings, host, port, verdict) => {
    const annotations = Object.fromEntries(Object.entries(settings).map(([key, value]) => [PREFIX + key, value]))
    const answer = ask(annotations, host, port)
    expect(answer.verdict).toBe(verdict)
    const said = answer.steps.some(({ reason, message }) => reason === 'NOT_CAPTURED' && message.includes('keeps calls to'))
    expect(said).toBe(verdict === 'REACHABLE')
  })

  it('a name of the internet leads to none of a private network’s addresses, and may lead to any other', () => {
    const included = (ranges: string) => ask({ [`${PREFIX}includeOutboundIPRanges`]: ranges }, 'api.example.com', 443)
    expect(included('10.0.0.0/8,172.16.0.0/12').verdict).toBe('REACHABLE')
    expect(included('10.0.0.0/8,93.0.0.0/8').verdict).toBe('UNREACHABLE')
    expect(included('10.0.0.0/7').verdict).toBe('UNREACHABLE')
  })
})

it('a pod whose proxy intercepts nothing calls, and is called, past it (ROUTE-33, TLS-11)', () => {
  const none = { 'sidecar.istio.io/interceptionMode': 'NONE' }
  const strict = {
    apiVersion: 'security.istio.io/v1',
    kind: 'PeerAuthentication',
    metadata: { name: 'default', namespace: 'istio-system' },
    spec: { mtls: { mode: 'STRICT' } },
  }
  const calling = ask(none, 'plain', 80, [service('shop/plain'), deployment('shop/plain'), strict])
  expect(calling.verdict).toBe('UNREACHABLE')
  expect(calling.reason).toBe('TLS_REJECTED')
  expect(calling.summary).toContain('the annotation `sidecar.istio.io/interceptionMode` keeps all calls away from the client’s proxy')
  const called = ask({}, 'plain', 80, [service('shop/plain'), deployment('shop/plain', {}, none), strict])
  expect(called.reason).toBe('TLS_REJECTED')
  expect(called.summary).toContain('port 80 does not pass the server’s proxy')
})
