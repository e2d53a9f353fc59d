import { describe, expect, it } from 'vitest'
import { stretchesOf } from '#engine/resources/stretches-of'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string) => [...stretchesOf(bytes(text))]
const object = (index: number, more: object = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `n${index}` }, ...more })

describe('a long list of objects', () => {
  it('is read a stretch at a time, each object once and in order', () => {
    const all = Array.from({ length: 20_000 }, (_, index) => object(index))
    const stretches = read(JSON.stringify(all))
    expect(stretches.length).toBeGreaterThan(3)
    expect(stretches.flat()).toEqual(all)
  })

  it('is never cut inside of an object, whatever lists of objects it holds', () => {
    const owners = Array.from({ length: 5_000 }, (_, index) => object(index))
    const all = Array.from({ length: 12 }, (_, index) => object(index, { ownerReferences: owners, note: '},{"apiVersion":"ä€😀' }))
    expect(read(JSON.stringify(all)).flat()).toEqual(all)
  })

  it('takes twice the time of its size at most, also where every guess is wrong', () => {
    const one = object(0, { ownerReferences: Array.from({ length: 40_000 }, (_, index) => object(index)) })
    const text = JSON.stringify([one])
    const before = performance.now()
    JSON.parse(text)
    const parsed = performance.now()
    const [same] = read(text).flat()
    expect(performance.now() - parsed).toBeLessThan(12 * (parsed - before) + 200)
    expect(JSON.stringify(same)).toBe(JSON.stringify(one))
  })

  it('is what it is, however short', () => {
    expect(read('[]').flat()).toEqual([])
    expect(read('[1, {"a": [2]}]').flat()).toEqual([1, { a: [2] }])
    expect(read('{"a": 1}')).toEqual(['is not a list of objects'])
    expect(read('[{]')).toEqual(['is not JSON'])
    expect(read('')).toEqual(['is not JSON'])
    expect(read(`[${'{"apiVersion":"v1","a":[1]},'.repeat(20_000)}{"apiVersion":]`).at(-1)).toBe('is not JSON')
  })
})
