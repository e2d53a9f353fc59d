/** The cases of the rules for network policies, worked out by hand there; each test names its own. */
import { describe, expect, it } from 'vitest'
import { issueAuthority } from '../../certificates.js'
import {
  ask,
  cluster,
  deployment,
  eastWest,
  istio,
  type Manifest,
  naked,
  namespace,
  service,
  told,
  topology,
} from '../../combinations/asking.js'
import { app, denyAll, into, networkPolicy, outcome, outOf } from './policies.js'

const root = (await issueAuthority('Root')).pem
const enforced = { networkPolicyEnforced: true, rootCertificates: [root] }
const named = (name: string): Manifest => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })

/** `shop/client` calls `bank/server:80`, whose pods listen on 8080, in one cluster; the names are in the proxy's table. */
const inOne = (policies: readonly Manifest[], header: Manifest = {}, client: readonly Manifest[] = [deployment('shop/client')]) => {
  const server = deployment('bank/server', {}, {}, { containers: [{ name: 'app', ports: [{ name: 'web', containerPort: 8080 }] }] })
  const objects = [...client, service('bank/server'), server, ...policies]
  return ask(topology([cluster('west', objects, { ...enforced, dns: { capture: true }, ...header })]), 'west/shop/client', 'server.bank:80')
}

describe('a server that policies restrict', () => {
  it('takes everything while there is none (case 1, NP-5)', () => {
    const answer = inOne([])
    expect(told(answer)).toBe('REACHABLE DELIVERED')
    expect(answer.steps.find(({ stage }) => stage === 'NETWORK_POLICY')).toMatchObject({
      outcome: 'NOT_APPLICABLE',
      reason: 'NO_NETWORK_POLICY',
    })
  })

  it('takes nothing by a default deny (case 2, NP-7)', () => {
    expect(outcome(inOne([denyAll('bank/deny')]))).toBe('UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY')
  })

  it('takes everything by a rule without peers and ports (NP-7, NP-8)', () => {
    expect(outcome(inOne([denyAll('bank/deny'), into('bank/any', 'server', {})]))).toBe('REACHABLE DELIVERED')
  })

  it('knows a namespace without an object by its name, and by nothing else (case 3, NP-10)', () => {
    const bare = [istio('Sidecar', 'nowhere/x', {}), namespace('bank')]
    const ask3 = (from: Manifest) => {
      const objects = [deployment('bare/client', {}, naked), service('bank/server'), deployment('bank/server'), ...bare]
      const policies = [denyAll('bank/deny'), into('bank/allow', 'server', { from: [from] })]
      return outcome(ask(topology([cluster('west', [...objects, ...policies], enforced)]), 'west/bare/client', 'server.bank:80'))
    }
    expect(ask3(named('bare'))).toBe('REACHABLE PASSTHROUGH')
    expect(ask3({ namespaceSelector: { matchLabels: { team: 'a' } } })).toBe('UNDETERMINED INPUT_MISSING at NETWORK_POLICY')
    expect(ask3(named('other'))).toBe('UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY')
  })

  it.each([
    ['the Service’s port', [{ port: 80 }], 'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY'],
    ['the pod’s port', [{ port: 8080 }], 'REACHABLE DELIVERED'],
    ['the container port’s name', [{ port: 'web' }], 'REACHABLE DELIVERED'],
    ['a name that the pod has not', [{ port: 'http' }], 'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY'],
    ['the name for another protocol', [{ port: 'web', protocol: 'UDP' }], 'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY'],
    ['a range', [{ port: 8000, endPort: 8080 }], 'REACHABLE DELIVERED'],
    ['a range that ends before', [{ port: 8000, endPort: 8079 }], 'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY'],
    ['a protocol', [{ protocol: 'TCP' }], 'REACHABLE DELIVERED'],
    ['another protocol', [{ protocol: 'SCTP' }, { protocol: 'UDP', port: 8080 }], 'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY'],
  ])('counts ports at the pod: %s (case 4, NP-12)', (_, ports, expected) => {
    expect(outcome(inOne([denyAll('bank/deny'), into('bank/allow', 'server', { ports })]))).toBe(expected)
  })

  it('is told which ports the rule names that would let the client in (NP-12)', () => {
    const answer = inOne([into('bank/allow', 'server', { from: [named('shop')], ports: [{ port: 80 }] })])
    expect(answer.endpoints.flatMap(({ steps }) => steps.map(({ message }) => message)).join()).toContain(
      "it would at port 80, and what counts is the pod's own port",
    )
  })

  it('is not restricted where the cluster enforces nothing (case 12, NP-2)', () => {
    const answer = inOne([denyAll('bank/deny')], { networkPolicyEnforced: false })
    expect(told(answer)).toBe('REACHABLE DELIVERED')
    expect(answer.steps.map(({ reason }) => reason)).toContain('NETWORK_POLICY_NOT_ENFORCED')
  })
})

