import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isProblem } from '#engine/manifests/document-fault'
import { readDocument } from '#engine/manifests/read-document'
import { objectReader, readClusterResources, resourcesInOrder } from '#engine/resources/read-cluster-resources'

/** Objects read as they are taken in, and the same read from the bytes that are stored of them. */
function bothWays(body: Uint8Array, mediaType: 'application/json' | 'application/yaml') {
  const read = objectReader()
  const ingested = readDocument({ body, mediaType }, (object) => read(object, -1))
  if (isProblem(ingested)) throw new Error(ingested.message)
  return ingested.parts.map(({ digest, body: stored, noticed }) => ({
    atOnce: resourcesInOrder(digest, stored.byteLength, noticed),
    asStored: readClusterResources(digest, stored),
  }))
}

const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('topology.yaml'))

describe('objects that are read as they are taken in', () => {
  it.each(examples)('are what is read of the stored bytes, of %s', (name) => {
    const text = readFileSync(`examples/${name}`, 'utf8')
    if (/^ *- include:/m.test(text)) return
    for (const { atOnce, asStored } of bothWays(Buffer.from(text), 'application/yaml')) expect(atOnce).toEqual(asStored)
  })

  it('stand where canonical order puts them, with what is made of them and what is wrong with them', () => {
    const named = (apiVersion: string, kind: string, name: string, rest: object) => ({
      apiVersion,
      kind,
      metadata: { name, namespace: 'shop' },
      ...rest,
    })
    const resources = [
      named('v1', 'Service', 'z', { spec: { ports: 'none' }, 10: 'a', 9: 'b' }),
      named('networking.istio.io/v1', 'VirtualService', 'v', { spec: { hosts: 1, http: [1] } }),
      named('install.istio.io/v1alpha1', 'IstioOperator', 'o', { spec: { profile: 'demo' } }),
      named('v1', 'Service', 'a', { spec: { ports: [{ port: 80 }] } }),
      {
        ...named('v1', 'ConfigMap', 'c', { data: {} }),
        metadata: { generateName: 'c', namespace: 'shop', annotations: { 'sightline/suppress': 'NET101: x' } },
      },
    ]
    const document = { apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: 'west', resources }] }
    const [part] = bothWays(Buffer.from(JSON.stringify(document)), 'application/json')
    expect(part?.atOnce).toEqual(part?.asStored)
    expect(part?.atOnce.services.get('shop')?.map(({ meta }) => [meta.name, meta.index])).toEqual([
      ['a', 1],
      ['z', 2],
    ])
    expect(part?.atOnce.installations.flatMap(({ gateways }) => gateways.map(({ service }) => service.meta.index))).toEqual([3, 3])
    expect(part?.atOnce.unreadable.map(({ name, index }) => [name, index])).toContainEqual(['z', 2])
  })
})
