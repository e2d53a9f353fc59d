import { describe, expect, it } from 'vitest'
import { globMatcher, isLiteral, patternsMatcher } from '#engine/model/glob-matcher'

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
    ['*.yaml', 'a.yml', true],
    ['west/{a,b*}.yaml', 'west/b1.yml', true],
    ['a.yaml', 'a.yml', false],
    ['*.yml', 'a.yaml', false],
    ['{west,east}/*.json', 'east/a.json', true],
    ['{west,east}/*.json', 'south/a.json', false],
    ['a{,-b}.yaml', 'a.yaml', true],
    ['a{,-b}.yaml', 'a-b.yaml', true],
    ['{a,b{c,d}}/*', 'bd/x', true],
    ['{a}/*', '{a}/x', true],
    ['a{b', 'a{b', true],
    ['**/{base,overlays/*}/*.yaml', 'x/overlays/prod/a.yaml', true],
    ['cluster-[12].yaml', 'cluster-2.yaml', true],
    ['cluster-[!12].yaml', 'cluster-2.yaml', false],
    ['cluster-[a-c]', 'cluster-b', true],
    ['[z-a]', 'b', false],
    ['a[', 'a[', true],
  ])('%s, asked of %s: %s', (pattern, path, matches) => {
    expect(globMatcher(pattern)(path)).toBe(matches)
  })

  it('of many stars is still quick', () => {
    const start = performance.now()
    expect(globMatcher(`${'**/a*'.repeat(50)}z`)(`${'a/'.repeat(2000)}b`)).toBe(false)
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('of braces that multiply is still quick', () => {
    const start = performance.now()
    globMatcher('{a,b}'.repeat(60))('abab')
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('names one file where nothing in it stands for others', () => {
    expect(['a.yaml', 'x/a b.yaml'].every(isLiteral)).toBe(true)
    expect(['*.yaml', 'a?', '{a,b}', '[ab]', '!a'].some(isLiteral)).toBe(false)
  })
})

describe('a list of patterns', () => {
  const matches = patternsMatcher(['**/*.yaml', 'a.json', '!**/test/**'], ['west/old-*'])

  it.each([
    ['west/a.yaml', true],
    ['a.json', true],
    ['west/test/a.yaml', false],
    ['west/old-a.yaml', false],
    ['b.json', false],
  ])('takes what one of them matches, without what is negated or excluded: %s', (path, taken) => expect(matches(path)).toBe(taken))
})
