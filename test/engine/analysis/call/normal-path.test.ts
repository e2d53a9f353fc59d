import { describe, expect, it } from 'vitest'
import { normalPath } from '#engine/analysis/call/normal-path'

const cases: readonly (readonly [path: string, none: string, base: string, merged: string, decoded: string])[] = [
  ['/a/b?c=//d', '/a/b?c=//d', '/a/b?c=//d', '/a/b?c=//d', '/a/b?c=//d'],
  ['/a/b#c', '/a/b', '/a/b', '/a/b', '/a/b'],
  ['/a//b/', '/a//b/', '/a//b/', '/a/b/', '/a/b/'],
  ['/a/./b', '/a/./b', '/a/b', '/a/b', '/a/b'],
  ['/a/x/../b', '/a/x/../b', '/a/b', '/a/b', '/a/b'],
  ['/a/..', '/a/..', '/', '/', '/'],
  ['/../a/.', '/../a/.', '/a/', '/a/', '/a/'],
  ['/a//../b', '/a//../b', '/a/b', '/a/b', '/a/b'],
  ['/%61/%2e%2E/b', '/%61/%2e%2E/b', '/b', '/b', '/b'],
  ['/a\\b', '/a\\b', '/a/b', '/a/b', '/a/b'],
  ['/a%2Fb%5cc', '/a%2Fb%5cc', '/a%2Fb%5cc', '/a%2Fb%5cc', '/a/b/c'],
  ['/a%2f%2fb', '/a%2f%2fb', '/a%2f%2fb', '/a%2f%2fb', '/a/b'],
  ['/a b/ü%zz', '/a b/ü%zz', '/a%20b/%C3%BC%zz', '/a%20b/%C3%BC%zz', '/a%20b/%C3%BC%zz'],
  ['*', '*', '*', '*', '*'],
]

describe('the path that a proxy looks at (AUTHZ-20, ROUTE-4)', () => {
  it.each(cases)('of `%s`', (path, none, base, merged, decoded) => {
    const all = (['NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'] as const).map((one) => normalPath(path, one))
    expect(all).toEqual([none, base, merged, decoded])
  })
})
