import { describe, expect, it } from 'vitest'
import {
  ask,
  assumed,
  cluster,
  deployment,
  gatewayProxy,
  istio,
  type Manifest,
  naked,
  namespace,
  service,
  topology,
} from '../../combinations/asking.js'
import { app, denyAll, into, outcome, outOf } from './policies.js'

const header = { networkPolicyEnforced: true, dns: { capture: true } }
const west = (objects: readonly Manifest[], more: Manifest = {}) => topology([cluster('west', objects, { ...header, ...more })])
const server = [service('bank/server'), deployment('bank/server')]
const from = (name: string): Manifest => ({ from: [{ namespaceSelector: {}, podSelector: app(name) }] })
const to = (name: string, ...ports: readonly number[]): Manifest => ({
  to: [{ namespaceSelector: {}, podSelector: app(name) }],
  ...(ports.length === 0 ? {} : { ports: ports.map((port) => ({ port })) }),
})
const at = (...ports: readonly number[]): Manifest => ({ ports: ports.map((port) => ({ port })) })
const stepOf = (answer: ReturnType<typeof ask>) =>
  [...answer.steps, ...answer.endpoints.flatMap(({ steps }) => steps)].find(({ stage }) => stage === 'NETWORK_POLICY')

describe('several policies that select one pod', () => {
  it('let through what any of them does (NP-6)', () => {
    const policies = [into('bank/a', 'server', from('other')), into('bank/b', 'server', from('client')), denyAll('bank/c')]
    expect(outcome(ask(west([deployment('shop/client'), ...server, ...policies]), 'west/shop/client', 'server.bank:80'))).toBe(
      'REACHABLE DELIVERED',
    )
  })
})

describe('a client without a proxy', () => {
  it('calls a pod’s own port as everybody does: what captures connections inside of pods is not seen (NP-15)', () => {
    const objects = [deployment('shop/client', {}, naked), ...server]
    const call = (...ports: readonly number[]) =>
      ask(
        west([...objects, into('bank/a', 'server', at(...ports)), outOf('shop/a', 'client', to('server', ...ports), to('kube-dns'))], {
          dns: {},
        }),
        'west/shop/client',
        'server.bank:80',
      )
    expect(call(15006, 15001, 80).verdict).toBe('UNREACHABLE')
  })

  it('is seen to call the pod, though it dials the Service (NP-13)', () => {
    const dns = { to: [{ namespaceSelector: {} }], ports: [{ protocol: 'UDP', port: 53 }] }
    const call = (rule: Manifest) =>
      ask(
        west([deployment('shop/client', {}, naked), ...server, outOf('shop/a', 'client', rule, dns)], {
          serviceCidrs: ['10.255.0.0/16'],
          podCidrs: ['10.10.0.0/16'],
        }),
        'west/shop/client',
        'server.bank:80',
      )
    expect(call(to('server')).verdict).toBe('REACHABLE')
    const block = call({ to: [{ ipBlock: { cidr: '10.255.0.0/16' } }] })
    expect(block.verdict).toBe('UNREACHABLE')
    expect(assumed(block)).toContain('SERVICE_ADDRESS_TRANSLATED_ASSUMED')
  })
})

describe('captured pods', () => {
  const captured = [
    namespace('shop', { 'istio.io/dataplane-mode': 'ambient' }),
    namespace('bank', { 'istio.io/dataplane-mode': 'ambient' }),
    deployment('shop/client'),
    ...server,
  ]
  const step = (objects: readonly Manifest[]) => stepOf(ask(west(objects), 'west/shop/client', 'server.bank:80'))

  it('send HBONE to port 15008, and the port of the application does not count (NP-16)', () => {
    expect(step([...captured, into('bank/a', 'server', at(8080))])?.outcome).toBe('STOPPED')
    expect(step([...captured, into('bank/a', 'server', at(15008))])?.outcome).toBe('PASSED')
    expect(step([...captured, into('bank/a', 'server', at(8080, 15008))])?.outcome).toBe('PASSED')
    expect(step([...captured, into('bank/a', 'server', from('client'))])?.outcome).toBe('PASSED')
  })

  it('are called in plaintext by clients without a proxy (NP-16)', () => {
    const plain = [namespace('shop', {}), ...captured.slice(1)]
    expect(step([...plain, into('bank/a', 'server', at(8080))])?.outcome).toBe('PASSED')
    expect(step([...plain, into('bank/a', 'server', at(15008))])?.outcome).toBe('STOPPED')
  })

  it('are the peers of each other where the waypoint that is named is not there (NP-17, AMB-42)', () => {
    const waypoint = namespace('bank', { 'istio.io/dataplane-mode': 'ambient', 'istio.io/use-waypoint': 'w' })
    const objects = [
      ...captured.filter(({ kind, metadata }) => kind !== 'Namespace' || (metadata as Manifest)['name'] !== 'bank'),
      waypoint,
    ]
    expect(step([...objects, into('bank/a', 'server', from('client'))])?.outcome).toBe('PASSED')
    expect(step(objects)?.outcome).toBe('NOT_APPLICABLE')
  })
})

