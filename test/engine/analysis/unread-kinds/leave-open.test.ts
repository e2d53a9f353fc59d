import { describe, expect, it } from 'vitest'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { traceCall } from '#engine/analysis/trace-call'
import { issueAuthority } from '../../certificates.js'
import {
  ask,
  at,
  cluster,
  deployment,
  eastWest,
  gatewayProxy,
  istio,
  type Manifest,
  naked,
  service,
  told,
  topology,
} from '../../combinations/asking.js'

const root = (await issueAuthority('Common')).pem
const ledger = [deployment('bank/ledger'), service('bank/ledger')]
const unread = (kind: string, namespace?: string): Manifest => ({
  kind,
  ...(namespace === undefined ? {} : { namespace }),
  reason: 'forbidden',
})

/** `shop/web` calls `ledger.bank`, both with proxies, while these kinds could not be read. */
const call = (kinds: readonly Manifest[], extra: readonly Manifest[] = [], web = deployment('shop/web')) =>
  ask(topology([cluster('west', [web, ...ledger, ...extra], { unread: kinds })]), 'west/shop/web', 'ledger.bank')

const open = (stage: string): string => `UNDETERMINED INPUT_MISSING at ${stage}`
const fine = 'REACHABLE DELIVERED'

describe('a kind that could not be read leaves a call open where it could decide', () => {
  it.each<[string, Manifest, string]>([
    ['AuthorizationPolicies of the server’s namespace', unread('AuthorizationPolicy', 'bank'), open('AUTHORIZATION')],
    ['AuthorizationPolicies of the root namespace', unread('AuthorizationPolicy', 'istio-system'), open('AUTHORIZATION')],
    ['AuthorizationPolicies of every namespace', unread('AuthorizationPolicy'), open('AUTHORIZATION')],
    ['not those of the client’s namespace, which are inert for the call', unread('AuthorizationPolicy', 'shop'), fine],
    ['PeerAuthentications of the server’s namespace', unread('PeerAuthentication', 'bank'), open('TRANSPORT')],
    ['not those of the client’s', unread('PeerAuthentication', 'shop'), fine],
    ['DestinationRules of the client’s namespace', unread('DestinationRule', 'shop'), open('TRANSPORT')],
    ['DestinationRules of the service’s', unread('DestinationRule', 'bank'), open('TRANSPORT')],
    ['not DestinationRules of a third namespace', unread('DestinationRule', 'other'), fine],
    ['VirtualServices of any namespace', unread('VirtualService', 'other'), open('ROUTE')],
    ['a Sidecar of the client’s namespace', unread('Sidecar', 'shop'), open('SCOPE')],
    ['not a Sidecar of a third one', unread('Sidecar', 'other'), fine],
    ['EndpointSlices of the service’s namespace', unread('EndpointSlice', 'bank'), open('DISCOVERY')],
    ['pods of it', unread('Pod', 'bank'), open('DISCOVERY')],
    ['not pods of another', unread('Pod', 'other'), fine],
    ['WorkloadEntries that its selector could pick (EDS-12)', unread('WorkloadEntry', 'bank'), open('DISCOVERY')],
    ['not ServiceEntries, which never stand before a Service (VIS-22)', unread('ServiceEntry'), fine],
    ['not Services, since this one is given', unread('Service', 'bank'), fine],
    ['NetworkPolicies of the client’s namespace', unread('NetworkPolicy', 'shop'), open('NETWORK_POLICY')],
    ['NetworkPolicies of the server’s', unread('NetworkPolicy', 'bank'), open('NETWORK_POLICY')],
    ['NetworkPolicies of Calico in it', unread('NetworkPolicy.crd.projectcalico.org', 'bank'), open('NETWORK_POLICY')],
    ['policies of administrators', unread('AdminNetworkPolicy'), open('NETWORK_POLICY')],
    ['not NetworkPolicies of a third namespace', unread('NetworkPolicy', 'other'), fine],
    ['not RequestAuthentications: the request states no token (AUTHZ-21)', unread('RequestAuthentication', 'bank'), fine],
    ['EnvoyFilters of the server’s namespace', unread('EnvoyFilter', 'bank'), open('AUTHORIZATION')],
    ['routes of the Gateway API in the service’s namespace', unread('HTTPRoute', 'bank'), open('ROUTE')],
    ['ConfigMaps of the system namespace, which hold MeshConfig', unread('ConfigMap', 'istio-system'), open('SCOPE')],
    ['not ConfigMaps of the application', unread('ConfigMap', 'bank'), fine],
    ['not Gateways: none is on the way', unread('Gateway'), fine],
    ['not Secrets: one control plane issues both certificates', unread('Secret', 'istio-system'), fine],
    ['not nodes: all endpoints take the call', unread('Node'), fine],
    ['not a kind that nothing reads', unread('Telemetry', 'bank'), fine],
  ])('%s', (_, kind, expected) => {
    expect(told(call([kind]))).toBe(expected)
  })

  it.each<[string, readonly string[], string]>([
    ['in all but the server’s namespace and the root’s', ['bank', 'istio-system'], fine],
    ['in all but the server’s, whose root’s count as well', ['bank'], open('AUTHORIZATION')],
  ])('AuthorizationPolicies %s', (_, exceptNamespaces, expected) => {
    const answer = call([{ kind: 'AuthorizationPolicy', exceptNamespaces, reason: 'not asked for' }])
    expect(told(answer)).toBe(expected)
    if (expected !== fine)
      expect(answer.summary).toContain('AuthorizationPolicy objects of namespaces other than `bank` in cluster `west` could not be read')
  })

  it('names the kind, its place and why it could not be read', () => {
    const { summary, steps, endpoints } = call([unread('AuthorizationPolicy', 'bank')])
    expect(summary).toContain(
      'AuthorizationPolicy objects of namespace `bank` in cluster `west` could not be read by whoever collected them',
    )
    const step = [...steps, ...endpoints.flatMap((path) => path.steps)].find(({ outcome }) => outcome === 'UNDETERMINED')
    expect(step?.because[0]).toMatchObject({ cluster: 'west', kind: 'Cluster', name: 'west', path: 'unread[0]' })
  })
})

