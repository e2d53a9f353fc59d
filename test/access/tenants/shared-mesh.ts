import fc from 'fast-check'

/** Whatever is tenant b's has this in its name; addresses of b begin with 10.66, and its ports are 16661 and up, as whole numbers: identifiers of requests hold any digits. */
export const canary = /canary|10\.66\.|\b1666\d\b/i

export interface SharedMesh {
  readonly kind: 'NAMESPACE' | 'CLUSTER'
  /** The second cluster, and the namespace of b. */
  readonly east: string
  readonly theirs: string
  readonly document: object
}

type Made = Readonly<Record<string, unknown>>

interface Side {
  readonly namespace: string
  readonly prefix: string
  readonly net: string
  readonly port: number
  /** Names of the other one, which objects may point at. */
  readonly other: string
}

const istio = (api: string, kind: string, namespace: string, name: string, spec: object): Made => ({
  apiVersion: `${api}.istio.io/v1`,
  kind,
  metadata: { name, namespace },
  spec,
})

const hostOf = (name: string, namespace: string): string => `${name}.${namespace}.svc.cluster.local`

function workload({ namespace, prefix, net, port }: Side, name: string, index: number, cluster: string): readonly Made[] {
  const labels = { app: `${prefix}${name}`, version: `${prefix}v1` }
  const containers = [{ name: 'main', image: 'main', ports: [{ name: `${prefix}web`, containerPort: port }] }]
  const template = { metadata: { labels }, spec: { serviceAccountName: `${prefix}${name}`, containers } }
  const metadata = { name: `${prefix}${name}`, namespace }
  const third = cluster === 'west' ? 1 : 2
  return [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector: { matchLabels: { app: labels.app } }, template } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        clusterIP: `${net}.${third}${third}.${index}`,
        selector: { app: labels.app },
        ports: [{ name: `http-${prefix}web`, port, targetPort: `${prefix}web` }],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `${prefix}${name}-0`, namespace, labels: { ...labels, 'topology.istio.io/network': '' } },
      spec: { ...template.spec, containers: [...containers, { name: 'istio-proxy', image: 'istio/proxyv2:1.30.2' }] },
      status: { podIP: `${net}.${third}.${index}`, phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    },
  ]
}

/** Objects of a side, each there or not: those that name others' things, and those that say who may see theirs. */
function mayHave({ namespace, prefix, other, port, net }: Side): readonly Made[] {
  const selector = { matchLabels: { app: `${prefix}server` } }
  const host = hostOf(`${prefix}server`, namespace)
  const api = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' }
  const of = (kind: string, spec: object, area = 'networking'): Made => istio(area, kind, namespace, `${prefix}${kind.toLowerCase()}`, spec)
  return [
    of('Sidecar', { egress: [{ hosts: ['./*', 'istio-system/*'] }] }),
    of('Sidecar', { egress: [{ hosts: [`${other}/*`] }] }),
    of('VirtualService', {
      hosts: [host],
      exportTo: ['.', other],
      http: [
        {
          match: [{ headers: { [`x-${prefix}user`]: { exact: `${prefix}ann` } } }],
          route: [{ destination: { host, subset: `${prefix}v1` } }],
        },
        {
          match: [{ uri: { prefix: `/${prefix}path` } }],
          fault: { abort: { httpStatus: 503, percentage: { value: 100 } } },
          route: [{ destination: { host } }],
        },
        {
          route: [
            { destination: { host }, weight: 60 },
            { destination: { host, subset: `${prefix}v2` }, weight: 40 },
          ],
        },
      ],
    }),
    of('DestinationRule', {
      host,
      trafficPolicy: { tls: { mode: 'DISABLE' } },
      subsets: [
        { name: `${prefix}v1`, labels: { version: `${prefix}v1` } },
        { name: `${prefix}v2`, labels: { version: `${prefix}v2` } },
      ],
    }),
    of('ServiceEntry', {
      hosts: [`${prefix}db.example.com`],
      location: 'MESH_EXTERNAL',
      resolution: 'STATIC',
      ports: [{ name: `tcp-${prefix}db`, number: port + 1, protocol: 'TCP' }],
      endpoints: [{ address: `${net}.200.7` }],
    }),
    of('ServiceEntry', {
      hosts: ['shared.example.com'],
      exportTo: ['*'],
      resolution: 'STATIC',
      ports: [{ name: `http-${prefix}shared`, number: port, protocol: 'HTTP' }],
      endpoints: [{ address: `${net}.200.8`, labels: { app: `${prefix}outside` } }],
    }),
    of('AuthorizationPolicy', { selector, action: 'DENY', rules: [{ from: [{ source: { namespaces: [other] } }] }] }, 'security'),
    of(
      'AuthorizationPolicy',
      {
        selector,
        rules: [
          { from: [{ source: { principals: [`cluster.local/ns/${namespace}/sa/${prefix}client`] } }] },
          {
            to: [{ operation: { paths: [`/${prefix}path`] } }],
            when: [{ key: `request.headers[x-${prefix}user]`, values: [`${prefix}ann`] }],
          },
        ],
      },
      'security',
    ),
    of('PeerAuthentication', { mtls: { mode: 'STRICT' } }, 'security'),
    of('PeerAuthentication', { selector, mtls: { mode: 'PERMISSIVE' }, portLevelMtls: { [port]: { mode: 'DISABLE' } } }, 'security'),
    of(
      'RequestAuthentication',
      { selector, jwtRules: [{ issuer: `${prefix}issuer`, jwksUri: `https://${prefix}issuer/keys` }] },
      'security',
    ),
    of('EnvoyFilter', {
      workloadSelector: { labels: { app: `${prefix}server` } },
      configPatches: [{ applyTo: 'HTTP_FILTER', patch: { operation: 'INSERT_BEFORE', value: { name: `${prefix}filter` } } }],
    }),
    { ...api, metadata: { name: `${prefix}deny`, namespace }, spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [] } },
    {
      ...api,
      metadata: { name: `${prefix}some`, namespace },
      spec: {
        podSelector: selector,
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': other } } }] }],
        egress: [{ to: [{ ipBlock: { cidr: `${net}.0.0/16` } }], ports: [{ port }] }],
      },
    },
    of('Gateway', {
      selector: { app: `${prefix}server` },
      servers: [{ port: { name: `http-${prefix}in`, number: port, protocol: 'HTTP' }, hosts: [`${prefix}www.example.com`] }],
    }),
  ]
}

