/** Expected values: calls through real Envoys (1.40.0, configured by istiod). */
import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, istio, naked, service, told, topology } from './asking.js'

const ports = [
  { name: 'http', port: 80, targetPort: 8080 },
  { name: 'tcp', port: 90, targetPort: 9090 },
  { name: 'any', port: 70, targetPort: 7070 },
]
const routed = istio('VirtualService', 'bank/routed', {
  hosts: ['routed.example'],
  http: [{ route: [{ destination: { host: 'bare.bank.svc.cluster.local' } }] }],
})
const world = (mode: string) =>
  topology([
    cluster('west', [
      deployment('bank/client'),
      deployment('shop/plain', naked),
      deployment('bank/ledger'),
      deployment('bank/bare', naked),
      service('bank/ledger', { ports, clusterIP: '10.96.0.8' }),
      service('bank/bare', { ports, clusterIP: '10.96.0.9' }),
      routed,
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { namespace: 'istio-system', name: 'istio' },
        data: { mesh: `outboundTrafficPolicy: { mode: ${mode} }` },
      },
    ]),
  ])
const [open, closed] = [world('ALLOW_ANY'), world('REGISTRY_ONLY')]
const call = (snapshot: typeof open, to: string, host: string, from = 'bank/client') => {
  const answer = ask(snapshot, `west/${from}`, to, { method: 'GET', path: '/', headers: [{ name: 'Host', value: host }] })
  return `${told(answer)} ${answer.endpoints.map(({ workload }) => workload?.split('/').at(-1)).join()}`
}

describe('the authority of a request', () => {
  it.each([
    'bare',
    'bare.bank',
    'Bare.BANK',
    'bare.bank:81',
    'bare.bank.svc',
    'bare.bank.svc.cluster.local.',
    '10.96.0.9',
    'routed.example',
  ])('decides, whatever address is dialled: %s', (host) => {
    for (const to of ['ledger.bank:80', 'nobody.example:80'])
      for (const snapshot of [open, closed]) expect(call(snapshot, to, host)).toBe('REACHABLE DELIVERED bare')
  })

  it.each(['nobody.example', '10.2.0.9', ''])(
    'is passed on to the address that is dialled, or refused, where it is nobody’s: %s',
    (host) => {
      expect(call(open, 'ledger.bank:80', host)).toBe('REACHABLE PASSTHROUGH ledger')
      expect(call(closed, 'ledger.bank:80', host)).toBe('UNREACHABLE BLACKHOLED at SCOPE ')
    },
  )

  it.each([
    ['at a port of TCP', 'ledger.bank:90', 'bank/client', 'REACHABLE DELIVERED ledger'],
    ['at an undeclared port of an address', 'ledger.bank:70', 'bank/client', 'REACHABLE DELIVERED ledger'],
    ['without a proxy', 'ledger.bank:80', 'shop/plain', 'REACHABLE PASSTHROUGH ledger'],
  ])('has no say %s', (_title, to, from, expected) => {
    expect(call(open, to, 'bare.bank', from)).toBe(expected)
  })

  it('decides at the only port, where the question names none', () => {
    const one = { ports: ports.slice(0, 1) }
    const snapshot = topology([
      cluster('west', [
        deployment('bank/client'),
        ...['ledger', 'bare'].flatMap((name) => [deployment(`bank/${name}`), service(`bank/${name}`, one)]),
      ]),
    ])
    expect(call(snapshot, 'ledger.bank', 'bare.bank')).toBe('REACHABLE DELIVERED bare')
  })

  it('is no other by its letters or its port', () => {
    expect(call(closed, 'ledger.bank:80', 'LEDGER.bank:81')).toBe('REACHABLE DELIVERED ledger')
  })
})
