import { expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { destinationRule, type Manifest, serviceEntry, west, world } from '../calling.js'

const entry = serviceEntry('shop/api', {
  hosts: ['api.example.com'],
  location: 'MESH_EXTERNAL',
  resolution: 'DNS',
  ports: [
    { name: 'http', number: 80, protocol: 'HTTP' },
    { name: 'tcp', number: 5432, protocol: 'TCP' },
  ],
})
const keeping = destinationRule('shop/api', { host: 'api.example.com', trafficPolicy: { loadBalancer: { simple: 'PASSTHROUGH' } } })

const said = (capture: boolean, port: number, ...more: readonly Manifest[]): string => {
  const clusters = { west: west(entry, ...more) }
  const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
  const answer = answerTo(world({ clusters, cluster: { dns: { capture } } }), { from, to: { host: 'api.example.com', port } })
  return `${answer.verdict} ${answer.reason}`
}

it.each([
  ['a declared port is listened for at the address', 80, [], 'REACHABLE DELIVERED', 'REACHABLE DELIVERED'],
  ['another port leads past the listeners', 8443, [], 'UNREACHABLE NOT_LISTENING', 'REACHABLE PASSTHROUGH'],
  ['a rule has the proxy keep the address', 5432, [keeping], 'UNREACHABLE NOT_LISTENING', 'REACHABLE DELIVERED'],
] as const)('nobody is at the address that istiod makes up for a host: %s (DNS-9, EDS-31)', (_title, port, more, captured, resolved) => {
  expect([said(true, port, ...more), said(false, port, ...more)]).toEqual([captured, resolved])
})
