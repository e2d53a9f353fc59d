import { describe, expect, it } from 'vitest'
import { haveInputs, leftOut, manifestsIn, open, uploadOf } from './real-inputs.js'

const clusters = ['one', 'two', 'three']
const files = ['kube/bookinfo.yaml', 'networking/bookinfo-gateway.yaml', 'networking/destination-rule-all.yaml']
const topology = {
  apiVersion: 'sightline/v1',
  kind: 'Topology',
  clusters: clusters.map((name) => ({
    name,
    mesh: 'mesh1',
    network: 'network1',
    controlPlane: name === 'one' ? { role: 'PRIMARY' } : { role: 'REMOTE', managedBy: 'one' },
    ...(name === 'one' ? { remoteSecrets: ['two', 'three'] } : {}),
    resources: files.map((file) => ({ include: `istio/bookinfo/${file}` })),
  })),
}

describe.skipIf(!haveInputs)(`bookinfo applied to three clusters (${haveInputs ? 'real manifests' : leftOut})`, () => {
  const opened = haveInputs ? open(uploadOf(topology, manifestsIn('istio/bookinfo'))) : undefined

  it('stores equal clusters once and counts them thrice', async () => {
    expect((await opened)?.report.counts).toMatchObject({
      clusters: 3,
      Service: 12,
      Deployment: 18,
      ServiceAccount: 12,
      DestinationRule: 12,
      Gateway: 3,
      VirtualService: 3,
    })
  })

  it('merges the reviews of all clusters into one service: three versions in each (VIS-8)', async () => {
    const answer = await (await opened)?.ask('one/default/productpage-v1', 'reviews:9080')
    expect(answer?.verdict, answer?.summary).toBe('REACHABLE')
    expect(answer?.endpoints.filter(({ share }) => share > 0)).toHaveLength(9)
  })

  it('serves a remote cluster’s proxies the same way (EDS-1)', async () => {
    const answer = await (await opened)?.ask('three/default/reviews-v2', 'ratings:9080')
    expect(answer?.verdict, answer?.summary).toBe('REACHABLE')
    expect(new Set(answer?.endpoints.map(({ cluster }) => cluster))).toEqual(new Set(clusters))
  })

  it('knows no service that nobody deployed', async () => {
    expect((await (await opened)?.ask('two/default/productpage-v1', 'mongodb:27017'))?.reason).toBe('NAME_NOT_RESOLVED')
  })
})
