import fc from 'fast-check'

/** Whatever is tenant b's has this in its name; addresses of b begin with 10.66, and its ports are 16661 and up. */
export const canary = /canary|10\.66\.|1666\d/i

export interface SharedMesh {
  readonly kind: 'NAMESPACE' | 'CLUSTER'
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
        { match: [{ headers: { [`x-${prefix}user`]: { exact: `${prefix}ann` } } }], route: [{ destination: { host, subset: `${prefix}v1` } }] },
        { match: [{ uri: { prefix: `/${prefix}path` } }], fault: { abort: { httpStatus: 503, percentage: { value: 100 } } }, route: [{ destination: { host } }] },
        { route: [{ destination: { host }, weight: 60 }, { destination: { host, subset: `${prefix}v2` }, weight: 40 }] },
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
          { to: [{ operation: { paths: [`/${prefix}path`] } }], when: [{ key: `request.headers[x-${prefix}user]`, values: [`${prefix}ann`] }] },
        ],
      },
      'security',
    ),
    of('PeerAuthentication', { mtls: { mode: 'STRICT' } }, 'security'),
    of('PeerAuthentication', { selector, mtls: { mode: 'PERMISSIVE' }, portLevelMtls: { [port]: { mode: 'DISABLE' } } }, 'security'),
    of('RequestAuthentication', { selector, jwtRules: [{ issuer: `${prefix}issuer`, jwksUri: `https://${prefix}issuer/keys` }] }, 'security'),
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
    of('Gateway', { selector: { app: `${prefix}server` }, servers: [{ port: { name: `http-${prefix}in`, number: port, protocol: 'HTTP' }, hosts: [`${prefix}www.example.com`] }] }),
  ]
}

const namespaced = (namespace: string): Made => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: namespace, labels: { 'istio-injection': 'enabled', 'kubernetes.io/metadata.name': namespace } },
})

/** A mesh that two tenants share, namespace by namespace or cluster by cluster; b's objects have canaries in all of their names. */
export const sharedMesh: fc.Arbitrary<SharedMesh> = fc
  .record({
    kind: fc.constantFrom('NAMESPACE' as const, 'CLUSTER' as const),
    /** By clusters, both may have a namespace of one name. */
    same: fc.boolean(),
    networks: fc.boolean(),
    discovers: fc.boolean(),
    ours: fc.infiniteStream(fc.boolean()),
    unread: fc.boolean(),
  })
  .map(({ kind, same, networks, discovers, ours, unread }) => {
    const isThere = (): boolean => ours.next().value === true
    const byCluster = kind === 'CLUSTER'
    const east = byCluster ? 'canary-east' : 'east'
    const theirs = byCluster && same ? 'alpha' : 'canary-ns'
    const a: Side = { namespace: 'alpha', prefix: '', net: '10.10', port: 8080, other: theirs }
    const b: Side = { namespace: theirs, prefix: 'canary-', net: '10.66', port: 16661, other: 'alpha' }
    const objectsOf = (side: Side, cluster: string): readonly Made[] => [
      ...['client', 'server'].flatMap((name, index) => workload(side, name, index + 1, cluster)),
      ...unique(mayHave(side).filter(isThere)),
    ]
    const shared = istio('security', 'PeerAuthentication', 'istio-system', 'default', { mtls: { mode: isThere() ? 'STRICT' : 'PERMISSIVE' } })
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: 'istio-system' },
      data: { mesh: isThere() ? 'outboundTrafficPolicy: { mode: REGISTRY_ONLY }' : 'trustDomain: cluster.local' },
    }
    const west = byCluster ? objectsOf(a, 'west') : [...objectsOf(a, 'west'), ...objectsOf(b, 'west')]
    const eastern = byCluster ? objectsOf(b, 'east') : [...workload(a, 'server', 9, 'east'), ...workload(b, 'server', 9, 'east')]
    const namespacesOf = (objects: readonly Made[]): readonly Made[] =>
      [...new Set(objects.map(({ metadata }) => (metadata as { readonly namespace: string }).namespace))].map(namespaced)
    const entry = (name: string, network: string, objects: readonly Made[], more: object): object => ({
      name,
      mesh: 'mesh1',
      ...(networks ? { network } : {}),
      region: 'r1',
      ...more,
      resources: [...namespacesOf(objects), ...objects],
    })
    return {
      kind,
      document: {
        apiVersion: 'sightline/v1',
        kind: 'Topology',
        meshes: [{ name: 'mesh1' }],
        clusters: [
          entry('west', 'network1', [...west, shared, config], {
            controlPlane: { role: 'PRIMARY' },
            ...(discovers ? { remoteSecrets: [east] } : {}),
            ...(unread ? { unread: [{ kind: 'AuthorizationPolicy', namespace: theirs === 'alpha' ? 'beta' : theirs, reason: 'forbidden' }] } : {}),
          }),
          entry(east, byCluster ? 'canary-network' : 'network2', eastern, { controlPlane: { role: 'REMOTE', managedBy: 'west' } }),
        ],
        gateways: networks
          ? [{ cluster: east, network: byCluster ? 'canary-network' : 'network2', service: `istio-system/eastwest`, addresses: ['10.66.99.9'], port: 16669 }]
          : [],
        tenants: [
          { name: 'team-a', kind, members: byCluster ? ['west'] : ['alpha'] },
          { name: 'canary-team', kind, members: byCluster ? [east] : [theirs] },
        ],
      },
    }
  })

/** Of one name, the last. */
const unique = (objects: readonly Made[]): readonly Made[] => [
  ...new Map(objects.map((object) => [JSON.stringify([object['kind'], object['metadata']]), object])).values(),
]
