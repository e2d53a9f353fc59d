/** Expected values: calls through real Envoys (1.40.0, configured by istiod), HTTP/1.1. */
import { describe, expect, it } from 'vitest'
import { ask, cluster, deployment, naked, namespace, service, told, topology } from './asking.js'

const ports = [
  { name: 'http', port: 80, targetPort: 8080 },
  { name: 'tcp', port: 90, targetPort: 9090 },
  { name: 'any', port: 70, targetPort: 7070 },
  { name: 'grpc', port: 50, targetPort: 5050 },
]
const past = (what: string, port: string) => ({ [`traffic.sidecar.istio.io/exclude${what}Ports`]: port })
const snapshot = topology([
  cluster('west', [
    deployment('shop/client'),
    deployment('shop/plain', naked),
    deployment('shop/skips', {}, past('Outbound', '80')),
    deployment('bank/ledger'),
    deployment('bank/bare', naked),
    deployment('bank/half', {}, past('Inbound', '8080')),
    ...['ledger', 'bare', 'half'].map((name) => service(`bank/${name}`, { ports })),
  ]),
])
const call = (from: string, to: string, method: string) => told(ask(snapshot, `west/shop/${from}`, to, { method, path: '/' }))

describe('a method that proxies do not know', () => {
  const atClient = 'UNREACHABLE PROTOCOL_REJECTED at ROUTE'
  const atServer = 'UNREACHABLE PROTOCOL_REJECTED at TRANSPORT'
  it.each([
    ['the client’s proxy refuses it at a port of requests', 'client', 'ledger.bank:80', atClient],
    ['whoever the server is', 'client', 'bare.bank:80', atClient],
    ['and at one where it finds out what is spoken', 'client', 'bare.bank:70', atClient],
    ['and at one of gRPC', 'client', 'ledger.bank:50', atClient],
    ['and on the way to strangers, where it listens for requests', 'client', 'nobody.example:80', atClient],
    ['elsewhere it reads nothing of theirs', 'client', 'nobody.example:8123', 'REACHABLE PASSTHROUGH'],
    ['nor at a port of TCP', 'client', 'ledger.bank:90', 'REACHABLE DELIVERED'],
    ['the server’s proxy refuses it', 'plain', 'ledger.bank:80', atServer],
    ['and at an undeclared port', 'plain', 'ledger.bank:70', atServer],
    ['but not at one of TCP', 'plain', 'ledger.bank:90', 'REACHABLE PASSTHROUGH'],
    ['nor where it does not come by', 'plain', 'half.bank:80', 'REACHABLE PASSTHROUGH'],
    ['past the client’s proxy alone', 'skips', 'ledger.bank:80', atServer],
    ['past both', 'skips', 'bare.bank:80', 'REACHABLE PASSTHROUGH'],
    ['without any', 'plain', 'bare.bank:80', 'REACHABLE PASSTHROUGH'],
  ])('%s', (_title, from, to, expected) => {
    for (const method of ['get', 'FOO']) expect(call(from, to, method)).toBe(expected)
  })

  it('is told from the one that is meant', () => {
    const { summary } = ask(snapshot, 'west/shop/client', 'ledger.bank:80', { method: 'get' })
    expect(summary).toContain('answers 400 to the method `get`')
    expect(summary).toContain('it knows `GET`')
  })

  it.each([
    ...['GET', 'MSEARCH', 'PURGE', 'UNSUBSCRIBE', 'ACL'].map((method) => [method, 'REACHABLE DELIVERED']),
    ...['M-SEARCH', 'PRI', 'Get', 'CONNECT'].map((method) => [method, atClient]),
  ])('is not every rare one: %s', (method, expected) => {
    expect(call('client', 'bare.bank:80', method)).toBe(expected)
  })
})

describe('in ambient mode', () => {
  it('ztunnel reads no requests', () => {
    const ambient = topology([
      cluster('west', [
        namespace('shop', { 'istio.io/dataplane-mode': 'ambient' }),
        namespace('bank', { 'istio.io/dataplane-mode': 'ambient' }),
        deployment('shop/client'),
        deployment('bank/ledger'),
        service('bank/ledger', { ports }),
      ]),
    ])
    expect(told(ask(ambient, 'west/shop/client', 'ledger.bank:80', { method: 'get' }))).toBe('REACHABLE DELIVERED')
  })
})
