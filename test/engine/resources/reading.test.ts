import { describe, expect, it } from 'vitest'
import {
  findFlag,
  findNumber,
  findObject,
  findSelector,
  findText,
  findWord,
  newReading,
  readLabels,
  readList,
  readNumber,
  readText,
  readTexts,
  type Reading,
  share,
} from '#engine/resources/reading'

type Find = (reading: Reading, from: Readonly<Record<string, unknown>>, key: string, at: string) => unknown
const words = ['A', 'B'] as const
const finds: Readonly<Record<string, Find>> = {
  text: findText,
  number: findNumber,
  flag: findFlag,
  object: findObject,
  texts: readTexts,
  labels: readLabels,
  word: (reading, from, key, at) => findWord(reading, from, key, at, words),
}

/** What a field of the value becomes, and what is noted of it as `path message`. */
const read = (shape: string, value: unknown): readonly [unknown, readonly string[]] => {
  const reading = newReading()
  const found = finds[shape]?.(reading, { field: value }, 'field', 'spec')
  return [found, reading.unreadable.map(({ path, message }) => `${path} ${message}`)]
}

describe('a field of an object', () => {
  it.each<[string, unknown, unknown]>([
    ['text', 'a', 'a'],
    ['text', '', ''],
    ['number', 80, 80],
    ['number', 0, 0],
    ['number', -1, -1],
    ['number', '80', 80],
    ['number', '-7', -7],
    ['flag', true, true],
    ['flag', false, false],
    ['object', { a: 1 }, { a: 1 }],
    ['object', {}, {}],
    ['texts', ['a', ''], ['a', '']],
    ['texts', [], []],
    ['labels', { a: 'b' }, { a: 'b' }],
    ['labels', {}, {}],
    ['word', 'A', 'A'],
    ['word', '', undefined],
  ])('that should be %s and is %j is read as %j, and nothing is noted', (shape, value, expected) => {
    expect(read(shape, value)).toEqual([expected, []])
  })

  it.each(Object.keys(finds))('that should be %s and is absent or null is absent, and nothing is noted', (shape) => {
    const empty = { texts: [], labels: {} }[shape]
    expect(read(shape, undefined)).toEqual([empty, []])
    expect(read(shape, null)).toEqual([empty, []])
  })

  it.each<[string, unknown, unknown, string]>([
    ['text', 1, undefined, 'is not text'],
    ['text', true, undefined, 'is not text'],
    ['text', ['a'], undefined, 'is not text'],
    ['number', 'web', undefined, 'is not a number'],
    ['number', '8.5', undefined, 'is not a number'],
    ['number', '0x50', undefined, 'is not a number'],
    ['number', '', undefined, 'is not a number'],
    ['number', '1234567890123456', undefined, 'is not a number'],
    ['flag', 'true', undefined, 'is not true or false'],
    ['flag', 1, undefined, 'is not true or false'],
    ['object', [], undefined, 'is not an object'],
    ['object', 'a', undefined, 'is not an object'],
    ['texts', 'a', [], 'is not a list'],
    ['texts', { a: 'b' }, [], 'is not a list'],
    ['texts', ['a', 1, 'b'], ['a', 'b'], 'is not a list of texts'],
    ['labels', ['a'], {}, 'is not an object'],
    ['labels', { a: 'b', c: 1 }, { a: 'b' }, 'is not a map of texts'],
    ['word', 'C', undefined, '`C` is not one of A, B'],
    ['word', 'a', undefined, '`a` is not one of A, B'],
    ['word', 3, undefined, 'is not text'],
  ])('that should be %s and is %j is read as %j, and noted: %s', (shape, value, expected, message) => {
    expect(read(shape, value)).toEqual([expected, [`spec.field ${message}`]])
  })

  it('that must be there has its zero value where it is not', () => {
    expect([readText(newReading(), {}, 'a', ''), readNumber(newReading(), {}, 'a', '')]).toEqual(['', 0])
  })
})

describe('a list of objects', () => {
  it('goes on past items that are none, each noted by its position, and past those that its reader drops', () => {
    const reading = newReading()
    const items = [{ port: 1 }, null, { port: 'web' }, 'x', {}]
    const ports = readList(reading, { items }, 'items', '', (inner, item, at) => findNumber(inner, item, 'port', at))
    expect(ports).toEqual([1])
    expect(reading.unreadable.map(({ path }) => path)).toEqual(['items[1]', 'items[2].port', 'items[3]'])
  })
})

describe('a selector of Istio’s', () => {
  const select = (key: string, value: unknown) => findSelector(newReading(), { [key]: value }, key, 'spec')

  it.each<[string, unknown, unknown]>([
    ['selector', { matchLabels: { app: 'a' } }, { app: 'a' }],
    ['selector', { labels: { app: 'a' } }, undefined],
    ['workloadSelector', { labels: { app: 'a' } }, { app: 'a' }],
    ['workloadSelector', { matchLabels: { app: 'a' } }, undefined],
    ['selector', { matchLabels: {} }, undefined],
    ['selector', {}, undefined],
    ['selector', undefined, undefined],
  ])('%s %j selects by %j, where none is every workload', (key, value, expected) => expect(select(key, value)).toEqual(expected))
})

describe('equal parts', () => {
  it('are one object within a pass, unless they are of different kinds', () => {
    const reading = newReading()
    const one = share(reading, 'port', { number: 80 })
    expect(share(reading, 'port', { number: 80 })).toBe(one)
    expect(share(reading, 'peer', { number: 80 })).not.toBe(one)
    const of = (key: string) => readLabels(reading, { [key]: { app: 'a' } }, key, '')
    expect(of('labels')).toBe(of('selector'))
  })
})
