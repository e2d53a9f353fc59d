import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, eastWest, istio, type Manifest, naked, told, topology } from './asking.js'

const pod = (place: string, ip: string, spec: Manifest = {}): Manifest => {
  const [namespace, name] = place.split('/')
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels: { app: 'parrot' } },
    spec: { serviceAccountName: name, containers: [{ name: 'app' }, { name: 'istio-proxy', image: 'istio/proxyv2:1.30.2' }], ...spec },
    status: { phase: 'Running', podIP: ip, podIPs: [{ ip }], conditions: [{ type: 'Ready', status: 'True' }] },
  }
}
const machine = (spec: Manifest): Manifest => istio('WorkloadEntry', 'shop/machine', { labels: { app: 'machine' }, ...spec })
const host: Manifest = istio('ServiceEntry', 'shop/host', {
  hosts: ['machine.example'],
  location: 'MESH_INTERNAL',
  resolution: 'STATIC',
  addresses: ['240.0.0.7'],
  ports: [{ number: 80, name: 'http', protocol: 'HTTP', targetPort: 8080 }],
  workloadSelector: { labels: { app: 'machine' } },
})
const strict = istio('PeerAuthentication', 'istio-system/default', { mtls: { mode: 'STRICT' } })
const from = 'west/shop/web'
const caller = deployment('shop/web')

interface Sides {
  readonly entry: Manifest
  readonly east?: readonly Manifest[]
  readonly eastNetwork?: string
}
const mesh = ({ entry, east = [], eastNetwork = 'n1' }: Sides) =>
  topology([
    cluster('west', [caller, host, machine(entry)], { network: 'n1', dns: { capture: true } }),
    cluster('east', east, { network: eastNetwork }),
  ])

describe('what a WorkloadEntry says of an address', () => {
  it('does not hide the pod that has it: plaintext meets a proxy that wants mutual TLS (EDS-20, TLS-11)', () => {
    const snapshot = mesh({ entry: { address: '10.2.0.5' }, east: [pod('shop/parrot', '10.2.0.5'), strict] })
    expect(told(ask(snapshot, from, 'machine.example:80'))).toBe('UNREACHABLE TLS_REJECTED at TRANSPORT')
    expect(told(ask(snapshot, from, '10.2.0.5:8080'))).toBe('UNREACHABLE TLS_REJECTED at TRANSPORT')
  })

  it('nor a pod of the entry’s own cluster, whichever stands first (EDS-20)', () => {
    const local = (objects: readonly Manifest[]) => topology([cluster('west', [caller, ...objects, strict], { dns: { capture: true } })])
    const written = [host, machine({ address: '10.1.0.5' })]
    for (const objects of [
      [...written, pod('shop/parrot', '10.1.0.5')],
      [pod('shop/parrot', '10.1.0.5'), ...written],
    ])
      expect(told(ask(local(objects), from, '10.1.0.5:8080'))).toBe('UNREACHABLE TLS_REJECTED at TRANSPORT')
  })

  it('holds where no pod has the address (EDS-20)', () => {
    expect(told(ask(mesh({ entry: { address: '10.2.0.9' } }), from, 'machine.example:80'))).toBe('REACHABLE DELIVERED')
  })

  it('holds where the pod with the address is on a network that packets do not reach (NET-37)', () => {
    const snapshot = mesh({ entry: { address: '10.2.0.5' }, east: [pod('shop/parrot', '10.2.0.5'), strict], eastNetwork: 'n2' })
    expect(told(ask(snapshot, from, 'machine.example:80'))).toBe('REACHABLE DELIVERED')
  })
})

describe('a machine’s own network', () => {
  it('counts also in the cluster that holds its entry: nothing routes there (EDS-21, NET-37)', () => {
    expect(told(ask(mesh({ entry: { address: '172.16.0.4', network: 'vms' } }), from, 'machine.example:80'))).toBe(
      'UNREACHABLE CROSS_NETWORK_WITHOUT_GATEWAY at NETWORK',
    )
  })

  it('is the caller’s: the machine is dialled (EDS-21)', () => {
    expect(told(ask(mesh({ entry: { address: '172.16.0.4', network: 'n1' } }), from, 'machine.example:80'))).toBe('REACHABLE DELIVERED')
  })

  it('holds for callers without a proxy as well (NET-37)', () => {
    const snapshot = topology([
      cluster('west', [deployment('shop/web', {}, naked), host, machine({ address: '172.16.0.4', network: 'vms' })], { network: 'n1' }),
    ])
    expect(ask(snapshot, from, '172.16.0.4:8080').verdict).toBe('UNREACHABLE')
  })

  it('with a gateway is entered through it (NET-10, NET-15)', () => {
    const answer = ask(
      topology([
        cluster(
          'west',
          [
            caller,
            host,
            machine({ address: '172.16.0.4', network: 'vms', serviceAccount: 'vm' }),
            ...eastWest('vms', '203.0.113.7', { hosts: ['*'] }),
          ],
          {
            network: 'n1',
            dns: { capture: true },
          },
        ),
      ]),
      from,
      'machine.example:80',
    )
    expect(answer.endpoints.map(({ via }) => via)).not.toContain(undefined)
    expect(answer.steps.find(({ stage }) => stage === 'NETWORK')?.reason).not.toBe('DIRECT')
  })
})
