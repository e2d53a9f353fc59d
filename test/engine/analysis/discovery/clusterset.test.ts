import { describe, expect, it } from 'vitest'
import type { Reachability } from '#engine/model/reachability'
import { issueAuthority } from '../../certificates.js'
import {
  ask,
  assumed,
  cluster,
  deployment,
  eastWest,
  istio,
  type Manifest,
  namespace,
  naked,
  service,
  told,
  topology,
} from '../../combinations/asking.js'

const root = (await issueAuthority('Common')).pem

const mcs = (kind: string, spec?: Manifest, apiVersion = 'multicluster.x-k8s.io/v1alpha1'): Manifest => ({
  apiVersion,
  kind,
  metadata: { namespace: 'bank', name: 'ledger' },
  ...(spec === undefined ? {} : { spec }),
})
const exported = mcs('ServiceExport')
const imported = (...ips: readonly string[]): Manifest => mcs('ServiceImport', { type: 'ClusterSetIP', ips, ports: [{ port: 80 }] })
const headless = mcs('ServiceImport', { type: 'Headless', ports: [{ port: 80 }] })
const ledger = [deployment('bank/ledger'), service('bank/ledger')]
const set = 'ledger.bank.svc.clusterset.local'

const discovery = { ENABLE_MCS_SERVICE_DISCOVERY: 'true' }
const host = { ...discovery, ENABLE_MCS_HOST: 'true' }

interface Mesh {
  readonly flags?: Manifest
  readonly meshConfig?: Manifest
  readonly web?: Manifest
  readonly c1?: readonly Manifest[]
  readonly c2?: readonly Manifest[]
  readonly c3?: readonly Manifest[]
  readonly networks?: boolean
}

/** c1 with the caller `shop/web`, c2 and c3; each reads the others, and all share a root. */
function mesh({ flags = {}, meshConfig = {}, web = {}, c1 = [], c2 = [], c3 = [], networks = false }: Mesh) {
  const header = (own: string) => ({
    remoteSecrets: ['c1', 'c2', 'c3'].filter((name) => name !== own),
    rootCertificates: [root],
    network: networks ? `n-${own}` : 'flat',
  })
  const caller = deployment('shop/web', {}, web)
  return topology([cluster('c1', [caller, ...c1], header('c1')), cluster('c2', c2, header('c2')), cluster('c3', c3, header('c3'))], {
    controlPlanes: ['c1', 'c2', 'c3'].map((name) => ({ name, cluster: name, version: '1.32', flags, meshConfig })),
  })
}

const call = (given: Mesh, to: string): Reachability => ask(mesh(given), 'c1/shop/web', to)

/** Clusters of the endpoints that the proxy is given, and why it is not given those of the others. */
const offered = ({ endpoints }: Reachability) =>
  endpoints.map(({ cluster: place, verdict, reason }) => (verdict === 'REACHABLE' ? place : `${place} ${reason}`)).sort()

/** What is told of the endpoints in that cluster. */
const toldOf = ({ endpoints }: Reachability, place: string): string =>
  endpoints.flatMap((one) => (one.cluster === place ? one.steps.map(({ message }) => message) : [])).join('; ')

const captured = { 'proxy.istio.io/config': '{ "proxyMetadata": { "ISTIO_META_DNS_CAPTURE": "true" } }' }

describe('a Service that is exported from one cluster, called by its own name (case 23, MCS-4)', () => {
  const given = { c1: ledger, c2: [...ledger, exported], c3: ledger }
  it.each<[string, Manifest, string[]]>([
    ['without the flag it is one in all clusters, whatever is exported (MCS-2)', {}, ['c1', 'c2', 'c3']],
    ['with it, it is the own cluster’s and those that export it', discovery, ['c1', 'c2', 'c3 NOT_EXPORTED']],
    [
      'the flag for the own cluster alone does nothing by itself (MCS-1)',
      { ...discovery, ENABLE_MCS_CLUSTER_LOCAL: 'true' },
      ['c1', 'c2', 'c3 NOT_EXPORTED'],
    ],
    ['with all three it is the own cluster’s', { ...host, ENABLE_MCS_CLUSTER_LOCAL: 'true' }, ['c1', 'c2 NOT_EXPORTED', 'c3 NOT_EXPORTED']],
  ])('%s', (_, flags, expected) => {
    const answer = call({ ...given, flags }, 'ledger.bank')
    expect(answer.verdict).toBe('REACHABLE')
    expect(offered(answer)).toEqual(expected)
  })

  it('is told of by the cluster that does not export it (MCS-23)', () => {
    const answer = call({ c1: [service('bank/ledger')], c3: ledger, flags: discovery }, 'ledger.bank')
    expect(toldOf(answer, 'c3')).toContain('`c3` has no ServiceExport `bank/ledger`')
  })
})

