import { describe, expect, it } from 'vitest'
import { globMatcher } from '#engine/manifests/glob-matcher'

describe('an include pattern', () => {
  it.each([
    ['a.yaml', 'a.yaml', true],
    ['./a.yaml', 'a.yaml', true],
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'west/a.yaml', false],
    ['west/*', 'west/a.yaml', true],
    ['west/*', 'west/x/a.yaml', false],
    ['west/**/*.yaml', 'west/a.yaml', true],
    ['west/**/*.yaml', 'west/x/y/a.yaml', true],
    ['west/**/*.yaml', 'east/a.yaml', false],
    ['**', 'west/x/a.yaml', true],
    ['**/b/**/c', 'a/b/x/b/y/c', true],
    ['**/b/**/c', 'a/b/x/b/y/d', false],
    ['cluster-?.yaml', 'cluster-1.yaml', true],
    ['cluster-?.yaml', 'cluster-12.yaml', false],
    ['a*b*c', 'axbxbxc', true],
    ['a*b*c', 'axbxbx', false],
    ['a.yaml', 'aXyaml', false],
  ])('%s, asked of %s: %s', (pattern, path, matches) => {
    expect(globMatcher(pattern)(path)).toBe(matches)
  })

  it('of many stars is still quick', () => {
    const start = performance.now()
    expect(globMatcher(`${'**/a*'.repeat(50)}z`)(`${'a/'.repeat(2000)}b`)).toBe(false)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
