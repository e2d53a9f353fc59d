import { describe, expect, it } from 'vitest'
import { placeOfEntry, placeOfObject, tellPlaces } from '#engine/manifests/tell-places'
import { entryMark, objectMark, readMark } from '#engine/model/place-mark'

const ref = (source: unknown) => ({ cluster: 'west', kind: 'Service', namespace: 'shop', name: 'reviews', path: null, source })

describe('marks', () => {
  it('stand for an object or an entry, and a place is none', () => {
    expect(readMark(objectMark('west', 7))).toEqual({ cluster: 'west', index: 7 })
    expect(readMark(entryMark('Cluster/west'))).toEqual({ entry: 'Cluster/west' })
    expect(readMark({ file: 'west.yaml', line: 7 })).toBeUndefined()
    expect(readMark({ file: null, line: null })).toBeUndefined()
  })
})

describe('telling places', () => {
  it('replaces every mark, wherever it stands, and changes nothing that others may hold', () => {
    const because = [ref(objectMark('west', 1)), ref(entryMark('gateways[0]')), ref(null)]
    const answer = { verdict: 'REACHABLE', steps: [{ because }], findings: [{ path: null, source: objectMark('east', 0) }] }
    const before = structuredClone(answer)
    const told = tellPlaces(answer, (marked) =>
      'entry' in marked ? { file: marked.entry, line: 1 } : { file: `${marked.cluster}.yaml`, line: marked.index },
    )
    expect(told).toEqual({
      verdict: 'REACHABLE',
      steps: [{ because: [ref({ file: 'west.yaml', line: 1 }), ref({ file: 'gateways[0]', line: 1 }), ref(null)] }],
      findings: [{ path: null, source: { file: 'east.yaml', line: 0 } }],
    })
    expect(answer).toEqual(before)
  })

  it('shares what has no marks', () => {
    const answer = { steps: [{ because: [ref({ file: 'a.yaml', line: 3 })] }], conditions: [] }
    expect(tellPlaces(answer, () => null)).toBe(answer)
  })

  it('leaves the marks that are not known here, and says null where there is no place', () => {
    const answer = [ref(objectMark('west', 1)), ref(objectMark('east', 1))]
    expect(tellPlaces(answer, (marked) => ('cluster' in marked && marked.cluster === 'west' ? null : undefined))).toEqual([
      ref(null),
      ref(objectMark('east', 1)),
    ])
  })

  it('passes over a `source` that is none of ours', () => {
    expect(tellPlaces({ source: { principals: ['a'] } }, () => null)).toEqual({ source: { principals: ['a'] } })
  })
})

describe('a place', () => {
  const places = {
    files: ['a.yaml', 'b.yaml'],
    objects: [
      [1, 12],
      [-1, 4],
      [0, 0],
    ],
  } as const
  it.each([
    [0, { file: 'b.yaml', line: 12 }],
    [1, { file: null, line: 4 }],
    [2, { file: 'a.yaml', line: null }],
    [3, null],
    [-1, null],
  ])('of object %i is %o', (index, place) => expect(placeOfObject(places, index)).toEqual(place))

  it('of an entry is known by what it is called, and by nothing that every object has', () => {
    const header = { files: ['t.yaml'], entries: { 'Cluster/west': [0, 3] } } as const
    expect(placeOfEntry(header, 'Cluster/west')).toEqual({ file: 't.yaml', line: 3 })
    expect(placeOfEntry(header, 'constructor')).toBeNull()
  })
})
