import { describe, expect, it } from 'vitest'
import { lineIndex } from '#engine/manifests/parsing/line-index'
import { isTextFault, parseText } from '#engine/manifests/parsing/parse-text'
import { heldText } from '#engine/manifests/parsing/text-source'
import { isAmbiguousScalar, readPlainScalar } from '#engine/manifests/parsing/plain-scalar'
import { dottedPath, type Path, pathOf, pointerOf, pointerTrie, type PointerTrie } from '#engine/manifests/parsing/pointer-trie'

/** Line and column of a path, in a text of one document. */
const placeOf = (text: string, type: 'application/json' | 'application/yaml', path: Path) => {
  const parsed = parseText(text, type)
  if (isTextFault(parsed)) throw new Error(parsed.detail)
  const trie = pointerTrie([path])
  const node = path.reduce<PointerTrie | undefined>((at, part) => at?.children.get(String(part)), trie)
  const place = node === undefined ? undefined : parsed.documents[0]?.locate(trie).get(node)
  return place === undefined ? undefined : [place.line, place.column]
}
const codeOf = (text: string, type: 'application/json' | 'application/yaml') => {
  const parsed = parseText(text, type)
  return isTextFault(parsed) ? [parsed.code, parsed.position?.line] : undefined
}

describe('a pointer', () => {
  it.each<readonly [Path, string]>([
    [[], '#'],
    [['clusters', 0, 'name'], '#/clusters/0/name'],
    [['a/b'], '#/a~1b'],
    [['a~b'], '#/a~0b'],
    [['~1'], '#/~01'],
    [[''], '#/'],
  ])('to %o is `%s`, and is read back', (path, pointer) => {
    expect(pointerOf(path)).toBe(pointer)
    expect(pathOf(pointer)).toEqual(path.map(String))
  })

  it.each<readonly [Path, string]>([
    [['spec', 'http', 0, 'route', 1], 'spec.http[0].route[1]'],
    [['metadata', 'labels', 'topology.istio.io/network'], 'metadata.labels["topology.istio.io/network"]'],
    [['a', '0'], 'a["0"]'],
    [[], ''],
  ])('to %o is told as `%s`', (path, text) => expect(dottedPath(path)).toBe(text))
})

describe('an offset', () => {
  it('is on the line that it stands in, asked in any order, the end of the text included', () => {
    const positionOf = lineIndex(heldText('ab\r\nc\n\nd'))
    expect([7, 0, 4, 6, 3, 8].map((offset) => Object.values(positionOf(offset)))).toEqual([
      [4, 1],
      [1, 1],
      [2, 1],
      [3, 1],
      [1, 4],
      [4, 2],
    ])
  })
})

describe('the place of a path', () => {
  it.each<readonly [Path, readonly number[] | undefined]>([
    [['a'], [2, 3]],
    [
      ['b', 1, 'c'],
      [4, 5],
    ],
    [['b', 7], undefined],
    [['x'], undefined],
  ])('%o in JSON', (path, place) => {
    expect(placeOf('{\n  "a": 1,\n  "b": [ {},\n  { "c": "\\"}" } ]\n}', 'application/json', path)).toEqual(place)
  })

  it('is found under a key that is written with an escape', () => {
    expect(placeOf('{ "\\u0061": 1 }', 'application/json', ['a'])).toEqual([1, 3])
  })

  it('is the line of the key or item in YAML', () => {
    expect(placeOf('a: 1\nb:\n  - {}\n  - c: 2\n', 'application/yaml', ['b', 1, 'c'])?.[0]).toBe(4)
    expect(placeOf('a: 1\n', 'application/yaml', ['b'])).toBeUndefined()
  })
})

describe('a text that cannot be read', () => {
  it.each([
    ['{\n "a": 1,\n}', 3],
    ['{\n "a": 01 }', 2],
    ['[1,\n2', 2],
    ['{} {}', 1],
    ['{"a": "\\x"}', 1],
    ['', 1],
  ])('%o is no JSON, as line %i shows', (text, line) => expect(codeOf(text, 'application/json')).toEqual(['NOT_JSON', line]))

  it.each([
    ['a: *b', 'ALIAS_UNKNOWN', 1],
    ['a: &a [*a]', 'ALIAS_UNKNOWN', 1],
    ['a: 1\nb: !own!x y', 'NOT_YAML', 2],
    ['a: !!int x', 'TAG_REFUSED', 1],
    ['<<: [1]', 'MERGE_REFUSED', 1],
    ['? [a]\n: 1', 'KEY_REFUSED', 1],
  ])('%o is refused as %s in line %i', (text, code, line) => expect(codeOf(text, 'application/yaml')).toEqual([code, line]))
})

describe('a plain scalar', () => {
  it.each([
    ['0b12', '0b12'],
    ['-0x1f', -31],
    ['1_0.5', 10.5],
    ['._5', '._5'],
    ['+.inf', Number.POSITIVE_INFINITY],
    ['1.', 1],
    ['.', '.'],
    ['-', '-'],
    ['nOt', 'nOt'],
    ['Null', null],
    ['1e', '1e'],
  ])('%s is %o for kubectl', (text, value) => expect(readPlainScalar(text)).toBe(value))

  it.each([
    ['yes', true],
    ['014', true],
    ['1_000', true],
    ['true', false],
    ['12', false],
    ['1.5', false],
    ['~', false],
  ])('%s is read differently by YAML 1.2: %s', (text, expected) => expect(isAmbiguousScalar(text)).toBe(expected))
})
