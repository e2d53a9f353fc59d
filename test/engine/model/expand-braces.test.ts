import { describe, expect, it } from 'vitest'
import { expandBraces } from '#engine/model/expand-braces'

describe('a pattern with braces', () => {
  it.each<[string, readonly string[]]>([
    ['west', ['west']],
    ['a/{b,c}', ['a/b', 'a/c']],
    ['{a,b}/{c,d}', ['a/c', 'a/d', 'b/c', 'b/d']],
    ['a/{b,c{d,e}}', ['a/b', 'a/cd', 'a/ce']],
    ['a{,b}', ['a', 'ab']],
    ['{a}', ['{a}']],
    ['{a,b', ['{a,b']],
    ['a,b}', ['a,b}']],
    ['{{a,b}', ['{a', '{b']],
    ['{}', ['{}']],
    ['', ['']],
  ])('`%s` stands for %j', (pattern, expected) => expect(expandBraces(pattern)).toEqual(expected))

  it('never grows without end', () => {
    expect(expandBraces('{a,b}'.repeat(40)).length).toBeLessThanOrEqual(1000)
  })
})