describe('the name of the set of clusters in a mesh', () => {
  const given = { flags: host, c1: ledger, c2: [...ledger, exported, imported('240.1.0.2')], c3: ledger }

  it('is known with an import that has an address, and leads to the own cluster’s endpoints and the exported ones (MCS-6, VIS-39)', () => {
    const answer = call({ ...given, c1: [...ledger, imported('240.1.0.1')] }, set)
    expect(answer.verdict).toBe('REACHABLE')
    expect(offered(answer)).toEqual(['c1', 'c2', 'c3 NOT_EXPORTED'])
    expect(assumed(answer)).toContain('CLUSTERSET_ASSUMED')
  })

  it('stays that, whatever the flag for the cluster’s own names says (MCS-4)', () => {
    const flags = { ...host, ENABLE_MCS_CLUSTER_LOCAL: 'true' }
    expect(offered(call({ ...given, flags, c1: [...ledger, imported('240.1.0.1')] }, set))).toEqual(['c1', 'c2', 'c3 NOT_EXPORTED'])
  })

  it('has no address without one in the client’s cluster, though another cluster has one (case 24, MCS-23, DNS-20)', () => {
    expect(told(call({ ...given, c1: [...ledger, imported()] }, set))).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
  })

  it('is answered under DNS capture with the address that any cluster has (case 24, MCS-6, MCS-23)', () => {
    const answer = call({ ...given, c1: [...ledger, imported()], web: captured }, set)
    expect(answer.verdict).toBe('REACHABLE')
    expect(answer.steps[0]?.message).toContain('`240.1.0.2`')
    expect(offered(answer)).toEqual(['c1', 'c2', 'c3 NOT_EXPORTED'])
    expect(assumed(answer)).not.toContain('CLUSTERSET_ASSUMED')
  })

  it('has none under DNS capture either where no import has an address, or none that is one (MCS-6)', () => {
    const c2 = [...ledger, exported, imported('soon')]
    expect(told(call({ ...given, c1: [...ledger, imported()], c2, web: captured }, set))).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
  })

  it('is no name of the mesh without its flag, or with that alone (MCS-1)', () => {
    const c1 = [...ledger, imported('240.1.0.1')]
    for (const flags of [discovery, { ENABLE_MCS_HOST: 'true' }])
      expect(told(call({ ...given, c1, flags }, set)), JSON.stringify(flags)).toBe('UNDETERMINED INPUT_MISSING at DISCOVERY')
  })

  it('leaves out what an exporter without an import of its own has (MCS-4)', () => {
    const answer = call({ ...given, c1: [...ledger, imported('240.1.0.1')], c2: [...ledger, exported] }, set)
    expect(offered(answer)).toEqual(['c1', 'c2 NOT_EXPORTED', 'c3 NOT_EXPORTED'])
    expect(toldOf(answer, 'c2')).toContain('no ServiceImport with an address')
  })

  it('is exported by istiod itself where it does so, but not what is cluster-local (MCS-11, MCS-13)', () => {
    const flags = { ...host, ENABLE_MCS_AUTO_EXPORT: 'true' }
    const c1 = [...ledger, imported('240.1.0.1')]
    const c3 = [...ledger, imported('240.1.0.3')]
    expect(offered(call({ ...given, flags, c1, c3 }, set))).toEqual(['c1', 'c2', 'c3'])
    const kept = { serviceSettings: [{ settings: { clusterLocal: true }, hosts: ['ledger.bank.svc.cluster.local'] }] }
    expect(offered(call({ ...given, flags, c1, c3, meshConfig: kept }, set))).toEqual(['c1', 'c2', 'c3 NOT_EXPORTED'])
    expect(offered(call({ ...given, flags, c1, c3, meshConfig: kept }, 'ledger.bank'))).toEqual([
      'c1',
      'c2 CLUSTER_LOCAL',
      'c3 CLUSTER_LOCAL',
    ])
  })

  it('is kept to the cluster by a pattern that names it, not by the Service’s own (MCS-13)', () => {
    const meshConfig = { serviceSettings: [{ settings: { clusterLocal: true }, hosts: [set] }] }
    expect(offered(call({ ...given, c1: [...ledger, imported('240.1.0.1')], meshConfig }, set))).toEqual([
      'c1',
      'c2 CLUSTER_LOCAL',
      'c3 CLUSTER_LOCAL',
    ])
  })

  it('is a host of its own: routes and rules of the Service’s name are not for it (MCS-7)', () => {
    const abort = istio('VirtualService', 'bank/ledger', {
      hosts: ['ledger.bank.svc.cluster.local'],
      http: [{ directResponse: { status: 503 }, name: 'none' }],
    })
    const rule = istio('DestinationRule', 'bank/ledger', {
      host: 'ledger.bank.svc.cluster.local',
      trafficPolicy: { tls: { mode: 'DISABLE' } },
    })
    const strict = istio('PeerAuthentication', 'bank/default', { mtls: { mode: 'STRICT' } })
    const c1 = [...ledger, imported('240.1.0.1'), rule, strict]
    const only = { ...given, c2: [], c3: [] }
    expect(call({ ...only, c1: [...c1, abort] }, set).verdict).toBe('REACHABLE')
    expect(told(call({ ...only, c1 }, 'ledger.bank'))).toBe('UNREACHABLE TLS_REJECTED at TRANSPORT')
  })

  it('follows exportTo of the Service, and a Sidecar has to name it (MCS-7)', () => {
    const c1 = [
      deployment('bank/ledger'),
      service('bank/ledger', {}, { annotations: { 'networking.istio.io/exportTo': '.' } }),
      imported('240.1.0.1'),
    ]
    expect(told(call({ ...given, c1, meshConfig: { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } } }, set))).toBe(
      'UNREACHABLE BLACKHOLED at SCOPE',
    )
    const sidecar = istio('Sidecar', 'shop/default', {
      egress: [{ hosts: ['bank/*.cluster.local'] }],
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    })
    expect(told(call({ ...given, c1: [...ledger, imported('240.1.0.1'), sidecar] }, set))).toBe('UNREACHABLE BLACKHOLED at SCOPE')
  })

  it('is what gateways between networks are asked for: they have to open it, and to know it (MCS-8, NET-31)', () => {
    const c1 = [service('bank/ledger'), imported('240.1.0.1')]
    const across = (hosts: readonly string[], c2: readonly Manifest[] = [imported('240.1.0.2')]) =>
      call({ ...given, networks: true, c1, c3: [], c2: [...ledger, exported, ...c2, ...eastWest('n-c2', '34.0.0.2', { hosts })] }, set)
    expect(across(['*.local']).verdict).toBe('REACHABLE')
    expect(across(['*.clusterset.local']).verdict).toBe('REACHABLE')
    expect(across(['*.cluster.local']).verdict).toBe('UNREACHABLE')
  })
})

