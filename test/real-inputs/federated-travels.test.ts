import { describe, expect, it } from 'vitest'
import { countObjects, haveInputs, leftOut, manifestsIn, open, uploadOf } from './real-inputs.js'

const topology = {
  apiVersion: 'sightline/v1',
  kind: 'Topology',
  clusters: ['east', 'west'].map((name) => ({ name, resources: [{ include: `kiali/federated-travels/${name}/*.yaml` }] })),
}

describe.skipIf(!haveInputs)(`two meshes that export and import services (${haveInputs ? 'real manifests' : leftOut})`, () => {
  const files = haveInputs ? manifestsIn('kiali/federated-travels') : []
  const opened = haveInputs ? open(uploadOf(topology, files)) : undefined

  it('goes in without loss, its federation resources included', async () => {
    const counts = (await opened)?.report.counts ?? {}
    const { clusters: _, networks: __, controlPlanes: ___, meshes, ...objects } = counts
    expect(Object.values(objects).reduce((sum, count) => sum + count, 0)).toBe(
      ['east', 'west'].map((name) => countObjects(files.filter((file) => file.includes(`/${name}/`)))).reduce((a, b) => a + b, 0),
    )
    expect(counts).toMatchObject({ ServiceMeshPeer: 2, ExportedServiceSet: 1, ImportedServiceSet: 1, ServiceMeshControlPlane: 2 })
    expect(meshes).toBe(2)
  })

  it('keeps no password of the database', async () => {
    const removed = (await opened)?.notes.filter(({ code }) => code === 'SECRET_REMOVED') ?? []
    expect(removed.map(({ resource }) => `${resource?.cluster} ${resource?.name}`).sort()).toEqual([
      'east mysql-credentials',
      'west mysql-credentials',
    ])
  })

  it('calls inside one mesh arrive', async () => {
    const answer = await (await opened)?.ask('east/default/travels-v1', 'discounts:8000')
    expect(answer?.verdict, answer?.summary).toBe('REACHABLE')
    expect(answer?.endpoints.map(({ cluster }) => cluster)).toEqual(['east'])
  })

  it('the other mesh’s services have no name of one’s own (TOPO-7, DNS-2)', async () => {
    const answer = await (await opened)?.ask('west/default/discounts-v1', 'travels:8000')
    expect([answer?.verdict, answer?.reason]).toEqual(['UNREACHABLE', 'NAME_NOT_RESOLVED'])
  })

  it('neither mesh accepts the trust domain that the other’s control plane object states, whatever their roots (TLS-20)', async () => {
    expect(await (await opened)?.trust('east/default/default', 'west/default/default')).toBe('NOT_TRUSTED')
  })
})
