import { describe, expect, it } from 'vitest'
import { brief, weightOf } from '#engine/analysis/answer/brief'

describe('how long a sentence is to a reader', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['to `shop/reviews` on', 6],
    ['left open `shop', 10],
    ['a 😀 of two halves', 17],
  ])('%j weighs %i: what it quotes counts nothing, and a character counts once', (text, weight) => expect(weightOf(text)).toBe(weight))
})

describe('a sentence in a summary', () => {
  it('stays as it is where there is room, what it quotes not counted', () => {
    expect(brief('the proxy stops it', 18)).toBe('the proxy stops it')
    expect(brief('`a-very-long-name` stops it', 9)).toBe('`a-very-long-name` stops it')
  })

  it('keeps as many clauses as there is room for', () => {
    expect(brief('one; two; three', 8)).toBe('one; two')
    expect(brief('one; two; three', 7)).toBe('one')
  })

  it('takes no semicolon for a joint that is quoted, in an aside or before anything but a blank', () => {
    expect(brief('`a; b` goes on; and on', 8)).toBe('`a; b` goes on')
    expect(brief('goes (b; c) on; and on', 14)).toBe('goes (b; c) on')
    expect(brief('a;b goes; and on', 8)).toBe('a;b goes')
  })

  it('leaves asides out of a first clause that is too long by itself', () => {
    expect(brief('it stops (as told), here', 15)).toBe('it stops, here')
  })

  it('is cut at a word that nobody quotes, with a sign for what is missing', () => {
    expect(brief('nothing of it gets through', 14)).toBe('nothing of …')
    expect(brief('to `some name with blanks` and further on', 10)).toBe('to `some name with blanks` and …')
  })
})
