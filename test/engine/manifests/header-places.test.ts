// Lines are counted by hand in the texts below.
import { describe, expect, it } from 'vitest'
import { withClusterPlace } from '#engine/manifests/header-places'
import { readClusterEntry } from '#engine/manifests/read-cluster-entry'
import { readDocument } from '#engine/manifests/read-document'

const encoder = new TextEncoder()

const yaml = `apiVersion: sightline/v1
kind: Topology
meshes:
  - name: mesh1
networks:
  - name: zebra
  - { name: ant, routableTo: [zebra] }
clusters:
  - name: west
    network: zebra
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: shop } }
  -
    name: east
controlPlanes:
  - name: west
    cluster: west
gateways:
  - cluster: west
    network: zebra
    addresses: [34.0.0.2]
  - { cluster: east, addresses: [34.0.0.1] }
federations:
  - importer: mesh1
    exporter: mesh2
tenants:
  - { name: team, kind: NAMESPACE, members: [shop] }
assertions:
  - { name: calls, from: { outside: false, cluster: west, namespace: shop }, to: { host: reviews }, expect: REACHABLE }
suppressions:
  - code: NET101
`.replace('outside: false, ', '')

const placesOf = (text: string, mediaType: 'application/json' | 'application/yaml' = 'application/yaml', name?: string) => {
  const ingested = readDocument({ body: encoder.encode(text), mediaType, ...(name === undefined ? {} : { name }) })
  if (!('places' in ingested)) throw new Error(ingested.message)
  return ingested.places
}

describe('the places of a header', () => {
  it('are those of its entries, by name, or by their position in canonical order', () => {
    expect(placesOf(yaml, 'application/yaml', 'topology.yaml')).toEqual({
      files: ['topology.yaml'],
      entries: {
        'Mesh/mesh1': [0, 4],
        'Network/ant': [0, 7],
        'Network/zebra': [0, 6],
        'Cluster/west': [0, 9],
        'Cluster/east': [0, 14],
        'ControlPlane/west': [0, 16],
        'Tenant/team': [0, 27],
        // Canonical order is that of their texts: `{"addresses":["34.0.0.1"]…` comes first.
        'gateways[0]': [0, 22],
        'gateways[1]': [0, 19],
        'federations[0]': [0, 24],
        'assertions[0]': [0, 29],
        'suppressions[0]': [0, 31],
      },
    })
  })

  it('are known of JSON as well, and without a file', () => {
    const text = `{ "apiVersion": "sightline/v1", "kind": "Topology",
  "clusters": [
    { "name": "west" },
    { "name": "east" }
  ],
  "networks": [
    { "name": "n1" }]
}`
    expect(placesOf(text, 'application/json')).toEqual({
      files: [],
      entries: { 'Cluster/west': [-1, 3], 'Cluster/east': [-1, 4], 'Network/n1': [-1, 7] },
    })
  })

  it('are no part of the content', () => {
    const hash = (text: string) => {
      const ingested = readDocument({ body: encoder.encode(text), mediaType: 'application/yaml' })
      return 'contentHash' in ingested ? ingested.contentHash : ingested
    }
    expect(hash(`# moved\n\n${yaml}`)).toBe(hash(yaml))
  })

  it('of objects without a document are none, and a cluster whose objects alone are replaced keeps its own', () => {
    const objects = encoder.encode('apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n')
    const stream = { body: objects, mediaType: 'application/yaml' } as const
    const ingested = readDocument({ ...stream, cluster: 'default' })
    expect('places' in ingested && ingested.places).toEqual({ files: [], entries: {} })
    const entry = readClusterEntry(stream, undefined, 'east')
    expect('part' in entry && entry.place).toBeUndefined()
  })

  it('of one cluster’s entry that is replaced leave those of the others', () => {
    const entry = readClusterEntry({ body: encoder.encode('\nmesh: mesh1\n'), mediaType: 'application/yaml' }, undefined, 'east')
    const place = 'part' in entry ? entry.place : undefined
    if (place === undefined) throw new Error('there is no entry')
    expect(place).toEqual({ file: null, line: 2 })
    const before = { files: ['topology.yaml'], entries: { 'Cluster/west': [0, 9], 'Cluster/east': [0, 14] } } as const
    expect(withClusterPlace(before, 'east', place)).toEqual({
      files: ['topology.yaml'],
      entries: { 'Cluster/west': [0, 9], 'Cluster/east': [-1, 2] },
    })
    expect(withClusterPlace(before, 'north', { file: 'north.yaml', line: 1 })).toEqual({
      files: ['topology.yaml', 'north.yaml'],
      entries: { 'Cluster/west': [0, 9], 'Cluster/east': [0, 14], 'Cluster/north': [1, 1] },
    })
    expect(withClusterPlace(before, 'north', { file: 'topology.yaml', line: 20 }).entries['Cluster/north']).toEqual([0, 20])
  })
})
