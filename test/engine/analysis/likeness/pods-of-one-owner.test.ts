import { describe, expect, it } from 'vitest'
import type { Reachability } from '#engine/model/reachability'
import { answerTo } from '../asking.js'
import { cluster, istio, pod, type Raw, service, slice, topology } from '../objects.js'

const node = (name: string, zone: string): Raw => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'topology.kubernetes.io/region': 'r', 'topology.kubernetes.io/zone': zone } },
})

interface Varied {
  readonly labels?: Raw
  readonly annotations?: Raw
  readonly spec?: Raw
  readonly naked?: boolean
}

/** One of two pods that a StatefulSet of this name owns. */
const owned = (owner: string, suffix: string, ip: string, { labels = {}, annotations = {}, ...rest }: Varied = {}): Raw => {
  const made = pod(`${owner}-${suffix}`, ip, { app: owner, ...labels }, rest)
  const ownerReferences = [{ kind: 'StatefulSet', name: owner, controller: true }]
  return { ...made, metadata: { ...(made['metadata'] as Raw), annotations, ownerReferences } }
}

const strict = istio('PeerAuthentication', 'default', { mtls: { mode: 'STRICT' } }, 'istio-system')
const instances = (nodes: readonly (string | undefined)[]) =>
  nodes.map((nodeName, index) => ({ ip: `10.1.1.${index}`, pod: `server-${index}`, ...(nodeName === undefined ? {} : { nodeName }) }))
const serversOn = (nodes: readonly (string | undefined)[]): readonly Raw[] => [
  ...nodes.map((nodeName, index) => owned('server', `${index}`, `10.1.1.${index}`, nodeName === undefined ? {} : { spec: { nodeName } })),
  slice('server', instances(nodes)),
]

/** A question for the owner of the callers, and for each of its two pods. */
const asked = (callers: readonly [Varied, Varied], objects: readonly Raw[]): readonly [Reachability, Reachability, Reachability] => {
  const [a, b] = [owned('client', 'a', '10.1.0.1', callers[0]), owned('client', 'b', '10.1.0.2', callers[1])]
  const snapshot = topology([cluster('west', [node('n-1', 'a'), node('n-2', 'a'), node('n-3', 'b'), a, b, ...objects])])
  const ask = (workload: string) =>
    answerTo(snapshot, { from: { cluster: 'west', namespace: 'shop', workload }, to: { host: 'server', port: 80 } })
  return [ask('client'), ask('client-a'), ask('client-b')]
}
const verdicts = (callers: readonly [Varied, Varied], objects: readonly Raw[]) => asked(callers, objects).map(({ verdict }) => verdict)

const server = service('server')
const local = service('server', { internalTrafficPolicy: 'Local' })
const differ = ['AMBIGUOUS', 'REACHABLE', 'UNREACHABLE']