describe('what is exported, across networks', () => {
  it('is chosen before anybody looks for gateways: a cluster that does not export is left out, whatever gateway it has (MCS-5)', () => {
    const behind = (network: string, ip: string, ...more: readonly Manifest[]) => [...ledger, ...more, ...eastWest(network, ip)]
    const c2 = behind('n-c2', '34.0.0.2', exported)
    const answer = call(
      { flags: discovery, networks: true, c1: [service('bank/ledger')], c2, c3: behind('n-c3', '34.0.0.3') },
      'ledger.bank',
    )
    expect(offered(answer)).toEqual(['c2', 'c3 NOT_EXPORTED'])
  })
})

describe('the name of a set of clusters where an implementation of Multi-Cluster Services serves it', () => {
  const web = naked
  const c2 = [...ledger, exported, imported('240.1.0.2')]

  it('leads a client without a proxy to the exporting clusters, on what is imported into its own (MCS-14, MCS-15, MCS-22)', () => {
    const answer = call({ web, c1: [...ledger, imported('240.1.0.1')], c2, c3: ledger }, set)
    expect(answer.verdict).toBe('REACHABLE')
    expect(offered(answer)).toEqual(['c2'])
    expect(assumed(answer)).toContain('CLUSTERSET_ASSUMED')
  })

  it('leaves open whether what is exported is imported, where no import is given (MCS-14)', () => {
    expect(told(call({ web, c2 }, set))).toBe('UNDETERMINED INPUT_MISSING at NAME')
  })

  it('is no name where nothing is exported, or where the namespace is not (MCS-14)', () => {
    expect(told(call({ web, c2: ledger }, set))).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
    const foreign = set.replace('bank', 'vault')
    const elsewhere = [namespace('vault'), service('vault/ledger'), { ...exported, metadata: { namespace: 'vault', name: 'ledger' } }]
    expect(told(call({ web, c2: elsewhere }, foreign))).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
  })

  it('never hides the cluster’s own name, nor does a short name reach it (MCS-15, MCS-23)', () => {
    expect(offered(call({ web, c1: ledger, c2 }, 'ledger.bank'))).toEqual(['c1'])
    expect(told(call({ web, c1: [imported('240.1.0.1')], c2 }, 'ledger.bank'))).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
  })

  it('leads to the clusters alone whose Service has the port (MCS-18)', () => {
    const other = [
      deployment('bank/ledger'),
      service('bank/ledger', { ports: [{ name: 'admin', port: 9000, targetPort: 8080 }] }),
      exported,
    ]
    const c1 = [imported('240.1.0.1')]
    expect(offered(call({ web, c1, c2, c3: other }, `${set}:9000`))).toEqual(['c3'])
    expect(told(call({ web, c1, c2, c3: other }, `${set}:7`))).toBe('UNREACHABLE NOT_LISTENING at DISCOVERY')
  })

  it('is of no Service that is another host’s name (MCS-16)', () => {
    const c3 = [service('bank/ledger', { type: 'ExternalName', externalName: 'ledger.example.com' }), exported]
    expect(told(call({ web, c3 }, set))).toBe('UNREACHABLE NAME_NOT_RESOLVED at NAME')
  })

  it('stands for the pods of all exporters where the import is headless (MCS-15, MCS-17)', () => {
    const sets = [deployment('bank/ledger', {}, {}), service('bank/ledger', { clusterIP: 'None' }), exported]
    const answer = call({ web, c1: [headless], c2: sets, c3: sets }, `${set}:8080`)
    expect(offered(answer)).toEqual(['c2', 'c3'])
  })

  it('prefers no cluster, not even the caller’s own, which counts as one that exports (MCS-19)', () => {
    expect(offered(call({ web, c1: [...ledger, exported, imported('240.1.0.1')], c2 }, set))).toEqual(['c1', 'c2'])
  })

  it('is up to the network between them: on networks of their own they do not reach each other (MCS-22)', () => {
    expect(call({ web, c1: [imported('240.1.0.1')], c2, networks: true }, set).verdict).toBe('UNREACHABLE')
  })

  it('is open for a proxy that does not know it, unless the implementation’s own Service is given (MCS-21)', () => {
    expect(told(call({ c1: [imported('240.1.0.1')], c2 }, set))).toBe('UNDETERMINED INPUT_MISSING at DISCOVERY')
    const behind = (name: string) => {
      const port = [{ name, port: 80, targetPort: 8080 }]
      const generated = service('bank/gke-mcs-1', { selector: undefined, clusterIP: '240.1.0.1', ports: port })
      return { c1: [imported('240.1.0.1'), generated], c2: [deployment('bank/ledger'), service('bank/ledger', { ports: port }), exported] }
    }
    // Requests pass the proxy by in plaintext; a connection's address is that of a Service whose slices are imported ones.
    expect(offered(call(behind('http'), set))).toEqual(['c2'])
    const strict = istio('PeerAuthentication', 'bank/default', { mtls: { mode: 'STRICT' } })
    const { c1, c2: exporting } = behind('http')
    expect(told(call({ c1, c2: [...exporting, strict] }, set))).toContain('at TRANSPORT')
    expect(told(call(behind('tcp'), set))).toBe('UNREACHABLE NO_ENDPOINTS at DISCOVERY')
  })

  it('takes GKE’s own objects as well as the API’s (MCS-20)', () => {
    const gke = 'net.gke.io/v1'
    const c1 = [mcs('ServiceImport', { type: 'ClusterSetIP', ips: ['240.1.0.1'], ports: [{ port: 80 }] }, gke)]
    expect(offered(call({ web, c1, c2: [...ledger, mcs('ServiceExport', undefined, gke)] }, set))).toEqual(['c2'])
  })
})