describe('what is unreachable for a reason that no more objects of the kind could turn stays so', () => {
  const deny = istio('AuthorizationPolicy', 'bank/deny', { action: 'DENY', rules: [{}] })
  const allowOthers = istio('AuthorizationPolicy', 'bank/allow', { rules: [{ from: [{ source: { namespaces: ['vault'] } }] }] })
  const strict = istio('PeerAuthentication', 'bank/strict', { selector: { matchLabels: { app: 'ledger' } }, mtls: { mode: 'STRICT' } })
  const closed = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'bank', name: 'closed' },
    spec: { podSelector: {}, ingress: [] },
  }
  const denied = 'UNREACHABLE DENIED at AUTHORIZATION'

  it.each<[string, readonly Manifest[], Manifest, string]>([
    ['a DENY holds whatever other policies say (AUTHZ-6)', [deny], unread('AuthorizationPolicy', 'bank'), denied],
    ['where no ALLOW takes the call, one more could', [allowOthers], unread('AuthorizationPolicy', 'bank'), open('AUTHORIZATION')],
    ['a policy of the network only stops more', [deny], unread('NetworkPolicy', 'bank'), denied],
    ['a route could lead past the DENY', [deny], unread('VirtualService', 'bank'), open('ROUTE')],
    [
      'what NetworkPolicies stop, one more in their namespace could open',
      [closed],
      unread('NetworkPolicy', 'bank'),
      open('NETWORK_POLICY'),
    ],
    [
      'but not one in the client’s namespace',
      [closed],
      unread('NetworkPolicy', 'shop'),
      'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY',
    ],
    ['nor an AuthorizationPolicy', [closed], unread('AuthorizationPolicy', 'bank'), 'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY'],
  ])('%s', (_, objects, kind, expected) => {
    expect(told(call([kind], objects))).toBe(expected)
  })

  it('a client without a proxy is refused by STRICT whatever AuthorizationPolicies, routes and Sidecars there are', () => {
    const kinds = ['AuthorizationPolicy', 'VirtualService', 'Sidecar', 'ServiceEntry', 'DestinationRule'].map((kind) => unread(kind))
    const answer = call(kinds.slice(0, 2), [strict], deployment('shop/web', naked))
    expect(told(answer)).toBe('UNREACHABLE TLS_REJECTED at TRANSPORT')
  })
})