describe('pods of one owner', () => {
  it.each([
    ['excludeOutboundPorts', '80'],
    ['includeOutboundIPRanges', ''],
  ])('are two callers where one’s annotation %s keeps the call from its proxy (ROUTE-33)', (name, value) => {
    const annotated = { annotations: { [`traffic.sidecar.istio.io/${name}`]: value } }
    expect(verdicts([{}, annotated], [server, strict, ...serversOn(['n-1'])])).toEqual(differ)
  })

  it('are two callers where calls stay on the node and only one has a server there (VIS-36)', () => {
    const on = (nodeName: string): Varied => ({ spec: { nodeName } })
    expect(verdicts([on('n-1'), on('n-2')], [local, ...serversOn(['n-1'])])).toEqual(differ)
  })

  it('without a proxy are two callers too where kube-proxy keeps calls on the node (VIS-36)', () => {
    const on = (nodeName: string): Varied => ({ spec: { nodeName }, naked: true })
    expect(verdicts([on('n-1'), on('n-2')], [local, ...serversOn(['n-1'])])).toEqual(differ)
  })

  it('are one caller where nothing looks at the node: each endpoint is told once', () => {
    const on = (nodeName: string): Varied => ({ spec: { nodeName } })
    const [owner] = asked([on('n-1'), on('n-3')], [server, ...serversOn(['n-1', 'n-3'])])
    expect(owner.endpoints.map(({ address }) => address)).toEqual(['10.1.1.0', '10.1.1.1'])
  })

  it('on two nodes of one zone are two callers where the node is a failover priority (LB-6)', () => {
    const on = (nodeName: string): Varied => ({ spec: { nodeName } })
    const near = service('server', { trafficDistribution: 'PreferSameNode' })
    const [owner] = asked([on('n-1'), on('n-2')], [near, ...serversOn(['n-1', 'n-2'])])
    expect(owner.endpoints.map(({ address, share }) => [address, share])).toEqual([
      ['10.1.1.0', 1],
      ['10.1.1.1', 0],
      ['10.1.1.0', 0],
      ['10.1.1.1', 1],
    ])
  })

  it.each(['pod-template-hash', 'controller-revision-hash', 'statefulset.kubernetes.io/pod-name', 'version'])(
    'are two callers in a half-done rollout where a Sidecar selects one by its label %s (VIS-13)',
    (label) => {
      const narrow = istio('Sidecar', 'narrow', {
        workloadSelector: { labels: { [label]: 'new' } },
        outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
        egress: [{ hosts: ['istio-system/*'] }],
      })
      expect(verdicts([{ labels: { [label]: 'old' } }, { labels: { [label]: 'new' } }], [server, narrow, ...serversOn(['n-1'])])).toEqual(
        differ,
      )
    },
  )

  it.each(['pod-template-hash', 'version'])(
    'are two callers in a half-done rollout where a DestinationRule selects one by its label %s (ROUTE-24)',
    (label) => {
      const plain = istio('DestinationRule', 'plain', {
        host: 'server',
        workloadSelector: { matchLabels: { [label]: 'new' } },
        trafficPolicy: { tls: { mode: 'DISABLE' } },
      })
      const callers = [{ labels: { [label]: 'old' } }, { labels: { [label]: 'new' } }] as const
      expect(verdicts(callers, [server, strict, plain, ...serversOn(['n-1'])])).toEqual(differ)
    },
  )

  it.each(['rollouts-pod-template-hash', 'version'])(
    'are two callers in a half-done rollout where a route matches one by its label %s (ROUTE-5)',
    (label) => {
      const aborted = istio('VirtualService', 'aborted', {
        hosts: ['server'],
        http: [
          {
            match: [{ sourceLabels: { [label]: 'new' } }],
            fault: { abort: { percentage: { value: 100 }, httpStatus: 503 } },
            route: [{ destination: { host: 'server' } }],
          },
          { route: [{ destination: { host: 'server' } }] },
        ],
      })
      const callers = [{ labels: { [label]: 'old' } }, { labels: { [label]: 'new' } }] as const
      expect(verdicts(callers, [server, aborted, ...serversOn(['n-1'])])).toEqual(differ)
    },
  )

  it('are one caller where labels that every rollout changes are named by nothing', () => {
    const callers = [{ labels: { 'pod-template-hash': 'old' } }, { labels: { 'pod-template-hash': 'new' } }] as const
    const [owner] = asked(callers, [server, ...serversOn(['n-1', 'n-3'])])
    expect(owner.endpoints).toHaveLength(2)
  })

  it('are two callers with two service accounts: a policy takes one of them (AUTHZ-7)', () => {
    const only = {
      ...istio('AuthorizationPolicy', 'only', {
        action: 'ALLOW',
        rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/good'] } }] }],
      }),
      apiVersion: 'security.istio.io/v1',
    }
    const as = (serviceAccountName: string): Varied => ({ spec: { serviceAccountName } })
    expect(verdicts([as('good'), as('bad')], [server, only, ...serversOn(['n-1'])])).toEqual(differ)
  })

  it('are two servers where one’s annotation keeps the port from its proxy (TLS-11)', () => {
    const past = { annotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': '8080' } }
    const [owner] = asked(
      [{}, {}],
      [server, owned('server', '0', '10.1.1.0'), owned('server', '1', '10.1.1.1', past), slice('server', instances(['n-1', 'n-1']))],
    )
    // Mutual TLS that no proxy ends.
    expect(owner.endpoints.map(({ address, verdict }) => [address, verdict])).toEqual([
      ['10.1.1.0', 'REACHABLE'],
      ['10.1.1.1', 'UNREACHABLE'],
    ])
  })

  it('are two servers in a half-done rollout where a policy selects the new one alone (AUTHZ-1)', () => {
    const deny = {
      ...istio('AuthorizationPolicy', 'none', { selector: { matchLabels: { 'pod-template-hash': 'new' } }, action: 'DENY', rules: [{}] }),
      apiVersion: 'security.istio.io/v1',
    }
    const hash = (value: string): Varied => ({ labels: { 'pod-template-hash': value } })
    const [owner] = asked(
      [{}, {}],
      [
        server,
        deny,
        owned('server', '0', '10.1.1.0', hash('old')),
        owned('server', '1', '10.1.1.1', hash('new')),
        slice('server', instances(['n-1', 'n-1'])),
      ],
    )
    expect(owner.endpoints.map(({ address, verdict }) => [address, verdict])).toEqual([
      ['10.1.1.0', 'REACHABLE'],
      ['10.1.1.1', 'UNREACHABLE'],
    ])
  })
})
