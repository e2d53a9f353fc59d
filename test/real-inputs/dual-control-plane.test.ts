import { describe, expect, it } from 'vitest'
import { countObjects, haveInputs, leftOut, manifestsIn, type Opened, open, readInput, uploadOf } from './real-inputs.js'

/** Two clusters, a control plane in each, `<name>.<namespace>.global` names and a gateway on 15443: what the manifests leave to the installation. */
const topology = (roots: readonly string[]) => ({
  apiVersion: 'sightline/v1',
  kind: 'Topology',
  controlPlanes: ['cluster1', 'cluster2'].map((name) => ({ name, cluster: name, version: '1.4.0' })),
  gateways: [
    { cluster: 'cluster1', service: 'istio-system/istio-ingressgateway', addresses: ['34.70.9.157'], port: 15443 },
    { cluster: 'cluster2', service: 'istio-system/istio-ingressgateway', addresses: ['35.193.92.27'], port: 15443 },
  ],
  clusters: ['cluster1', 'cluster2'].map((name) => ({
    name,
    mesh: 'mesh1',
    dns: { stubDomains: ['global'] },
    controlPlane: { role: 'PRIMARY' },
    remoteSecrets: [],
    ...(roots.length > 0 ? { rootCertificates: roots } : {}),
    resources: [{ include: `gcp/dual-control-plane/${name}/*.yaml` }],
  })),
})

describe.skipIf(!haveInputs)(`an application on two control planes (${haveInputs ? 'real manifests' : leftOut})`, () => {
  const files = haveInputs ? manifestsIn('gcp/dual-control-plane') : []
  const opened: Promise<Opened> = haveInputs
    ? open(uploadOf(topology([readInput('istio/certs/root-cert.pem')]), files))
    : (new Promise(() => {}) as Promise<Opened>)

  it('goes in without loss', async () => {
    const { counts } = (await opened).report
    const { clusters, networks: _, controlPlanes, meshes, ...objects } = counts
    expect(Object.values(objects).reduce((sum, count) => sum + count, 0)).toBe(
      ['cluster1', 'cluster2'].map((name) => countObjects(files.filter((file) => file.includes(`/${name}/`)))).reduce((a, b) => a + b, 0),
    )
    expect({ clusters, controlPlanes, meshes }).toEqual({ clusters: 2, controlPlanes: 2, meshes: 1 })
  })

  it('checkoutservice reaches the catalog that runs in the other cluster, by its .global name through its gateway (DNS-30)', async () => {
    const answer = await (await opened).ask('cluster1/default/checkoutservice', 'productcatalogservice.default.global:3550')
    expect(answer.verdict, answer.summary).toBe('REACHABLE')
    expect(answer.endpoints.map(({ cluster, via }) => [cluster, via?.address])).toEqual([['cluster2', '35.193.92.27']])
    expect(answer.assumptions.map(({ code }) => code)).toContain('SHIPPED_GATEWAY_ASSUMED')
  })

  it('frontend reaches the ads the other way round', async () => {
    const answer = await (await opened).ask('cluster2/default/frontend', 'adservice.default.global:9555')
    expect(answer.verdict, answer.summary).toBe('REACHABLE')
    expect(answer.endpoints.map(({ cluster }) => cluster)).toEqual(['cluster1'])
  })

  it('a service of its own cluster is reached directly', async () => {
    const answer = await (await opened).ask('cluster1/default/checkoutservice', 'shippingservice.default.svc.cluster.local:50051')
    expect(answer.verdict, answer.summary).toBe('REACHABLE')
    expect(answer.endpoints.map(({ cluster, via }) => [cluster, via])).toEqual([['cluster1', null]])
  })

  it('the other cluster’s services have no name of the ordinary form (DNS-2)', async () => {
    const answer = await (await opened).ask('cluster1/default/checkoutservice', 'productcatalogservice:3550')
    expect([answer.verdict, answer.reason]).toEqual(['UNREACHABLE', 'NAME_NOT_RESOLVED'])
  })

  it('without a stated root nobody knows whether the two trust each other', async () => {
    const without = await open(uploadOf(topology([]), files))
    const answer = await without.ask('cluster1/default/checkoutservice', 'productcatalogservice.default.global:3550')
    expect(answer.verdict).toBe('UNDETERMINED')
    expect(answer.steps.find(({ outcome }) => outcome === 'UNDETERMINED')?.stage).toBe('TRUST')
  })
})