describe('a name, a service or a gateway that could not be read', () => {
  const two = (header: Manifest, east: readonly Manifest[], more: Manifest = {}) =>
    ask(
      topology([
        cluster('west', [deployment('shop/web'), ...ledger], { remoteSecrets: ['east'], rootCertificates: [root], ...header }),
        cluster('east', [deployment('bank/ledger'), service('bank/ledger'), ...east], {
          remoteSecrets: ['west'],
          rootCertificates: [root],
          ...more,
        }),
      ]),
      'west/shop/web',
      'ledger.bank',
    )
  const nothing = (kinds: readonly Manifest[], to = 'ledger.bank') =>
    ask(topology([cluster('west', [deployment('shop/web')], { unread: kinds })]), 'west/shop/web', to)

  it('a Service’s name is not known not to resolve where Services of its namespace could not be read', () => {
    expect(told(nothing([unread('Service', 'bank')]))).toBe(open('NAME'))
    expect(told(nothing([unread('Service', 'shop')]))).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
  })

  it('endpoints of another cluster may exist where its Services could not be read', () => {
    const bare = { remoteSecrets: ['west'], rootCertificates: [root], unread: [unread('Service', 'bank')] }
    const snapshot = topology([
      cluster('west', [deployment('shop/web'), ...ledger], { remoteSecrets: ['east'], rootCertificates: [root] }),
      cluster('east', [], bare),
    ])
    expect(told(ask(snapshot, 'west/shop/web', 'ledger.bank'))).toBe(open('DISCOVERY'))
  })

  it('Istio’s objects count in the cluster that the control plane reads them from', () => {
    expect(told(two({}, [], { unread: [unread('VirtualService')] }))).toBe(fine)
    expect(told(two({ unread: [unread('VirtualService')] }, []))).toBe(open('ROUTE'))
    expect(told(two({}, [], { unread: [unread('AuthorizationPolicy', 'bank')] }))).toBe(open('AUTHORIZATION'))
  })

  it('gateways of another network may be any Service there, and their Gateways any object', () => {
    const apart = (header: Manifest) =>
      two({ network: 'network1' }, eastWest('network2', '198.51.100.2'), { network: 'network2', remoteSecrets: [], ...header })
    expect(told(apart({}))).toBe(fine)
    expect(told(apart({ unread: [unread('Service', 'edge')] }))).toBe(open('NETWORK'))
    expect(told(apart({ unread: [unread('Gateway.networking.istio.io', 'edge')] }))).toBe(open('NETWORK'))
    expect(told(two({ network: 'flat' }, [], { network: 'flat', unread: [unread('Service', 'edge')] }))).toBe(fine)
  })

  it('roots that are not given because Secrets could not be read are said to be so', () => {
    const answer = two({ rootCertificates: undefined }, [], { rootCertificates: undefined, unread: [unread('Secret', 'istio-system')] })
    expect(told(answer)).toBe(open('TRUST'))
    expect(answer.endpoints.flatMap((path) => path.steps.map(({ message }) => message)).join()).toContain(
      'Secret objects of namespace `istio-system` in cluster `east` (forbidden)',
    )
  })

  it('nodes decide where some endpoints fail and some do not', () => {
    const deny = istio('AuthorizationPolicy', 'bank/deny', { action: 'DENY', rules: [{}] })
    expect(two({}, [deny]).verdict).toBe('AMBIGUOUS')
    expect(told(two({ unread: [unread('Node')] }, [deny]))).toBe(open('DISTRIBUTION'))
  })

  it('a gateway’s own namespace may hold the pods that stand behind it', () => {
    const [, entrance] = gatewayProxy('edge', [{ name: 'http', port: 80 }])
    const snapshot = topology([
      cluster('west', [deployment('shop/web'), ...(entrance === undefined ? [] : [entrance])], {
        unread: [unread('Deployment', 'istio-system')],
      }),
    ])
    expect(told(ask(snapshot, 'west/shop/web', 'edge.istio-system:80'))).toMatch(/^UNDETERMINED INPUT_MISSING/)
  })
})

