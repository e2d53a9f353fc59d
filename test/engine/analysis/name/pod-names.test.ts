import { describe, expect, it } from 'vitest'
import type { Reachability } from '#engine/model/reachability'
import { answerTo } from '../asking.js'
import { cluster, istio, pod, type Raw, service, slice, topology } from '../objects.js'

const at = Date.parse('2026-01-01T00:00:00Z')
const headless = service('db', { clusterIP: 'None', ports: [{ name: 'tcp', port: 5432 }] })
const port = { port: { name: 'tcp', port: 5432 } }
const stateful = (...pods: readonly (readonly [string, string])[]): readonly Raw[] => [
  headless,
  ...pods.map(([name, ip]) => pod(name, ip, { app: 'db' }, { spec: { subdomain: 'db' } })),
  slice(
    'db',
    pods.map(([name, ip]) => ({ ip, pod: name })),
    port,
  ),
]
const clients = [pod('web', '10.1.0.99', { app: 'web' }), pod('naked', '10.1.0.98', { app: 'naked' }, { naked: true })]
const strict = istio('PeerAuthentication', 'default', { mtls: { mode: 'STRICT' } }, 'istio-system')
const local = stateful(['db-0', '10.1.0.1'], ['db-1', '10.1.0.2'])

const ask = (resources: readonly Raw[], host: string, workload = 'web', header: Raw = {}): Reachability => {
  const remote = cluster('east', stateful(['db-7', '10.2.0.7']), { network: 'n1' })
  const west = cluster('west', [...clients, ...resources], { network: 'n1', remoteSecrets: ['east'], ...header })
  return answerTo(topology([west, remote]), { from: { cluster: 'west', namespace: 'shop', workload }, to: { host, port: 5432 } }, at)
}
const used = (answer: Reachability): readonly (string | null)[] =>
  answer.endpoints.filter(({ share }) => share > 0).map(({ address }) => address)

describe('the name of one pod behind a headless service', () => {
  it('belongs to the service: mutual TLS to that pod alone, so STRICT lets it in (ROUTE-32, EDS-14)', () => {
    const answer = ask([...local, strict], 'db-1.db')
    expect([answer.verdict, answer.reason, ...used(answer)]).toEqual(['REACHABLE', 'DELIVERED', '10.1.0.2'])
  })

  it('follows the service’s routes on HTTP ports, whose domains cover it (ROUTE-32)', () => {
    const http = local.map((one) => (one === headless ? service('db', { clusterIP: 'None', ports: [{ name: 'http', port: 5432 }] }) : one))
    const routes = istio('VirtualService', 'db', { hosts: ['db'], http: [{ directResponse: { status: 503 } }] })
    expect(ask([...http, routes], 'db-1.db').reason).toBe('DIRECT_RESPONSE')
  })

  it('leads a workload without proxy to that pod alone (DNS-4, ROUTE-34)', () => {
    expect(used(ask(local, 'db-1.db', 'naked'))).toEqual(['10.1.0.2'])
  })

  it('of another cluster has an address only with DNS capture (DNS-4, DNS-12)', () => {
    expect(ask(local, 'db-7.db').reason).toBe('NAME_NOT_RESOLVED')
    expect(used(ask(local, 'db-7.db', 'web', { dns: { capture: true } }))).toEqual(['10.2.0.7'])
  })

  it('means nothing under a service that has an address of its own (DNS-4)', () => {
    expect(ask([service('db', { clusterIP: '10.255.0.9' }), ...local.slice(1)], 'db-1.db').reason).toBe('NAME_NOT_RESOLVED')
  })

  it('is given by a StatefulSet that names the Service, and by no other, though the Service selects its pods (DNS-4)', () => {
    const set = (spec: Raw): Raw => ({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        replicas: 2,
        template: { metadata: { labels: { app: 'db' } }, spec: { subdomain: 'db', containers: [{ name: 'app', image: 'app' }] } },
        ...spec,
      },
    })
    const said = (spec: Raw, host: string, capture = false): string =>
      ask([headless, set(spec)], host, 'web', { observed: false, dns: { capture } }).reason
    expect(said({}, 'db')).toBe('DELIVERED')
    for (const capture of [false, true]) {
      expect(said({ serviceName: 'db' }, 'db-1.db', capture)).toBe('DELIVERED')
      // The controller writes its `serviceName` over the template's subdomain, also where it is none.
      expect(said({}, 'db-1.db', capture)).toBe('NAME_NOT_RESOLVED')
      expect(said({ serviceName: 'peers' }, 'db-1.db', capture)).toBe('NAME_NOT_RESOLVED')
      // Nor is there a name under a Service that does not exist.
      expect(said({ serviceName: 'peers' }, 'db-1.peers.shop.svc.cluster.local', capture)).toBe('NAME_NOT_RESOLVED')
    }
  })
})
