import { describe, expect, it } from 'vitest'
import { listVisible } from '#engine/analysis/visibility/list-visible'
import { ask, cluster, deployment, istio, naked, service, told, topology } from './asking.js'

const ports = (...list: readonly (readonly [name: string, port: number, targetPort: number])[]) =>
  list.map(([name, port, targetPort]) => ({ name, port, targetPort }))
const headless = (list: ReturnType<typeof ports>, name = 'ledger') => service(`bank/${name}`, { clusterIP: 'None', ports: list })
const container = (...numbers: readonly number[]) => ({
  containers: [{ name: 'app', image: 'app', ports: numbers.map((containerPort) => ({ containerPort })) }],
})
const caller = deployment('shop/client')
const plain = deployment('shop/plain', naked)

describe('a headless Service', () => {
  const moved = topology([
    cluster('west', [
      caller,
      plain,
      deployment('bank/ledger', {}, {}, container(8080)),
      headless(ports(['http', 80, 8080], ['tcp', 9000, 9001], ['http-same', 8080, 8080])),
    ]),
  ])
  const both = topology([
    cluster('west', [
      caller,
      deployment('bank/ledger', {}, {}, container(8080, 80)),
      headless(ports(['http', 80, 8080], ['tcp', 9000, 9001])),
      service('bank/other', { selector: { app: 'ledger' }, ports: ports(['tcp', 19000, 9000]) }),
    ]),
  ])

  it.each([
    ['a sidecar keeps the port that the application dials, at which nothing listens (EDS-14)', 'client', 80],
    ['for TCP as for HTTP (EDS-14)', 'client', 9000],
    ['a client without proxy dials the pod itself (DNS-4)', 'plain', 80],
  ])('with another target port: %s', (_title, from, port) => {
    expect(told(ask(moved, `west/shop/${from}`, `ledger.bank:${port}`))).toBe('UNREACHABLE NOT_LISTENING at TRANSPORT')
  })

  it.each([
    ['the same target port is met (EDS-14)', moved, 'client', 8080, 'REACHABLE DELIVERED'],
    ['a client without proxy may dial the pod’s own port (DNS-4)', moved, 'plain', 8080, 'REACHABLE PASSTHROUGH'],
    ['a container port listens, whatever the Service leads to (EDS-14)', both, 'client', 80, 'REACHABLE DELIVERED'],
    ['so does the target port of another Service of the pod (EDS-14)', both, 'client', 9000, 'REACHABLE DELIVERED'],
  ])('%s', (_title, mesh, from, port, expected) => {
    expect(told(ask(mesh, `west/shop/${from}`, `ledger.bank:${port}`))).toBe(expected)
  })

  it('as a route’s destination is dialled at the address of the host that was called (EDS-14)', () => {
    const route = istio('VirtualService', 'bank/lead', { hosts: ['front'], http: [{ route: [{ destination: { host: 'ledger' } }] }] })
    const mesh = topology([
      cluster('west', [
        caller,
        deployment('bank/ledger', {}, {}, container(80)),
        deployment('bank/front'),
        headless(ports(['http', 80, 80])),
        service('bank/front', { clusterIP: '10.96.0.7' }),
        route,
      ]),
    ])
    const answer = ask(mesh, 'west/shop/client', 'front.bank:80')
    // kube-proxy hands the connection to `front`, whose certificate is not the one that the proxy expects of `ledger`.
    expect(told(answer)).toBe('UNREACHABLE UNTRUSTED at TRUST')
    expect(answer.endpoints.filter(({ verdict }) => verdict !== 'UNREACHABLE')).toEqual([])
  })

  it('is seen at the addresses that the proxy’s own DNS answers with, those of other clusters included (DNS-12)', () => {
    const pods = (place: string, ip: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'bank', name: `ledger-${place}`, labels: { app: 'ledger' } },
      spec: { containers: [{ name: 'app', image: 'app' }] },
      status: { podIP: ip, phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    })
    const mesh = topology([
      cluster('west', [caller, pods('west', '10.1.0.1'), headless(ports(['http', 80, 80]))], {
        remoteSecrets: ['east'],
        dns: { capture: true },
      }),
      cluster('east', [pods('east', '10.2.0.1'), headless(ports(['http', 80, 80]))], {
        controlPlane: { role: 'REMOTE', managedBy: 'west' },
      }),
    ])
    const seen = listVisible(mesh, { from: { cluster: 'west', namespace: 'shop', workload: 'client' }, host: 'ledger.bank' })
    expect('services' in seen && seen.services[0]?.resolvesTo).toEqual(['10.1.0.1', '10.2.0.1'])
    const answer = ask(mesh, 'west/shop/client', 'ledger.bank:80')
    expect(answer.endpoints.map(({ address }) => address).sort()).toEqual(['10.1.0.1', '10.2.0.1'])
  })
})
