import { describe, it } from 'vitest'
import { createInProcessAnalyst } from '#analyst/in-process'
import { storedVersion } from '../../analyst/shop.js'
import { growsAsItsInput, processorTime } from '../growth.js'

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
const edge = { istio: 'ingressgateway' }
const base = [
  namespace('shop'),
  workload('cart'),
  service('cart', 'cart'),
  workload('web'),
  object('apps/v1', 'Deployment', 'edge', { spec: { template: { metadata: { labels: edge }, spec: { containers: [] } } } }, 'istio-system'),
  object('v1', 'Service', 'edge', { spec: { type: 'LoadBalancer', selector: edge, ports: [{ name: 'http', port: 80 }] } }, 'istio-system'),
]
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

/** One that no VirtualService has, and one that some may have. */
const outside = {
  kind: 'reachability',
  asked: { questions: ['h.example', 'cart.shop.svc.cluster.local'].map((host) => ({ from: { outside: true }, to: { host, port: 80 } })) },
} as const

type Asked = typeof callers | typeof reach | typeof visible | typeof effective | typeof outside

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
  'what a client sees of many ports of one ServiceEntry': [
    visible,
    (wide) => [
      object(istio, 'ServiceEntry', 'e', {
        spec: {
          hosts: times(16, (at) => `h${at}.example`),
          ports: times(wide, (at) => ({ number: at + 1, name: `p${at}`, protocol: 'HTTP' })),
          resolution: 'DNS',
        },
      }),
    ],
  ],
  'a call from outside to pods without a controller, each of its own account': [
    outside,
    (wide) =>
      times(wide, (at) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `p${at}`, namespace: 'shop', labels: { app: 'cart', at: `${at}` } },
        spec: { serviceAccountName: `a${at}`, containers: [{ name: 'istio-proxy', image: 'x' }] },
        status: { phase: 'Running', podIP: `10.2.${at >> 8}.${at & 255}`, conditions: [{ type: 'Ready', status: 'True' }] },
      })),
  ],
  'a call from outside to Gateways, and VirtualServices of other hosts': [
    outside,
    (wide) =>
      times(wide, (at) => [
        object(istio, 'Gateway', `g${at}`, { spec: { selector: edge, servers: [{ port, hosts: ['*', 'a.example'] }] } }),
        object(istio, 'VirtualService', `v${at}`, {
          spec: { hosts: ['cart'], gateways: ['g0'], http: [{ route: [{ destination: { host: 'cart' } }] }] },
        }),
      ]).flat(),
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

/** Milliseconds of the processor that the answer takes. */
async function timeOf({ kind, asked }: Asked, resources: readonly object[]): Promise<number> {
  const cluster = { name: 'west', controlPlane: { role: 'PRIMARY' }, resources: [...base, ...resources] }
  const body = new TextEncoder().encode(JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [cluster] }))
  const version = await storedVersion({ body, mediaType: 'application/json' })
  return processorTime(() => createInProcessAnalyst().ask(kind, { ...asked, at: 0 } as never, version))
}

describe.each(Object.entries(kinds))('%s', (_kind, [asked, make]) => {
  it('is answered in a time that grows as the topology does', { timeout: 120_000 }, () =>
    growsAsItsInput(400, (wide) => timeOf(asked, make(wide))),
  )
})
