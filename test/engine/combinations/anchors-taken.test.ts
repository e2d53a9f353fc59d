import { describe, expect, it } from 'vitest'
import { issueAuthority } from '../certificates.js'
import { ask, cluster, deployment, istio, type Manifest, service, told, topology } from './asking.js'

const [ofWest = '', ofEast = ''] = (await Promise.all(['West', 'East'].map((name) => issueAuthority(name)))).map(({ pem }) => pem)

const agents = (value: string) => ({ PROXY_CONFIG_XDS_AGENT: value })
const byMesh = (value: string) => ({ defaultConfig: { proxyMetadata: agents(value) } })
const annotated = { 'proxy.istio.io/config': 'proxyMetadata: { PROXY_CONFIG_XDS_AGENT: "true" }' }
const config = (home: string, value: string, selector?: Manifest): Manifest =>
  istio('ProxyConfig', `${home}/agents`, {
    environmentVariables: agents(value),
    ...(selector === undefined ? {} : { selector: { matchLabels: selector } }),
  })
const web = (annotations: Manifest = {}): Manifest => deployment('shop/web', {}, annotations)

/** A pod that runs, with what its proxy was started with. */
const running = (env: readonly Manifest[]): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name: 'web', labels: { app: 'web', 'security.istio.io/tlsMode': 'istio' } },
  spec: { serviceAccountName: 'web', containers: [{ name: 'app' }, { name: 'istio-proxy', env }] },
  status: { phase: 'Running', podIP: '10.1.0.9', podIPs: [{ ip: '10.1.0.9' }], conditions: [{ type: 'Ready', status: 'True' }] },
})

/** Two primaries, each with a root of its own; east’s proxies take west’s, and of west’s it is asked whether `web` takes east’s. */
const takes = (objects: readonly Manifest[], mesh: Manifest = {}): string => {
  const header = (pem: string, reads: string) => ({ network: 'n', rootCertificates: [pem], remoteSecrets: [reads] })
  const plane = (name: string, pem: string, more: Manifest) => ({
    name,
    cluster: name,
    version: '1.31.0',
    flags: { ISTIO_MULTIROOT_MESH: 'true' },
    meshConfig: { caCertificates: [{ pem }], ...more },
  })
  const clusters = [
    cluster('west', [service('bank/ledger'), ...objects], header(ofWest, 'east')),
    cluster('east', [deployment('bank/ledger'), service('bank/ledger')], header(ofEast, 'west')),
  ]
  const controlPlanes = [plane('west', ofEast, mesh), plane('east', ofWest, byMesh('true'))]
  return told(ask(topology(clusters, { controlPlanes }), 'west/shop/web', 'ledger.bank'))
}

const [trusted, untrusted] = ['REACHABLE DELIVERED', 'UNREACHABLE UNTRUSTED at TRUST']

describe('that a proxy’s agent takes anchors may be said wherever its variables are (TRUST-9, EXT-11)', () => {
  it.each<[string, readonly Manifest[], string]>([
    ['nowhere', [web()], untrusted],
    ['by a ProxyConfig for the mesh', [web(), config('istio-system', 'true')], trusted],
    ['as Go reads it', [web(), config('istio-system', 'T')], trusted],
    ['and not by what Go takes for no truth', [web(), config('istio-system', 'yes')], untrusted],
    ['by one for the namespace', [web(), config('shop', 'true')], trusted],
    ['and not by one for another', [web(), config('bank', 'true')], untrusted],
    ['by one that selects the workload', [web(), config('shop', 'true', { app: 'web' })], trusted],
    ['and not by one that selects others', [web(), config('shop', 'true', { app: 'api' })], untrusted],
    ['nor by one that selects from the root namespace', [web(), config('istio-system', 'true', { app: 'web' })], untrusted],
    ['by an annotation of the pod', [web(annotated)], trusted],
    ['over a ProxyConfig for the namespace', [web(annotated), config('shop', 'false')], trusted],
    ['and under one that selects it', [web(annotated), config('shop', 'false', { app: 'web' })], untrusted],
  ])('%s', (_title, objects, expected) => {
    expect(takes(objects)).toBe(expected)
  })

  it('which turns off too what MeshConfig turns on', () => {
    expect(takes([web()], byMesh('true'))).toBe(trusted)
    expect(takes([web(), config('shop', 'false')], byMesh('true'))).toBe(untrusted)
  })

  it('and of a pod that runs by what its proxy was started with', () => {
    const other = { name: 'ISTIO_META_CLUSTER_ID', value: 'west' }
    const own = { name: 'PROXY_CONFIG_XDS_AGENT', value: 'true' }
    expect(takes([running([other, own])])).toBe(trusted)
    expect(takes([running([other])], byMesh('true'))).toBe(untrusted)
    // Where its environment is left out, as injection would have written it.
    expect(takes([running([])], byMesh('true'))).toBe(trusted)
  })
})
