import { describe, expect, it } from 'vitest'
import { valueOf } from '#operations/questions/value-of'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Analyst, AskKind, Asks, VersionContent } from '#analyst/analyst'

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))
const istio = 'networking.istio.io/v1'
const object = (apiVersion: string, kind: string, name: string, rest: object, namespace = 'shop') => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
  ...rest,
})
const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'istio-injection': 'enabled' } } })
const workload = (name: string, own = name, home = 'shop') =>
  object('apps/v1', 'Deployment', name, { spec: { template: { metadata: { labels: { app: own } }, spec: { containers: [] } } } }, home)
const service = (name: string, app: string) =>
  object('v1', 'Service', name, { spec: { selector: { app }, ports: [{ name: 'http', port: 80 }] } })
const base = [namespace('shop'), workload('cart'), service('cart', 'cart'), workload('web')]
const port = { number: 80, name: 'http', protocol: 'HTTP' }
const policy = (name: string, spec: object) => object('networking.k8s.io/v1', 'NetworkPolicy', name, { spec })

const web = { cluster: 'west', namespace: 'shop', workload: 'web' }
const cart = { host: 'cart', namespace: 'shop' }
const callers = { kind: 'callers', asked: { question: { of: cart } } } as const
const reach = { kind: 'reach', asked: { question: { of: web } } } as const
const visible = { kind: 'visibility', asked: { question: { from: web, endpoints: true, first: 20, after: null } } } as const
const effective = {
  kind: 'effectivePolicy',
  asked: { question: { of: { cluster: 'west', namespace: 'shop', workload: 'cart' } } },
} as const

interface Asked {
  readonly kind: AskKind
  readonly asked: object
}

/** What is asked of topologies that are `wide`. */
const kinds: Readonly<Record<string, readonly [Asked, (wide: number) => readonly object[]]>> = {
  'the callers of a service whose policy has a rule for each of them': [
    callers,
    (wide) => [
      ...times(wide, (at) => workload(`a${at}`)),
      policy('p', {
        podSelector: { matchLabels: { app: 'cart' } },
        ingress: times(wide, (at) => ({
          from: [{ podSelector: { matchLabels: { app: `a${at}` } } }, { ipBlock: { cidr: `10.1.${at >> 8}.${at & 255}/32` } }],
          ports: [{ port: 80 }],
        })),
      }),
    ],
  ],
  'the callers of a service in a namespace with a policy for each of them': [
    callers,
    (wide) => [
      ...times(wide / 2, (at) => workload(`a${at}`)),
      ...times(wide / 2, (at) =>
        policy(`p${at}`, { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: `a${at}` } } }] }] }),
      ),
    ],
  ],
  'the callers of a service from namespaces with a ServiceEntry of their own each': [
    callers,
    (wide) =>
      times(wide, (at) => [
        namespace(`n${at}`),
        workload('a', 'a', `n${at}`),
        object(
          istio,
          'ServiceEntry',
          'e',
          { spec: { hosts: [`h${at}.example`], exportTo: ['.'], ports: [port], resolution: 'DNS' } },
          `n${at}`,
        ),
      ]).flat(),
  ],
  'what a client sees of a service with many routes of the Gateway API': [
    visible,
    (wide) =>
      times(wide, (at) =>
        object('gateway.networking.k8s.io/v1', 'HTTPRoute', `r${at}`, {
          spec: {
            parentRefs: [{ group: '', kind: 'Service', name: 'cart', port: 80 }],
            rules: [{ matches: [{ path: { value: `/p${at}` } }], backendRefs: [{ name: 'cart', port: 80 }] }],
          },
        }),
      ),
  ],
  'what is in force for a workload behind many Services with a VirtualService each': [
    effective,
    (wide) =>
      times(wide, (at) => [
        service(`s${at}`, 'cart'),
        object(istio, 'VirtualService', `v${at}`, { spec: { hosts: [`s${at}`], http: [{ route: [{ destination: { host: 'cart' } }] }] } }),
      ]).flat(),
  ],
  'whom a client can call at many ports of one ServiceEntry': [
    reach,
    (wide) => [
      object(istio, 'ServiceEntry', 'e', {
        spec: {
          hosts: ['one.example', 'two.example'],
          ports: times(wide / 4, (at) => ({ number: at + 1, name: `p${at}`, protocol: 'HTTP' })),
          resolution: 'DNS',
        },
      }),
    ],
  ],
  'a call in a namespace with a ProxyConfig for each workload': [
    reach,
    (wide) =>
      times(wide, (at) => [
        workload(`a${at}`),
        object('networking.istio.io/v1beta1', 'ProxyConfig', `p${at}`, {
          spec: { selector: { matchLabels: { app: `a${at}` } }, environmentVariables: { ISTIO_META_DNS_CAPTURE: 'true' } },
        }),
      ]).flat(),
  ],
}

async function opened(analyst: Analyst, resources: readonly object[]): Promise<VersionContent> {
  const cluster = { name: 'west', controlPlane: { role: 'PRIMARY' }, resources: [...base, ...resources] }
  const body = new TextEncoder().encode(JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [cluster] }))
  const { name, clusters } = valueOf(await analyst.ask('open', { upload: { body, mediaType: 'application/json' } }))
  const parts = clusters.map((one) => ({ cluster: one, digest: name, placesDigest: '' }))
  return { contentHash: name, header: '{}', placesDigest: null, parts, load: () => Promise.reject(new Error('nothing is stored')) }
}

/** Milliseconds of the processor that the answer takes. */
async function timeOf({ kind, asked }: Asked, resources: readonly object[]): Promise<number> {
  const analyst = createInProcessAnalyst()
  const content = await opened(analyst, resources)
  const before = process.cpuUsage()
  const answer = await analyst.ask(kind, { ...asked, at: 0 } as never, ...([content] as unknown as Asks[AskKind]['about']))
  const { user, system } = process.cpuUsage(before)
  expect(answer).toHaveProperty('value')
  return (user + system) / 1000
}

describe.each(Object.entries(kinds))('%s', (_kind, [asked, make]) => {
  it('is answered in a time that grows as the topology does', { timeout: 120_000 }, async () => {
    await timeOf(asked, make(200))
    const few = Math.min(await timeOf(asked, make(400)), await timeOf(asked, make(400)))
    // Eight times as many: 8 where each is looked at once, 64 where each is held against all others. Garbage may be collected in one try, not in all.
    let times = (await timeOf(asked, make(3_200))) / few
    for (let tries = 1; tries < 4 && times >= 24; tries += 1) times = Math.min(times, (await timeOf(asked, make(3_200))) / few)
    expect(times).toBeLessThan(24)
  })
})
