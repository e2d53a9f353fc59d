import { describe, expect, it } from 'vitest'
import { type Manifest, service } from '../calling.js'
import { ask, codes, edgePods, edgeService, gate, http, ports, route, said } from './edge.js'

describe('a client outside of every cluster', () => {
  const edge = [edgeService(), edgePods, gate(http(['*'])), route(['*'])]

  it.each<[string, Manifest, Manifest, string, string]>([
    ['nothing of it', {}, {}, 'REACHABLE DELIVERED', ''],
    [
      'ranges of addresses',
      { loadBalancerSourceRanges: ['198.51.100.0/24'] },
      {},
      'AMBIGUOUS VIA_GATEWAY',
      'lets in clients from `198.51.100.0/24` only',
    ],
    ['every address', { loadBalancerSourceRanges: ['198.51.100.0/24', '0.0.0.0/0'] }, {}, 'REACHABLE DELIVERED', ''],
    [
      'ranges by annotation',
      {},
      { 'service.beta.kubernetes.io/load-balancer-source-ranges': '10.0.0.0/8, 192.0.2.0/24' },
      'AMBIGUOUS VIA_GATEWAY',
      '`192.0.2.0/24` only',
    ],
    [
      'an internal one of AWS',
      {},
      { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' },
      'AMBIGUOUS VIA_GATEWAY',
      'asks for an internal load balancer',
    ],
    [
      'an internal one of GCP',
      {},
      { 'networking.gke.io/load-balancer-type': 'Internal' },
      'AMBIGUOUS VIA_GATEWAY',
      'asks for an internal load balancer',
    ],
    [
      'an internal one of Azure',
      {},
      { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' },
      'AMBIGUOUS VIA_GATEWAY',
      'asks for an internal load balancer',
    ],
    [
      'the usual scheme of the AWS controller',
      { loadBalancerClass: 'service.k8s.aws/nlb' },
      {},
      'AMBIGUOUS VIA_GATEWAY',
      'asks for an internal load balancer',
    ],
    [
      'a public scheme of the AWS controller',
      { loadBalancerClass: 'service.k8s.aws/nlb' },
      { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
      'REACHABLE DELIVERED',
      '',
    ],
    ['a public one of Azure', {}, { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'false' }, 'REACHABLE DELIVERED', ''],
  ])('by a load balancer that says %s: %s %s (GW-2)', (_, spec, annotations, expected, message) => {
    const balancer = edgeService(spec) as Manifest & { readonly metadata: Manifest }
    const answer = ask(
      [{ ...balancer, metadata: { ...balancer.metadata, annotations } }, edgePods, gate(http(['*'])), route(['*'])],
      'shop.example',
    )
    expect(said(answer)).toBe(expected)
    if (message !== '') expect(answer.conditions.map((one) => one.message).join()).toContain(message)
  })

  it('is told which Services it meets without a gateway (GW-1, NET-7)', () => {
    const balanced = service('shop/public', { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] })
    const nodes = service('shop/nodes', { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80, nodePort: 30080 }] })
    const none = ask([balanced, nodes], 'shop.example')
    expect(said(none)).toBe('UNREACHABLE GATEWAY_NOT_FOUND')
    expect(none.steps.map(({ message }) => message).join()).toContain(
      'without a gateway one meets Service `shop/nodes` at port 30080 of the nodes, Service `shop/public` at the address that its load balancer gets',
    )
    const named = ask([balanced, nodes], 'public.shop')
    expect(said(named)).toBe('UNREACHABLE NAME_NOT_RESOLVED')
    expect(named.steps.map(({ message }) => message).join()).toContain(
      'answers nobody outside; without a gateway one meets Service `shop/public` at the address that its load balancer gets',
    )
  })

  it('is called so where NetworkPolicies of the gateway take it for an address (NP-11)', () => {
    const closed = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { namespace: 'edge', name: 'closed' },
      spec: { podSelector: {}, ingress: [] },
    }
    const pending = [edgeService({}, null), edgePods, gate(http(['*'])), route(['*'])]
    expect(
      ask([...pending, closed], 'shop.example')
        .steps.map(({ message }) => message)
        .join(),
    ).toContain('no rule of it admits clients of every address outside at port 8080')
  })

  it('comes in by the public gateway where another one is met in a private network only (GW-2)', () => {
    const internal = service(
      'edge/inner',
      { selector: { istio: 'edge' }, type: 'LoadBalancer', ports },
      { 'networking.gke.io/load-balancer-type': 'Internal' },
    )
    const both = [...edge, { ...internal, status: { loadBalancer: { ingress: [{ ip: '10.9.0.1' }] } } }]
    expect(said(ask(both, 'shop.example'))).toBe('REACHABLE DELIVERED')
    expect(said(ask(both, '10.9.0.1', { port: 80, headers: [{ name: 'Host', value: 'shop.example' }] }))).toBe('AMBIGUOUS VIA_GATEWAY')
  })

  it('gets where external-dns leads the name of a Gateway, unless it leads to addresses of others (GW-1)', () => {
    const named = (annotations: Manifest): readonly Manifest[] => {
      const { metadata, ...rest } = gate(http(['*']))
      return [edgeService(), edgePods, { ...rest, metadata: { ...(metadata as Manifest), annotations } }, route(['*'])]
    }
    const hostname = { 'external-dns.alpha.kubernetes.io/hostname': 'shop.example' }
    const own = ask(named(hostname), 'shop.example')
    expect([said(own), codes(own).includes('GATEWAY_NAME_ASSUMED')]).toEqual(['REACHABLE DELIVERED', false])
    const elsewhere = ask(named({ ...hostname, 'external-dns.alpha.kubernetes.io/target': 'cdn.example' }), 'shop.example')
    expect([said(elsewhere), codes(elsewhere).includes('GATEWAY_NAME_ASSUMED')]).toEqual(['REACHABLE DELIVERED', true])
  })
})
