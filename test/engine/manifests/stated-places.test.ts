import { describe, expect, it } from 'vitest'
import { readDocument } from '#engine/manifests/read-document'

const encoder = new TextEncoder()
const object = (name: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' } })

const document = (places: unknown, resources: readonly unknown[] = [object('web'), object('api')]) => ({
  body: encoder.encode(
    JSON.stringify({
      apiVersion: 'sightline/v1',
      kind: 'Topology',
      places,
      clusters: [{ name: 'west', resources }],
      networks: [{ name: 'n' }],
    }),
  ),
  mediaType: 'application/json' as const,
})

const stated = {
  files: ['topology.yaml', 'west/web.yaml', 'west/api.yaml'],
  entries: { 'Cluster/west': [0, 4], 'Cluster/gone': [0, 9] },
  objects: {
    west: [
      [1, 1],
      [2, 7],
    ],
  },
}

describe('places that a document states', () => {
  it('are those of its objects and entries, in canonical order, and no part of the content', () => {
    const [placed, plain] = [readDocument(document(stated)), readDocument(document(undefined))]
    if (!('parts' in placed && 'parts' in plain)) throw new Error('it is not read')
    // `api` comes before `web`.
    expect(placed.parts[0]?.places).toEqual({
      files: ['west/api.yaml', 'west/web.yaml'],
      objects: [
        [0, 7],
        [1, 1],
      ],
    })
    expect(placed.places).toEqual({ files: ['topology.yaml'], entries: { 'Cluster/west': [0, 4] } })
    expect(placed.contentHash).toBe(plain.contentHash)
    expect(placed.headerJson).not.toContain('places')
  })

  it('of what was in a list or a file without a name are known as well', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [object('web'), object('api')] }
    const read = readDocument(
      document(
        {
          files: [],
          entries: {},
          objects: {
            west: [
              [-1, 3],
              [-1, 0],
            ],
          },
        },
        [list],
      ),
    )
    expect('parts' in read && read.parts[0]?.places).toEqual({
      files: [],
      objects: [
        [-1, 0],
        [-1, 3],
      ],
    })
  })

  it('are where a removed secret was', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace: 'shop' }, data: { password: 'aHVudGVyMg==' } }
    const read = readDocument(document({ files: ['s.yaml'], entries: {}, objects: { west: [[0, 5]] } }, [secret]))
    expect('notes' in read && read.notes).toMatchObject([{ code: 'SECRET_REMOVED', source: { file: 's.yaml', line: 5 } }])
  })

  it.each<[string, unknown, string, string]>([
    ['of another number of objects', { ...stated, objects: { west: [[1, 1]] } }, 'PLACES_MISMATCH', '#/places/objects/west'],
    ['of no objects where there are some', { ...stated, objects: {} }, 'PLACES_MISMATCH', '#/places/objects/west'],
    ['in a file that is not named', { ...stated, files: ['topology.yaml'] }, 'PLACES_MISMATCH', '#/places'],
    [
      'on no line',
      {
        ...stated,
        objects: {
          west: [
            [1, -1],
            [2, 7],
          ],
        },
      },
      'PLACES_MISMATCH',
      '#/places',
    ],
    ['that are none', { ...stated, objects: { west: [[1], [2, 7]] } }, 'SCHEMA', '#/places/objects/west/0'],
    ['in a file whose name is no name', { ...stated, files: ['a\u0000b', 'b', 'c'] }, 'SCHEMA', '#/places/files/0'],
    ['with more to them', { ...stated, more: true }, 'SCHEMA', '#/places/more'],
    ['that are a text', 'topology.yaml:3', 'SCHEMA', '#/places'],
  ])('%s are refused', (_what, places, code, pointer) => {
    const read = readDocument(document(places))
    const errors = 'details' in read ? (read.details.errors ?? []) : []
    expect(errors).toMatchObject([{ code, pointer }])
  })
})
