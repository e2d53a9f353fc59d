import { describe, expect, it } from 'vitest'
import { ask, assumed, cluster, deployment, istio, type Manifest, naked, service, topology } from '../../combinations/asking.js'
import { app, denyAll, into, outcome, outOf } from './policies.js'

const dnsRule = (ports: readonly Manifest[], peer: Manifest = { podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }): Manifest => ({
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, ...peer }],
  ports,
})
const udp = [{ protocol: 'UDP', port: 53 }]
const toServer = { to: [{ namespaceSelector: {}, podSelector: app('server') }] }

/** The DNS Service and its pods, which listen on `port`. */
const dns = (port: number): readonly Manifest[] => [
  service(
    'kube-system/kube-dns',
    { selector: { 'k8s-app': 'kube-dns' }, ports: [{ name: 'dns', port: 53, protocol: 'UDP', targetPort: port }] },
    { labels: { 'k8s-app': 'kube-dns' } },
  ),
  deployment('kube-system/coredns', { 'k8s-app': 'kube-dns' }, naked),
]

const call = (policies: readonly Manifest[], header: Manifest = {}, more: readonly Manifest[] = []) => {
  const objects = [deployment('shop/client'), service('bank/server'), deployment('bank/server'), ...more, ...policies]
  return ask(topology([cluster('west', objects, { networkPolicyEnforced: true, ...header })]), 'west/shop/client', 'server.bank:80')
}

describe('a client that may send to the server only', () => {
  it('gets no address from the cluster’s DNS (case 7, NP-22)', () => {
    const answer = call([outOf('shop/out', 'client', toServer)])
    expect(outcome(answer)).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
    expect(assumed(answer)).toContain('DNS_PODS_ASSUMED')
    expect(answer.steps.at(-1)?.because.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)).toEqual([
      'NetworkPolicy shop/out',
    ])
  })

  it('needs none where its proxy answers (case 7, NP-22)', () => {
    expect(outcome(call([outOf('shop/out', 'client', toServer)], { dns: { capture: true } }))).toBe('REACHABLE DELIVERED')
  })

  it.each<[string, Manifest, string]>([
    ['over UDP', dnsRule(udp), 'REACHABLE DELIVERED'],
    ['at any port', dnsRule([{ protocol: 'UDP' }]), 'REACHABLE DELIVERED'],
    ['by the name of the port', dnsRule([{ protocol: 'UDP', port: 'dns' }]), 'REACHABLE DELIVERED'],
    ['over TCP alone, which is for large answers', dnsRule([{ port: 53 }]), 'UNREACHABLE NAME_NOT_RESOLVED at NAME'],
    ['to pods with other labels', dnsRule(udp, { podSelector: app('dns') }), 'UNREACHABLE NAME_NOT_RESOLVED at NAME'],
    ['to a resolver on the node', { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: udp }, 'REACHABLE DELIVERED'],
    [
      'to anybody outside of the private ranges',
      { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] },
      'UNDETERMINED INPUT_MISSING at NAME',
    ],
  ])('may ask DNS %s (NP-22)', (_, rule, expected) => {
    expect(outcome(call([outOf('shop/out', 'client', toServer, rule)]))).toBe(expected)
  })

  it('counts the port of the DNS pods, not the Service’s (NP-22)', () => {
    expect(outcome(call([outOf('shop/out', 'client', toServer, dnsRule(udp))], {}, dns(5353)))).toBe(
      'UNREACHABLE NAME_NOT_RESOLVED at NAME',
    )
    const answer = call([outOf('shop/out', 'client', toServer, dnsRule([{ protocol: 'UDP', port: 5353 }]))], {}, dns(5353))
    expect(outcome(answer)).toBe('REACHABLE DELIVERED')
    expect(assumed(answer)).not.toContain('DNS_PODS_ASSUMED')
  })

  it('reaches a resolver on its own node, where the cluster has them (NP-14, NP-22)', () => {
    const answer = call([outOf('shop/out', 'client', toServer)], {}, [...dns(53), deployment('kube-system/node-local-dns')])
    expect(outcome(answer)).toBe('REACHABLE DELIVERED')
    expect(assumed(answer)).toContain('NODE_LOCAL_DNS_ASSUMED')
  })
})

describe('names of clients that nothing restricts', () => {
  it('are looked up, unless the DNS pods take nothing (NP-3, NP-22)', () => {
    expect(outcome(call([into('bank/p', 'server', {})], {}, dns(53)))).toBe('REACHABLE DELIVERED')
    expect(outcome(call([denyAll('kube-system/deny')], {}, dns(53)))).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
    expect(outcome(call([denyAll('shop/deny')], {}, dns(53)))).toBe('REACHABLE DELIVERED')
  })

  it('need no look-up where nothing is enforced, or the host is an address (NP-2, NP-22)', () => {
    expect(outcome(call([denyAll('shop/deny', 'Egress')], { networkPolicyEnforced: false }))).toBe('REACHABLE DELIVERED')
  })
})

describe('a name that the proxy looks up itself', () => {
  it('needs DNS, though the proxy answers the application (NP-22)', () => {
    const entry = istio('ServiceEntry', 'shop/api', {
      hosts: ['api.example.com'],
      ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
      resolution: 'DNS',
      addresses: ['240.0.0.9'],
    })
    const outward = { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] }
    const ask443 = (...rules: readonly Manifest[]) => {
      const objects = [deployment('shop/client'), entry, outOf('shop/out', 'client', ...rules)]
      const west = cluster('west', objects, { networkPolicyEnforced: true, dns: { capture: true } })
      return outcome(ask(topology([west]), 'west/shop/client', 'api.example.com:443'))
    }
    expect(ask443(outward)).toBe('UNREACHABLE EGRESS_NOT_ALLOWED at NETWORK_POLICY')
    expect(ask443(outward, dnsRule(udp))).toBe('REACHABLE DELIVERED')
  })
})