describe('a flat network of two clusters (case 5)', () => {
  const call = (...from: readonly Manifest[]) => {
    const header = { ...enforced, network: 'flat', dns: { capture: true } }
    const west = cluster('west', [deployment('shop/client'), service('bank/server')], {
      ...header,
      podCidrs: ['10.10.0.0/16'],
      remoteSecrets: ['east'],
    })
    const policies = [into('bank/allow', 'server', { from })]
    const east = cluster('east', [service('bank/server'), deployment('bank/server'), ...policies], { ...header, remoteSecrets: ['west'] })
    return outcome(ask(topology([west, east]), 'west/shop/client', 'server.bank:80'))
  }

  it('selectors do not reach pods of the other cluster (NP-1)', () => {
    expect(call({ ...named('shop'), podSelector: app('client') })).toBe(
      'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY NO_CLUSTER_MESH_ASSUMED',
    )
    expect(call({ podSelector: app('stranger') })).toBe('UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY')
  })

  it('a block of the other cluster’s pods does (NP-11, NP-20)', () => {
    expect(call({ ipBlock: { cidr: '10.10.0.0/16' } })).toBe('REACHABLE DELIVERED NO_CLUSTER_MESH_ASSUMED NO_MASQUERADING_ASSUMED')
    expect(call({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.20.0.0/16'] } })).toBe(
      'REACHABLE DELIVERED NO_CLUSTER_MESH_ASSUMED NO_MASQUERADING_ASSUMED',
    )
  })

  it('but not with an exception that covers the client (NP-11)', () => {
    expect(call({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.10.0.0/16'] } })).toBe(
      'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY NO_MASQUERADING_ASSUMED',
    )
  })

  it('and where in the range the client will be is not known before it runs (NP-11)', () => {
    expect(call({ ipBlock: { cidr: '10.10.0.0/24' } })).toBe('UNDETERMINED INPUT_MISSING at NETWORK_POLICY')
  })

  it('a rule without peers takes everybody (NP-8)', () => {
    expect(call()).toBe('REACHABLE DELIVERED')
  })
})

/** `west/shop/client` calls `bank/server` of `east` through the gateway of `east`'s network at `entrance`. */
const askAcross = (near: readonly Manifest[], far: readonly Manifest[], header: Manifest = {}, status?: Manifest) => {
  const west = cluster('west', [deployment('shop/client'), service('bank/server'), ...near], {
    ...enforced,
    network: 'one',
    remoteSecrets: ['east'],
    dns: { capture: true },
    ...header,
  })
  const east = cluster(
    'east',
    [...eastWest('two', '34.0.0.2', status === undefined ? {} : { status }), service('bank/server'), deployment('bank/server'), ...far],
    { ...enforced, network: 'two' },
  )
  return ask(topology([west, east]), 'west/shop/client', 'server.bank:80')
}
const acrossNetworks = (...args: Parameters<typeof askAcross>): string => outcome(askAcross(...args))

describe('a server behind a gateway', () => {
  it('sees the gateway’s pod, not the client (case 6, NP-18)', () => {
    expect(acrossNetworks([], [into('bank/allow', 'server', { from: [named('shop')] })])).toBe(
      'UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY',
    )
    expect(acrossNetworks([], [into('bank/allow', 'server', { from: [named('istio-system')], ports: [{ port: 8080 }] })])).toBe(
      'REACHABLE DELIVERED',
    )
  })

  it('needs the gateway’s pod to take the call, from an address that may have changed, and to send it on (NP-18)', () => {
    expect(acrossNetworks([], [denyAll('istio-system/deny')])).toBe('UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY')
    expect(acrossNetworks([], [denyAll('istio-system/deny', 'Egress')])).toBe('UNREACHABLE EGRESS_NOT_ALLOWED at NETWORK_POLICY')
    const entrance = (from: readonly Manifest[]) => [into('istio-system/in', 'eastwestgateway', { from, ports: [{ port: 15443 }] })]
    expect(acrossNetworks([], entrance([]))).toBe('REACHABLE DELIVERED')
    expect(acrossNetworks([], entrance([{ ipBlock: { cidr: '0.0.0.0/0' } }]))).toBe('REACHABLE DELIVERED')
    expect(acrossNetworks([], entrance([{ ipBlock: { cidr: '10.10.0.0/16' } }]))).toBe('UNDETERMINED INPUT_MISSING at NETWORK_POLICY')
    expect(acrossNetworks([], entrance([named('shop')]))).toBe('UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY')
  })
})

describe('the leg of the wire that policies stop a call on', () => {
  it('is the one whose ends they restrict (NP-18, NP-19)', () => {
    const hop = (near: readonly Manifest[], far: readonly Manifest[]) =>
      askAcross(near, far)
        .endpoints.flatMap(({ steps }) => steps)
        .find(({ stage }) => stage === 'NETWORK_POLICY')?.hop?.index
    expect(hop([denyAll('shop/deny', 'Egress')], [])).toBe(0)
    expect(hop([], [denyAll('istio-system/deny')])).toBe(0)
    expect(hop([], [denyAll('istio-system/deny', 'Egress')])).toBe(1)
    expect(hop([], [denyAll('bank/deny')])).toBe(1)
  })
})

describe('a client that may send to a gateway of another network only (case 13)', () => {
  const to = (...rules: readonly Manifest[]) => [outOf('shop/out', 'client', ...rules)]
  const block = { to: [{ ipBlock: { cidr: '34.0.0.2/32' } }] }

  it('needs a block of the gateway’s address, and its port there (NP-18)', () => {
    expect(acrossNetworks(to({ ...block, ports: [{ port: 15443 }] }), [])).toBe('REACHABLE DELIVERED')
    expect(acrossNetworks(to({ ...block, ports: [{ port: 8080 }] }), [])).toBe('UNREACHABLE EGRESS_NOT_ALLOWED at NETWORK_POLICY')
  })

  it('cannot name the gateway’s pods (NP-1, NP-18)', () => {
    const pods = { to: [{ namespaceSelector: {}, podSelector: { matchLabels: { istio: 'eastwestgateway' } } }] }
    expect(acrossNetworks(to(pods), [])).toBe('UNREACHABLE EGRESS_NOT_ALLOWED at NETWORK_POLICY')
  })

  it('may or may not reach one that is known by a name only (NP-18)', () => {
    const status = { loadBalancer: { ingress: [{ hostname: 'gateway.example.com' }] } }
    expect(acrossNetworks(to(block), [], {}, status)).toBe('UNDETERMINED INPUT_MISSING at NETWORK_POLICY')
  })
})

describe('two items of a list, or two fields of one item (case 9, NP-9)', () => {
  const call = (from: readonly Manifest[], place: string, labels: Manifest) => {
    const objects = [
      namespace('teamed', { 'istio-injection': 'enabled', team: 'a' }),
      namespace('third'),
      namespace('srv'),
      deployment(place, labels),
      service('srv/server'),
      deployment('srv/server'),
      networkPolicy('srv/p', { ingress: [{ from }] }),
    ]
    return ask(topology([cluster('west', objects, enforced)]), `west/${place}`, 'server.srv:80').verdict
  }
  const team = { namespaceSelector: { matchLabels: { team: 'a' } } }
  const pods = { podSelector: app('client') }
  const [either, both] = [[team, pods], [{ ...team, ...pods }]]

  it.each([
    ['a labelled client in the policy’s namespace', 'srv/client', {}, 'REACHABLE', 'UNREACHABLE'],
    ['a client without the label in a namespace that matches', 'teamed/other', {}, 'REACHABLE', 'UNREACHABLE'],
    ['a labelled client in a third namespace', 'third/client', {}, 'UNREACHABLE', 'UNREACHABLE'],
    ['a labelled client in a namespace that matches', 'teamed/client', {}, 'REACHABLE', 'REACHABLE'],
  ])('%s', (_, place, labels, two, one) => {
    expect(call(either, place, labels)).toBe(two)
    expect(call(both, place, labels)).toBe(one)
  })
})

describe('policies of other plugins (case 16, NP-40)', () => {
  const cilium = (selected: string): Manifest => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { namespace: 'bank', name: 'c' },
    spec: { endpointSelector: { matchLabels: { app: selected } }, ingress: [{ fromEndpoints: [{}] }] },
  })

  it('leave open what becomes of a pod that they select, also where a default deny would stop the call', () => {
    const answer = inOne([denyAll('bank/deny'), cilium('server')])
    expect(outcome(answer)).toBe('UNDETERMINED NETWORK_POLICY_NOT_MODELLED at NETWORK_POLICY')
    expect(outcome(inOne([cilium('server')]))).toBe('UNDETERMINED NETWORK_POLICY_NOT_MODELLED at NETWORK_POLICY')
  })

  it('have no say in what becomes of others', () => {
    expect(outcome(inOne([denyAll('bank/deny'), cilium('other')]))).toBe('UNREACHABLE INGRESS_NOT_ALLOWED at NETWORK_POLICY')
  })

  it('cannot undo a stop at the other end', () => {
    expect(outcome(inOne([denyAll('shop/deny', 'Egress'), cilium('server')]))).toBe('UNREACHABLE EGRESS_NOT_ALLOWED at NETWORK_POLICY')
  })
})

describe('a client that uses its node’s network (case 17)', () => {
  const pod = (place: string, node: string, ip: string, spec: Manifest = {}): Manifest => {
    const [home, name] = place.split('/')
    const containers = [{ name: 'app', ports: [{ containerPort: 8080 }] }]
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: home, name, labels: { app: name } },
      spec: { nodeName: node, containers, ...spec },
      status: { phase: 'Running', podIP: ip, conditions: [{ type: 'Ready', status: 'True' }] },
    }
  }
  const call = (node: string, ...policies: readonly Manifest[]) => {
    const objects = [
      pod('shop/client', node, '192.168.0.1', { hostNetwork: true }),
      service('bank/server'),
      pod('bank/server', 'n1', '10.0.0.1'),
    ]
    return outcome(ask(topology([cluster('west', [...objects, ...policies], enforced)]), 'west/shop/client', 'server.bank:80'))
  }

  it('always reaches pods of its own node (NP-14)', () => {
    expect(call('n1', denyAll('bank/deny'))).toBe('REACHABLE PASSTHROUGH NODE_TRAFFIC_ALLOWED_ASSUMED')
  })

  it('may or may not be concerned by policies of pods elsewhere (NP-4)', () => {
    expect(call('n2', denyAll('bank/deny'))).toBe('UNDETERMINED INPUT_MISSING at NETWORK_POLICY')
    expect(call('n2', into('bank/p', 'server', { from: [{ ipBlock: { cidr: '192.168.0.0/16' } }] }))).toBe(
      'UNDETERMINED INPUT_MISSING at NETWORK_POLICY',
    )
  })

  it('passes a rule without peers (NP-8)', () => {
    expect(call('n2', into('bank/p', 'server', { ports: [{ port: 8080 }] }))).toBe('REACHABLE PASSTHROUGH')
  })
})
