import { describe, expect, it } from 'vitest'
import { createInProcessAnalyst } from '#analyst/in-process'
import { storedVersion } from '../../analyst/shop.js'

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))
const object = (apiVersion: string, kind: string, name: string, spec: object, namespace = 'shop') => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  spec,
})
const istio = (kind: string, name: string, spec: object) => object('networking.istio.io/v1', kind, name, spec)
const labels = { istio: 'ingressgateway' }
const base = [
  object('v1', 'Service', 'cart', { selector: { app: 'cart' }, ports: [{ name: 'http', port: 80 }] }),
  object('apps/v1', 'Deployment', 'edge', { selector: { matchLabels: labels }, template: { metadata: { labels } } }, 'istio-system'),
  object('v1', 'Service', 'edge', { type: 'LoadBalancer', selector: labels, ports: [{ name: 'http', port: 80 }] }, 'istio-system'),
]
const server = { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*', 'a.example'] }

/** Topologies that a call from outside meets: `wide` of what is named. */
const kinds: Readonly<Record<string, (wide: number) => readonly object[]>> = {
  'pods without a controller, each of its own account': (wide) =>
    times(wide, (at) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${at}`, namespace: 'shop', labels: { app: 'cart', at: `${at}` } },
      spec: { serviceAccountName: `a${at}`, containers: [{ name: 'istio-proxy', image: 'x' }] },
      status: { phase: 'Running', podIP: `10.2.${at >> 8}.${at & 255}`, conditions: [{ type: 'Ready', status: 'True' }] },
    })),
  'Gateways, and VirtualServices of other hosts': (wide) =>
    times(wide, (at) => [
      istio('Gateway', `g${at}`, { selector: labels, servers: [server] }),
      istio('VirtualService', `v${at}`, { hosts: ['cart'], gateways: ['g0'], http: [{ route: [{ destination: { host: 'cart' } }] }] }),
    ]).flat(),
}

async function timeOf(resources: readonly object[]): Promise<number> {
  const clusters = [{ name: 'west', controlPlane: { role: 'PRIMARY' }, resources: [...base, ...resources] }]
  const body = new TextEncoder().encode(JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters }))
  const version = await storedVersion({ body, mediaType: 'application/json' })
  const questions = ['h.example', 'cart.shop.svc.cluster.local'].map((host) => ({
    from: { outside: true } as const,
    to: { host, port: 80 },
  }))
  const before = process.cpuUsage()
  const answered = await createInProcessAnalyst().ask('reachability', { questions, at: 0 }, version)
  const { user, system } = process.cpuUsage(before)
  expect(answered).toHaveProperty('value')
  return (user + system) / 1000
}

describe.each(Object.entries(kinds))('a call from outside to %s', (_kind, make) => {
  it('is answered in a time that grows as the topology does', { timeout: 120_000 }, async () => {
    await timeOf(make(200))
    const few = Math.min(await timeOf(make(400)), await timeOf(make(400)))
    // Eight times as many: 8 where each is looked at once, 64 where each is held against all others. Garbage may be collected in one try, not in all.
    let growth = (await timeOf(make(3_200))) / few
    for (let tries = 1; tries < 4 && growth >= 24; tries += 1) growth = Math.min(growth, (await timeOf(make(3_200))) / few)
    expect(growth).toBeLessThan(24)
  })
})
