import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { haveInputs, inputs, leftOut, open, readInput, uploadOf } from './real-inputs.js'

interface Shape {
  readonly clusterName: string
  readonly podSubnet?: string
  readonly svcSubnet?: string
  readonly network?: string
  readonly primaryClusterName?: string
  readonly controlPlaneClusterName?: string
  readonly configClusterName?: string
}

const managerOf = ({ primaryClusterName, controlPlaneClusterName }: Shape): string | undefined =>
  primaryClusterName ?? controlPlaneClusterName

/** Runs istiod for others and holds none of the mesh's configuration. */
const isExternal = (shape: Shape): boolean =>
  managerOf(shape) === shape.clusterName && shape.configClusterName !== undefined && shape.configClusterName !== shape.clusterName

const roleOf = (shape: Shape): { role: string; managedBy?: string } => {
  if (isExternal(shape)) return { role: 'EXTERNAL' }
  const manager = managerOf(shape)
  return manager === undefined || manager === shape.clusterName ? { role: 'PRIMARY' } : { role: 'REMOTE', managedBy: manager }
}

const documentOf = (shapes: readonly Shape[]) => ({
  apiVersion: 'sightline/v1',
  kind: 'Topology',
  clusters: shapes.map((shape) => ({
    name: shape.clusterName,
    mesh: 'mesh1',
    ...(shape.network === undefined ? {} : { network: shape.network }),
    ...(shape.podSubnet === undefined ? {} : { podCidrs: [shape.podSubnet] }),
    ...(shape.svcSubnet === undefined ? {} : { serviceCidrs: [shape.svcSubnet] }),
    controlPlane: roleOf(shape),
  })),
})

const reportOn = async (name: string) =>
  (await open(uploadOf(documentOf(JSON.parse(readInput(`istio/topology/${name}`)) as Shape[]), []))).report

describe.skipIf(!haveInputs)(`deployment shapes (${haveInputs ? 'real descriptions' : leftOut})`, () => {
  const names = haveInputs ? readdirSync(join(inputs, 'istio/topology')).sort() : []

  it.each(names)('%s goes in without loss', async (name) => {
    const shapes = JSON.parse(readInput(`istio/topology/${name}`)) as Shape[]
    const { counts } = await reportOn(name)
    expect(counts['clusters']).toBe(shapes.length)
    expect(counts['networks']).toBe(new Set(shapes.flatMap(({ network }) => network ?? [])).size)
    expect(counts['controlPlanes']).toBe(shapes.filter((shape) => roleOf(shape).role !== 'REMOTE').length)
  })

  it('a cluster that is managed by one that does not exist is reported (multicluster-large.json names `primary`)', async () => {
    const { findings } = await reportOn('multicluster-large.json')
    const managers = findings.filter(({ message }) => message.includes('`primary`'))
    expect(new Set(managers.map(({ resource }) => resource?.name))).toEqual(new Set(['cross-network-remote', 'remote']))
  })

  it('two networks under one control plane need gateways, and none is described', async () => {
    const { findings } = await reportOn('external-istiod-multicluster.json')
    expect(findings.map(({ code, resource }) => `${code} ${resource?.name}`).sort()).toEqual(['NET101 network-1', 'NET101 network-2'])
  })

  it('a single cluster has nothing to report', async () => {
    expect((await reportOn('single.json')).verdict).toBe('PASS')
  })
})