const namespaced = (namespace: string): Made => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: namespace, labels: { 'istio-injection': 'enabled', 'kubernetes.io/metadata.name': namespace } },
})

interface Shape {
  readonly kind: SharedMesh['kind']
  /** By clusters, both may have a namespace of one name. */
  readonly same: boolean
  readonly networks: boolean
  readonly discovers: boolean
  readonly unread: boolean
  readonly there: Iterator<boolean>
}

const shape: fc.Arbitrary<Shape> = fc.record({
  kind: fc.constantFrom('NAMESPACE' as const, 'CLUSTER' as const),
  same: fc.boolean(),
  networks: fc.boolean(),
  discovers: fc.boolean(),
  unread: fc.boolean(),
  there: fc.infiniteStream(fc.boolean()),
})

const ours: Side = { namespace: 'alpha', prefix: '', net: '10.10', port: 8080, other: 'canary-ns' }
const theirsIn = (namespace: string): Side => ({ namespace, prefix: 'canary-', net: '10.66', port: 16661, other: 'alpha' })

function entryOf(name: string, network: string | undefined, objects: readonly Made[], more: object): object {
  const namespaces = new Set(objects.map(({ metadata }) => (metadata as { readonly namespace: string }).namespace))
  const resources = [...[...namespaces].map(namespaced), ...objects]
  return { name, mesh: 'mesh1', ...(network === undefined ? {} : { network }), region: 'r1', ...more, resources }
}

const meshWide = (there: Iterator<boolean>): readonly Made[] => [
  istio('security', 'PeerAuthentication', 'istio-system', 'default', {
    mtls: { mode: there.next().value === true ? 'STRICT' : 'PERMISSIVE' },
  }),
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio', namespace: 'istio-system' },
    data: { mesh: there.next().value === true ? 'outboundTrafficPolicy: { mode: REGISTRY_ONLY }' : 'trustDomain: cluster.local' },
  },
]

const objectsOf = (side: Side, cluster: string, there: Iterator<boolean>): readonly Made[] => [
  ...['client', 'server'].flatMap((name, index) => workload(side, name, index + 1, cluster)),
  ...unique(mayHave(side).filter(() => there.next().value === true)),
]

function clustersOf(
  { networks, discovers, unread, there }: Shape,
  west: readonly Made[],
  eastern: readonly Made[],
  east: string,
): readonly object[] {
  const network = `${east === 'east' ? '' : 'canary-'}network2`
  const facts = {
    controlPlane: { role: 'PRIMARY' },
    ...(discovers ? { remoteSecrets: [east] } : {}),
    ...(unread ? { unread: [{ kind: 'AuthorizationPolicy', namespace: 'canary-ns', reason: 'forbidden' }] } : {}),
  }
  return [
    entryOf('west', networks ? 'network1' : undefined, [...west, ...meshWide(there)], facts),
    entryOf(east, networks ? network : undefined, eastern, { controlPlane: { role: 'REMOTE', managedBy: 'west' } }),
  ]
}

const gatewayOf = (east: string): object => ({
  cluster: east,
  network: `${east === 'east' ? '' : 'canary-'}network2`,
  service: 'istio-system/eastwest',
  addresses: ['10.66.99.9'],
  port: 16669,
})

/** Namespaces of both in both clusters, or a cluster for each. */
function meshOf(made: Shape): SharedMesh {
  const { kind, there, same, networks } = made
  const [east, theirs] = kind === 'CLUSTER' ? ['canary-east', same ? 'alpha' : 'canary-ns'] : ['east', 'canary-ns']
  const other = theirsIn(theirs)
  const [first, second] = [objectsOf(ours, 'west', there), objectsOf(other, kind === 'CLUSTER' ? 'east' : 'west', there)]
  const clusters =
    kind === 'CLUSTER'
      ? clustersOf(made, first, second, east)
      : clustersOf(
          made,
          [...first, ...second],
          [ours, other].flatMap((side) => workload(side, 'server', 9, 'east')),
          east,
        )
  const members = kind === 'CLUSTER' ? [['west'], [east]] : [['alpha'], [theirs]]
  const tenants = ['team-a', 'canary-team'].map((name, index) => ({ name, kind, members: members[index] }))
  const gateways = networks ? [gatewayOf(east)] : []
  const document = { apiVersion: 'sightline/v1', kind: 'Topology', meshes: [{ name: 'mesh1' }], clusters, gateways, tenants }
  return { kind, east, theirs, document }
}

/** A mesh that two tenants share, namespace by namespace or cluster by cluster; b's objects have canaries in all of their names. */
export const sharedMesh: fc.Arbitrary<SharedMesh> = shape.map(meshOf)

/** Of one name, the last. */
const unique = (objects: readonly Made[]): readonly Made[] => [
  ...new Map(objects.map((object) => [JSON.stringify([object['kind'], object['metadata']]), object])).values(),
]
