import { expect, it } from 'vitest'
import { ask, cluster, deployment, istio, type Manifest, service, told, topology } from './combinations/asking.js'

// More than the stack has room for, were each an argument.
const many = 150_000
const calls = (...objects: readonly Manifest[]): string =>
  told(
    ask(
      topology([cluster('west', [deployment('shop/web'), deployment('bank/ledger'), service('bank/ledger'), ...objects])]),
      'west/shop/web',
      'ledger.bank:80',
    ),
  )

it('answers beside an Ingress of very many paths', () => {
  const backend = { service: { name: 'ledger', port: { number: 80 } } }
  const paths = Array.from({ length: many }, (_, at) => ({ path: `/${at}`, pathType: 'Exact', backend }))
  const metadata = { namespace: 'bank', name: 'ledger', annotations: { 'kubernetes.io/ingress.class': 'istio' } }
  const spec = { rules: [{ host: 'ledger.example', http: { paths } }] }
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec }
  expect(calls(ingress)).toBe('REACHABLE DELIVERED')
})

it('answers beside DestinationRules of very many subsets for one host', () => {
  const subsets = (from: string): readonly Manifest[] =>
    Array.from({ length: many }, (_, at) => ({ name: `${from}${at}`, labels: { app: 'ledger' } }))
  const rules = ['a', 'b'].map((name) => istio('DestinationRule', `bank/${name}`, { host: 'ledger', subsets: subsets(name) }))
  expect(calls(...rules)).toBe('REACHABLE DELIVERED')
})

it('answers beside an object of very many fields that cannot be read', () => {
  const http = Array.from({ length: many }, () => 1)
  expect(calls(istio('VirtualService', 'bank/odd', { hosts: ['ledger'], http }))).toMatch(/^[A-Z]+ [A-Z_]+/)
})
