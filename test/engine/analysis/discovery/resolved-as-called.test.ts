import { expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { serviceEntry, west, world } from '../calling.js'

const ask = (version: string, protocol: string, host = 'a.bank.example.com') => {
  const entry = serviceEntry('shop/bank', {
    hosts: ['*.bank.example.com'],
    location: 'MESH_EXTERNAL',
    resolution: 'DYNAMIC_DNS',
    ports: [{ number: 443, name: 'port', protocol }],
  })
  const meshConfig = { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }
  const snapshot = world({ clusters: { west: west(entry) }, version, meshConfig })
  return answerTo(snapshot, { from: { cluster: 'west', namespace: 'shop', workload: 'client' }, to: { host, port: 443 } })
}

it.each([
  ['1.30.2', 'HTTP', 'REACHABLE'],
  ['1.30.2', 'TLS', 'REACHABLE'],
  ['1.30.2', 'GRPC', 'REACHABLE'],
  ['1.30.2', 'TCP', 'UNREACHABLE'],
  // No cluster is made for these, although their listeners take requests and TLS.
  ['1.30.2', 'HTTPS', 'UNREACHABLE'],
  ['1.30.2', 'GRPC-Web', 'UNREACHABLE'],
  ['1.29.4', 'HTTP', 'UNREACHABLE'],
])('a sidecar of %s resolves the names of a wildcard ServiceEntry as they are called by %s: %s (EDS-17)', (version, protocol, verdict) => {
  const answer = ask(version, protocol)
  expect(answer.verdict).toBe(verdict)
  const found = answer.endpoints.map(({ address }) => address)
  expect(found).toEqual(verdict === 'REACHABLE' ? ['a.bank.example.com'] : [])
})

it('and no name that the wildcard does not cover (VIS-18)', () => {
  expect(ask('1.30.2', 'HTTP', 'bank.example.com').reason).toBe('BLACKHOLED')
})