describe('a call that is routed through a gateway', () => {
  const through = [
    deployment('shop/client'),
    ...server,
    ...gatewayProxy('egress', [{ name: 'http', port: 80, targetPort: 8080 }]),
    istio('Gateway', 'bank/egress', {
      selector: { istio: 'egress' },
      servers: [{ port: { number: 8080, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    }),
    istio('VirtualService', 'bank/server', {
      hosts: ['server.bank.svc.cluster.local'],
      gateways: ['mesh', 'egress'],
      http: [
        {
          match: [{ gateways: ['mesh'] }],
          route: [{ destination: { host: 'egress.istio-system.svc.cluster.local', port: { number: 80 } } }],
        },
        { match: [{ gateways: ['egress'] }], route: [{ destination: { host: 'server.bank.svc.cluster.local', port: { number: 80 } } }] },
      ],
    }),
  ]
  const verdict = (...policies: readonly Manifest[]) => ask(west([...through, ...policies]), 'west/shop/client', 'server.bank:80').verdict

  it('is a connection of its own on each leg (NP-19)', () => {
    expect(verdict()).toBe('REACHABLE')
    expect(verdict(into('bank/a', 'server', from('client')))).toBe('UNREACHABLE')
    expect(verdict(into('bank/a', 'server', from('egress')))).toBe('REACHABLE')
    expect(verdict(into('istio-system/a', 'egress', from('client')), outOf('shop/a', 'client', to('egress', 8080)))).toBe('REACHABLE')
    expect(verdict(denyAll('istio-system/a', 'Egress'))).toBe('UNREACHABLE')
    expect(verdict(outOf('shop/a', 'client', to('server')))).toBe('UNREACHABLE')
  })
})

describe('a pod that calls the Service that it stands behind', () => {
  const call = (spec: Manifest) => {
    const own = deployment('bank/server')
    const object = { ...own, spec: { ...(own['spec'] as Manifest), ...spec } }
    return ask(west([service('bank/server'), object, denyAll('bank/deny', 'Ingress', 'Egress')]), 'west/bank/server', 'server:80')
  }

  it('always reaches itself, and of several instances only itself (NP-14)', () => {
    expect(call({}).verdict).toBe('REACHABLE')
    expect(call({ replicas: 3 }).verdict).toBe('AMBIGUOUS')
  })
})

describe('a proxy that may not call its control plane', () => {
  it('is taken to keep what it has, and that is told (NP-23)', () => {
    const call = (...rules: readonly Manifest[]) =>
      ask(
        west([deployment('shop/client'), ...server, outOf('shop/a', 'client', to('server'), ...rules)]),
        'west/shop/client',
        'server.bank:80',
      )
    expect(call().verdict).toBe('REACHABLE')
    expect(assumed(call())).toContain('PROXY_CONFIGURATION_KEPT_ASSUMED')
    expect(assumed(call(to('istiod', 15012)))).not.toContain('PROXY_CONFIGURATION_KEPT_ASSUMED')
    expect(assumed(call(to('istiod', 443)))).toContain('PROXY_CONFIGURATION_KEPT_ASSUMED')
  })
})

describe('a pod of which only an EndpointSlice tells', () => {
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { namespace: 'bank', name: 'server-1', labels: { 'kubernetes.io/service-name': 'server' } },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080 }],
    endpoints: [{ addresses: ['10.9.9.9'], conditions: { ready: true } }],
  }
  const step = (...policies: readonly Manifest[]) =>
    stepOf(
      ask(
        west([deployment('shop/client', {}, naked), service('bank/server'), slice, ...policies], { dns: {} }),
        'west/shop/client',
        'server.bank:80',
      ),
    )
  const dns = { ports: [{ protocol: 'UDP', port: 53 }] }

  it('may be selected by policies, as peer and as server: its labels are not known (NP-9, NP-10)', () => {
    expect(step(outOf('shop/a', 'client', to('server'), dns))?.outcome).toBe('UNDETERMINED')
    expect(step(outOf('shop/a', 'client', { to: [{ ipBlock: { cidr: '10.9.0.0/16' } }] }, dns))?.outcome).toBe('PASSED')
    expect(step(outOf('shop/a', 'client', dns))?.outcome).toBe('STOPPED')
    expect(step(into('bank/a', 'server', from('client')))?.outcome).toBe('UNDETERMINED')
    expect(step(into('shop/a', 'server', from('client')))?.outcome).toBe('NOT_APPLICABLE')
  })
})
