import { describe, expect, it } from 'vitest'
import { contentHash } from '#engine/model/stored/content-hash'
import { isProblem } from '#engine/manifests/document-fault'
import { readClusterEntry } from '#engine/manifests/read-cluster-entry'
import type { Problem } from '#engine/model/app-error'
import type { TopologyHeader } from '#engine/model/topology-document'
import { readYaml, taken } from './reading.js'

const document = (network: string, service: string): string => `apiVersion: sightline/v1
kind: Topology
networks: [{ name: network1 }]
clusters:
  - name: east
    resources: [{ apiVersion: v1, kind: Service, metadata: { name: reviews } }]
  - name: west
    network: ${network}
    resources: [{ apiVersion: v1, kind: Service, metadata: { name: ${service} } }]
`

const entry = (text: string, base: TopologyHeader | undefined, cluster = 'west') =>
  readClusterEntry({ body: new TextEncoder().encode(text), mediaType: 'application/yaml' }, base, cluster)

const problem = (result: object): Problem => {
  if (!isProblem(result)) throw new Error('the entry was taken in')
  return result
}

describe('one cluster’s entry', () => {
  it('in place of the base’s gives the content of the whole document', () => {
    const base = taken(readYaml(document('network1', 'ratings')))
    const whole = taken(readYaml(document('network2', 'details')))
    const read = entry('network: network2\nresources: [{ apiVersion: v1, kind: Service, metadata: { name: details } }]\n', base.header)
    if (isProblem(read)) throw new Error(JSON.stringify(read))
    expect(read.headerJson).toBe(whole.headerJson)
    expect(read.part).toEqual({ ...whole.parts[1], places: read.part.places })
    const east = base.parts.filter(({ cluster }) => cluster === 'east')
    expect(contentHash(read.headerJson, [...east, read.part])).toBe(whole.contentHash)
  })

  it('of a new cluster is added, to nothing as well', () => {
    const base = taken(readYaml(document('network1', 'ratings')))
    expect(entry('name: south\n', base.header, 'south')).toMatchObject({
      header: { clusters: [{ name: 'east' }, { name: 'south' }, { name: 'west' }] },
    })
    expect(entry('{}', undefined, 'south')).toMatchObject({ header: { clusters: [{ name: 'south' }] } })
  })

  it('must have the name of its address, and the shape of an entry', () => {
    expect(problem(entry('name: east\n', undefined))).toMatchObject({
      code: 'DOCUMENT_INVALID',
      details: { errors: [{ code: 'NAME_CONTRADICTED', pointer: '#/name', source: { line: 1 } }] },
    })
    expect(problem(entry('\nnetwrk: a\n', undefined)).details.errors).toMatchObject([
      { code: 'SCHEMA', pointer: '#/netwrk', source: { line: 2 } },
    ])
    expect(problem(entry('resources: 1\n', undefined)).details.errors).toMatchObject([{ code: 'SCHEMA', pointer: '#/resources' }])
    expect(problem(entry('resources:\n- { apiVersion: v1 }\n', undefined)).details.errors).toMatchObject([
      { code: 'OBJECT_UNIDENTIFIED', pointer: '#/resources/0/kind', source: { line: 2 } },
    ])
  })
})
