/** One topology, `shop`, as the examples of all operations tell of it. */
const hash = 'sha256:6f1c0e5f3a0b4d1c9f1a3b7de2c4985a6d0e7b1f2c3d4e5f60718293a4b5c6d7'
const topology = {
  name: 'shop',
  description: 'the shop in both regions',
  compatibility: 'NO_LOST_REACH',
  createdAt: '2026-03-01T09:00:00.000Z',
  head: 3,
}
const version = {
  topology: 'shop',
  number: 3,
  contentHash: hash,
  createdAt: '2026-03-02T12:00:00.000Z',
  message: 'move ratings to east',
  author: 'ana',
  tags: ['production'],
}
const { tags: _, ...appended } = { ...version, unchanged: false, warnings: [] }
const lastPage = { nextCursor: null, hasMore: false }

const client = { cluster: 'west', namespace: 'shop', workload: 'client' }
const service = {
  cluster: 'west',
  kind: 'Service',
  namespace: 'shop',
  name: 'reviews',
  path: null,
  source: { file: 'west/shop.yaml', line: 12 },
}
const step = {
  stage: 'NAME',
  outcome: 'STOPPED',
  reason: 'NAME_NOT_RESOLVED',
  message: '`reviews` is not a name in cluster `east`',
  because: [service],
  hop: null,
}
const passed = { stage: 'TRUST', outcome: 'PASSED', reason: 'TRUSTED', message: 'both chains end in one root', because: [], hop: null }
const direction = { verdict: 'TRUSTED', chain: passed, trustDomain: passed, name: passed }

const cluster = {
  name: 'west',
  controlPlane: { role: 'PRIMARY' },
  resources: [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'reviews', namespace: 'shop' },
      spec: { ports: [{ name: 'http', port: 9080 }] },
    },
  ],
}
const document = { apiVersion: 'sightline/v1', kind: 'Topology', clusters: [cluster] }
const report = {
  verdict: 'WARN',
  summary: { error: 0, warning: 1, info: 0, suppressed: 0 },
  findings: [
    {
      code: 'CTL102',
      severity: 'WARNING',
      message: '`west` may read `east`, but not the other way round',
      resource: { cluster: 'west', kind: 'Cluster', namespace: null, name: 'west' },
      path: 'remoteSecrets',
      source: { file: 'topology.yaml', line: 7 },
      istio: null,
      help: '/rules/CTL102',
    },
  ],
  assertions: [],
  counts: { clusters: 2, Service: 4 },
}

export interface Examples {
  readonly request?: unknown
  /** The answer that goes well; `null`: none, because there is no body. */
  readonly answer: unknown
}

export const examples: Readonly<Record<string, Examples>> = {
  listTopologies: { answer: { items: [topology], page: lastPage } },
  putTopology: { request: { description: topology.description, compatibility: 'NO_LOST_REACH' }, answer: topology },
  readTopology: { answer: topology },
  deleteTopology: { answer: null },
  listVersions: { answer: { items: [version], page: { nextCursor: 'dmVyc2lvbnM6Mw', hasMore: true } } },
  readVersion: { answer: version },
  readDocument: { answer: document },
  putTag: { request: { version: 3 }, answer: version },
  appendVersion: { request: document, answer: appended },
  replaceCluster: { request: cluster, answer: appended },
  validateDocument: { request: document, answer: report },
  validateVersion: { answer: report },
  askReachability: {
    request: { from: client, to: { host: 'reviews', port: 9080 } },
    answer: {
      verdict: 'UNREACHABLE',
      reason: 'NAME_NOT_RESOLVED',
      summary: '`west/shop/client` cannot reach `reviews`: the name does not resolve',
      steps: [step],
      endpoints: [],
      conditions: [],
      assumptions: [],
      validUntil: null,
      remedies: [],
    },
  },
  askVisibility: {
    request: { from: client, first: 20 },
    answer: {
      services: [{ host: 'reviews.shop.svc.cluster.local', namespace: 'shop', resolvesTo: ['10.255.10.7'], because: [service], ports: [] }],
      hidden: [{ host: 'ledger.bank.svc.cluster.local', namespace: 'bank', reason: 'NOT_EXPORTED', because: [] }],
      page: lastPage,
    },
  },
  askTrust: {
    request: {
      client: { cluster: 'west', namespace: 'shop', serviceAccount: 'client' },
      server: { spiffeId: 'spiffe://cluster.local/ns/shop/sa/reviews' },
    },
    answer: {
      verdict: 'TRUSTED',
      reason: 'TRUSTED',
      summary: 'both accept each other',
      clientAcceptsServer: direction,
      serverAcceptsClient: direction,
      validUntil: '2027-03-01T00:00:00.000Z',
      assumptions: [],
      remedies: [],
    },
  },
  askProxyConfig: {
    request: { from: client },
    answer: {
      answers: [
        {
          controlPlane: 'west',
          gateways: [{ network: 'network2', cluster: 'east', address: '34.0.0.2', port: 15443 }],
          proxies: [
            {
              proxy: 'west/shop/client',
              unknownHosts: 'ALLOW',
              services: [{ host: 'reviews.shop.svc.cluster.local', namespace: 'shop', ports: [9080] }],
              targets: [
                {
                  host: 'reviews.shop.svc.cluster.local',
                  port: 9080,
                  subset: '',
                  type: 'EDS',
                  endpoints: [{ address: '10.10.0.7', port: 9080, weight: 1, priority: 0, share: 1, sends: 'ISTIO_MUTUAL' }],
                  unready: ['10.10.0.8:9080'],
                },
              ],
              routes: { 'reviews.shop.svc.cluster.local:9080': { 'outbound|9080||reviews.shop.svc.cluster.local': 1 } },
              inbound: { 8080: 'PERMISSIVE', '*': 'PERMISSIVE' },
            },
          ],
        },
      ],
    },
  },
  readRule: { answer: '# REF101 reference-unknown\n\nSeverity: ERROR\n' },
  readTopologySchema: { answer: { title: 'Sightline topology', type: 'object' } },
}