it('a workload that is not given may be there where pods could not be read, and who asks is told so', () => {
  const snapshot = topology([cluster('west', ledger, { unread: [unread('Pod', 'shop')] })])
  expect(() => ask(snapshot, 'west/shop/web', 'ledger.bank')).toThrow(
    'could not be read: Pod objects of namespace `shop` in cluster `west`',
  )
})

describe('a call from outside', () => {
  const server = { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['shop.example'] }
  const entrance = [
    ...gatewayProxy('ingress', [{ name: 'http', port: 80, targetPort: 80 }], { type: 'LoadBalancer' }),
    istio('Gateway', 'shop/edge', { selector: { istio: 'ingress' }, servers: [server] }),
    istio('VirtualService', 'shop/edge', {
      hosts: ['shop.example'],
      gateways: ['edge'],
      http: [{ route: [{ destination: { host: 'ledger.bank.svc.cluster.local', port: { number: 80 } } }] }],
    }),
  ]
  const visit = (host: string, kinds: readonly Manifest[], objects = entrance) => {
    const snapshot = topology([cluster('west', [...ledger, ...objects], { unread: kinds })])
    const question = { from: { outside: true }, to: { host, port: 80 } }
    const trace = traceCall(snapshot, question, at)
    if ('problem' in trace) throw new Error(trace.problem.message)
    return answerFrom(trace, question)
  }

  it('is open where the gateway’s policies, its routes or other gateways could not be read', () => {
    expect(told(visit('shop.example', []))).toBe(fine)
    expect(told(visit('shop.example', [unread('AuthorizationPolicy', 'istio-system')]))).toBe(open('AUTHORIZATION'))
    expect(told(visit('shop.example', [unread('NetworkPolicy', 'istio-system')]))).toBe(open('NETWORK_POLICY'))
    expect(visit('shop.example', [unread('VirtualService', 'other')]).verdict).toBe('UNDETERMINED')
    expect(visit('shop.example', [unread('Sidecar', 'other')]).verdict).toBe('REACHABLE')
  })

  it('that no gateway takes may be taken by one that could not be read, and by nothing else', () => {
    expect(visit('other.example', []).verdict).toBe('UNREACHABLE')
    expect(visit('other.example', [unread('Gateway', 'other')]).verdict).toBe('UNDETERMINED')
    expect(visit('other.example', [unread('Ingress', 'other')]).verdict).toBe('UNDETERMINED')
    expect(visit('other.example', [unread('AuthorizationPolicy')]).verdict).toBe('UNREACHABLE')
  })

  it('to an address that nobody has may be to that of a Service or a node that could not be read (GW-2, NET-37)', () => {
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } }
    const placed = entrance.map((one): Manifest => (one['kind'] === 'Service' ? { ...one, status } : one))
    const dialled = (kinds: readonly Manifest[]) => visit('6.6.6.6', kinds, placed)
    expect(told(dialled([]))).toBe('UNREACHABLE GATEWAY_NOT_FOUND at NETWORK')
    for (const kind of ['Service', 'Node']) expect(told(dialled([unread(kind)]))).toBe(open('NETWORK'))
    expect(dialled([unread('AuthorizationPolicy')]).verdict).toBe('UNREACHABLE')
  })
})
