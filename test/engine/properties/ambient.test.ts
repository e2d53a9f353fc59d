import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReachabilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import { type AmbientMesh, callsOf, type Mode, topologyOf, withConnectionPolicies, withNetworkPolicies } from './ambient-meshes.js'
import { ask, type KubernetesObject, openWays, read } from './topologies.js'

const numRuns = 60

const answers = (mesh: AmbientMesh, request = {}): readonly Reachability[] => {
  const { snapshot } = read(topologyOf(mesh))
  return callsOf(request).map((question) => ask(snapshot, question))
}

const ambient = { shop: 'AMBIENT', bank: 'AMBIENT' } as const
const verdicts = (list: readonly Reachability[]): readonly string[] => list.map(({ verdict }) => verdict)

describe('ambient mode', () => {
  it('without policies of the mesh lets through what the network does (AMB-24, NP-16)', () => {
    fc.assert(
      fc.property(withNetworkPolicies, (mesh) => {
        const bare = answers({ ...mesh, modes: { shop: 'NONE', bank: 'NONE' } })
        expect(verdicts(answers({ ...mesh, modes: ambient }))).toEqual(verdicts(bare))
      }),
      { numRuns },
    )
  })

  /** What a sidecar is sent that does not say it takes tunnels; else both data planes judge connections alike. */
  const inPlaintext = ({ steps }: Reachability): boolean =>
    steps.some(({ stage, reason }) => stage === 'TRANSPORT' && (reason === 'PLAINTEXT_ACCEPTED' || reason === 'TLS_REJECTED'))

  const atMode = (mesh: AmbientMesh, shop: Mode): AmbientMesh => ({ ...mesh, modes: { ...mesh.modes, shop } })
  const meetsOldSidecar = ({ modes, tunnels }: AmbientMesh, { from, to }: ReachabilityQuestion): boolean =>
    !tunnels &&
    modes[from.namespace as keyof typeof modes] === 'AMBIENT' &&
    modes[to.host.slice('server.'.length) as keyof typeof modes] === 'SIDECAR'

  it('keeps verdicts by policies about connections when a namespace moves there, but for sidecars that take no tunnels (AMB-31, AMB-38)', () => {
    fc.assert(
      fc.property(withConnectionPolicies, (mesh) => {
        const [old, moved] = [atMode(mesh, 'SIDECAR'), atMode(mesh, 'AMBIENT')]
        const [before, after] = [answers(old), answers(moved)]
        for (const [index, question] of callsOf().entries()) {
          const [was, is] = [before[index], after[index]]
          if (was === undefined || is === undefined) throw new Error('each call has an answer')
          const blind = [...(meetsOldSidecar(old, question) ? [was] : []), ...(meetsOldSidecar(moved, question) ? [is] : [])]
          if (blind.length > 0) expect(blind.map(inPlaintext)).not.toContain(false)
          else expect(is.verdict, `${JSON.stringify(question)}: ${was.summary}; ${is.summary}`).toBe(was.verdict)
        }
      }),
      { numRuns: 150 },
    )
  })
})

const waypoint = (home: string): KubernetesObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'way', namespace: home },
  spec: { gatewayClassName: 'istio-waypoint', listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }] },
})

/** The Service of `shop`, behind the waypoint. */
const bound: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'behind', namespace: 'shop', labels: { 'istio.io/use-waypoint': 'way' } },
  spec: { selector: { app: 'server' }, ports: [{ name: 'http', port: 80, targetPort: 9080 }] },
}

const denying = (rules: readonly KubernetesObject[]): KubernetesObject => ({
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'of-waypoint', namespace: 'shop' },
  spec: { targetRefs: [{ group: '', kind: 'Service', name: 'behind' }], action: 'DENY', rules },
})

/** Rules, and whether they take a GET of `/admin` by `bank`. */
const rulesAtWaypoint: readonly (readonly [KubernetesObject, boolean])[] = [
  [{}, true],
  [{ from: [{ source: { principals: ['cluster.local/ns/bank/sa/client'] } }] }, true],
  [{ from: [{ source: { namespaces: ['shop'] } }] }, false],
  [{ to: [{ operation: { methods: ['GET'], paths: ['/admin*'] } }] }, true],
  [{ to: [{ operation: { methods: ['POST'] } }] }, false],
  [{ from: [{ source: { namespaces: ['bank'] } }], to: [{ operation: { ports: ['80'] } }] }, true],
]

describe('a waypoint', () => {
  const request = { method: 'GET', path: '/admin/users' }
  const question = {
    from: { cluster: 'west', namespace: 'bank', workload: 'client' },
    to: { host: 'behind.shop', port: 80, ...request },
  }
  const asked = (mesh: AmbientMesh, more: readonly KubernetesObject[]): Reachability =>
    ask(read(topologyOf({ ...mesh, modes: ambient, objects: [...mesh.objects, bound, ...more] })).snapshot, question)

  it('lets nothing through that its policy denies, and opens no way that was closed without it (AMB-52, AUTHZ-6)', () => {
    fc.assert(
      fc.property(withConnectionPolicies, fc.subarray([...rulesAtWaypoint], { minLength: 1 }), (mesh, chosen) => {
        const policy = denying(chosen.map(([rule]) => rule))
        const free = asked(mesh, [waypoint('shop')])
        const guarded = asked(mesh, [waypoint('shop'), policy])
        if (chosen.some(([, takes]) => takes)) expect(guarded.verdict).toBe('UNREACHABLE')
        else expect(guarded.verdict).toBe(free.verdict)
        const open = new Set(openWays(free))
        expect(openWays(guarded).filter((way) => !open.has(way))).toEqual([])
        // Without it nobody heeds the policy (AMB-42).
        expect(asked(mesh, [policy]).verdict).toBe(asked(mesh, []).verdict)
      }),
      { numRuns },
    )
  })
})
