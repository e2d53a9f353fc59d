import { describe, expect, it } from 'vitest'
import { remembered } from '../../src/engine/remembered.js'

describe('what is remembered', () => {
  it('is worked out once for each object', () => {
    const made: (readonly string[])[] = []
    const lengthOf = remembered((list: readonly string[]) => {
      made.push(list)
      return list.length
    })
    const list = ['a', 'b']
    expect([lengthOf(list), lengthOf(list), lengthOf(['a', 'b'])]).toEqual([2, 2, 2])
    expect(made).toHaveLength(2)
  })

  it('is worked out again when any part of the key is another one', () => {
    const asked: string[] = []
    const describeCall = remembered((owner: { readonly name: string }, port: number, federated: boolean, other: object | undefined) => {
      const text = `${owner.name} ${port} ${federated} ${other !== undefined}`
      asked.push(text)
      return text
    })
    const [one, two] = [{ name: 'one' }, { name: 'two' }]
    const keys: readonly Parameters<typeof describeCall>[] = [
      [one, 80, false, undefined],
      [one, 80, true, undefined],
      [one, 443, true, undefined],
      [one, 443, true, two],
      [two, 443, true, two],
    ]
    const first = keys.map((key) => describeCall(...key))
    expect(keys.map((key) => describeCall(...key))).toEqual(first)
    expect(asked).toEqual(first)
    expect(new Set(first).size).toBe(keys.length)
  })

  it('keeps words apart from the numbers that look like them, and parts apart from one another', () => {
    const joined = remembered((_owner: object, a: string | number, b: string) => `${typeof a} ${a}|${b}`)
    const owner = {}
    expect([joined(owner, '1', '2'), joined(owner, 1, '2'), joined(owner, '12', ''), joined(owner, '', '12')]).toEqual([
      'string 1|2',
      'number 1|2',
      'string 12|',
      'string |12',
    ])
  })

  it('keeps false, null and the empty word, but asks again where nothing was found', () => {
    let asked = 0
    const find = remembered((_owner: object, name: string): string | boolean | null | undefined => {
      asked += 1
      return { no: false, none: null, empty: '' }[name]
    })
    const owner = {}
    const names = ['no', 'none', 'empty', 'no', 'none', 'empty', 'unknown', 'unknown']
    expect(names.map((name) => find(owner, name))).toEqual([false, null, '', false, null, '', undefined, undefined])
    expect(asked).toBe(5)
  })
})
