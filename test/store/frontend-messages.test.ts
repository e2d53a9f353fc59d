import { describe, expect, it } from 'vitest'
import { cutMessages, queryMessage } from '#store/embedded/frontend-messages'

const startup = Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0])
const query = queryMessage('SELECT 1')
const goodbye = Buffer.from([0x58, 0, 0, 0, 4])

describe('what a driver writes', () => {
  it('begins with a message that has no type byte', () => {
    expect(cutMessages(Buffer.concat([startup, query]), false)).toEqual({
      whole: Buffer.concat([startup, query]),
      rest: Buffer.alloc(0),
      terminated: false,
    })
  })

  it('is cut after the last whole message, wherever the bytes end', () => {
    const all = Buffer.concat([query, query])
    for (let length = 0; length <= all.length; length++) {
      const { whole, rest } = cutMessages(all.subarray(0, length), true)
      expect(whole.length, `${length} bytes`).toBe(Math.floor(length / query.length) * query.length)
      expect(Buffer.concat([whole, rest])).toEqual(all.subarray(0, length))
    }
  })

  it('ends with a goodbye, after which nothing counts', () => {
    expect(cutMessages(Buffer.concat([query, goodbye, query]), true)).toEqual({ whole: query, rest: Buffer.alloc(0), terminated: true })
  })
})
