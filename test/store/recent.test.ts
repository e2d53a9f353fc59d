import { describe, expect, it } from 'vitest'
import { createRecent } from '#store/recent'

describe('what is kept in memory', () => {
  it('is bounded by weight, and what was not used for longest goes first', () => {
    const recent = createRecent<string>(6, (value) => value.length)
    recent.keep('a', 'aa')
    recent.keep('b', 'bb')
    recent.keep('c', 'cc')
    expect(recent.find('a')).toBe('aa')
    recent.keep('d', 'dd')
    expect(['a', 'b', 'c', 'd'].map((key) => recent.find(key))).toEqual(['aa', undefined, 'cc', 'dd'])
  })

  it('does not count a value twice that is kept again, nor one that was forgotten', () => {
    const recent = createRecent<string>(4, (value) => value.length)
    for (let time = 0; time < 9; time++) recent.keep('a', 'aa')
    recent.keep('b', 'bb')
    expect(recent.find('a')).toBe('aa')
    recent.forget('a')
    recent.keep('c', 'cc')
    expect(recent.find('b')).toBe('bb')
  })

  it('never holds a value heavier than all it may hold', () => {
    const recent = createRecent<string>(3, (value) => value.length)
    recent.keep('a', 'aaaa')
    expect(recent.find('a')).toBeUndefined()
  })
})
