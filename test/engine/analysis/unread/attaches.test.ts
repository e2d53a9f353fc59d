import { describe, expect, it } from 'vitest'
import { unreadAtProxy } from '#engine/istiod/proxies/unread-at-proxy'
import { ask, cluster, deployment, type Manifest, service, topology } from '../../combinations/asking.js'
import { filter, patch, plugin } from './extensions.js'

describe('for whom an EnvoyFilter is, by the release of the control plane (EXT-1)', () => {
  const gateway = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }
  const at = (version: string, labels: Manifest, spec: Manifest, place = 'bank/f') => {
    const server = [deployment('bank/ledger', labels), service('bank/ledger')]
    const planes = { controlPlanes: [{ name: 'west', cluster: 'west', version }] }
    const clusters = [cluster('west', [deployment('shop/web'), ...server, filter(place, [patch()], spec)])]
    return ask(topology(clusters, planes), 'west/shop/web', 'ledger.bank').verdict
  }
  const [closed, open] = ['UNDETERMINED', 'REACHABLE']

  it('one with references to a Gateway is for that, and before 1.27 for every proxy of the namespace', () => {
    const refs = { targetRefs: [gateway] }
    expect(['1.26.8', '1.27.0', '1.32'].map((version) => at(version, {}, refs))).toEqual([closed, open, open])
  })

  it('one of another group’s Gateway, or of a Service, is for nobody', () => {
    expect(at('1.32', {}, { targetRefs: [{ ...gateway, group: 'networking.istio.io' }] })).toBe(open)
    expect(at('1.32', {}, { targetRefs: [{ kind: 'Service', name: 'ledger' }] })).toBe(open)
  })
})

describe('what is for a proxy (EXT-1)', () => {
  const managed = { 'gateway.networking.k8s.io/gateway-name': 'edge' }
  const waypoint = { ...managed, 'gateway.istio.io/managed': 'istio.io-mesh-controller' }
  const ref = (kind: string, name: string) => [{ group: 'gateway.networking.k8s.io', kind, name }]

  /** Which of the objects, by name, are for a pod of `bank` with these labels? */
  const forPod = (labels: Readonly<Record<string, string>>, version = '1.32') => {
    const objects = [
      filter('bank/plain'),
      filter('istio-system/root'),
      filter('bank/labelled', [patch()], { workloadSelector: { labels: managed } }),
      filter('bank/edge', [patch()], { targetRefs: ref('Gateway', 'edge') }),
      filter('bank/other', [patch()], { targetRefs: ref('Gateway', 'other') }),
      filter('istio-system/class', [patch()], { targetRefs: ref('GatewayClass', 'istio-waypoint') }),
      filter('bank/class', [patch()], { targetRefs: ref('GatewayClass', 'istio-waypoint') }),
    ]
    const planes = { controlPlanes: [{ name: 'west', cluster: 'west', version }] }
    const snapshot = topology([cluster('west', [deployment('bank/pod', labels), ...objects])], planes)
    const proxy = snapshot.clusters.get('west')?.workloads('bank')[0]
    if (proxy === undefined) throw new Error('there is no pod')
    const passing = { direction: 'GATEWAY', called: undefined, host: undefined, port: 80, podPort: 80, subset: '', requests: true } as const
    return unreadAtProxy(snapshot.view('west'), proxy, passing)
      .map(({ because }) => `${because.namespace}/${because.name}`)
      .sort()
  }

  it('is for a Kubernetes Gateway’s pods what names it, and what is for all', () => {
    expect(forPod(managed)).toEqual(['bank/edge', 'bank/labelled', 'bank/plain', 'istio-system/root'])
  })

  it('is for a waypoint what names it, or its class from the root namespace, and nothing else since 1.27', () => {
    expect(forPod(waypoint)).toEqual(['bank/edge', 'istio-system/class'])
    expect(forPod(waypoint, '1.26.8')).toEqual([
      'bank/class',
      'bank/edge',
      'bank/labelled',
      'bank/other',
      'bank/plain',
      'istio-system/class',
      'istio-system/root',
    ])
  })

  it('is at a waypoint, of extensions, also what names the called service, which no EnvoyFilter can (EXT-9)', () => {
    const waypointOfOthers = deployment('edge/wp', { ...waypoint })
    const ofService = (name: string) => ({ targetRefs: [{ kind: 'Service', name }] })
    const objects = [
      waypointOfOthers,
      service('bank/ledger'),
      plugin('bank/named', ofService('ledger')),
      plugin('bank/other', ofService('till')),
      plugin('bank/ports', { ...ofService('ledger'), match: [{ mode: 'SERVER', ports: [{ number: 80 }] }] }),
      plugin('bank/out', { ...ofService('ledger'), match: [{ mode: 'CLIENT' }] }),
      filter('bank/filter', [patch()], ofService('ledger')),
    ]
    const snapshot = topology([cluster('west', objects)])
    const [proxy] = snapshot.clusters.get('west')?.workloads('edge') ?? []
    if (proxy === undefined) throw new Error('there is no pod')
    const host = 'ledger.bank.svc.cluster.local'
    const passing = { direction: 'WAYPOINT', called: host, host, port: 80, podPort: 8080, subset: '', requests: true } as const
    expect(unreadAtProxy(snapshot.view('west'), proxy, passing).map(({ because }) => because.name)).toEqual(['named'])
  })
})
