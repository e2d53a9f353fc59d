import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { gatherBody } from '../../src/rest/uploads/gather-body.js'

const mib = 1024 * 1024
const inChunks = (...sizes: readonly number[]): Readable => Readable.from(sizes.map((size, position) => Buffer.alloc(size, position + 1)))

describe('a body', () => {
  it.each([
    ['stated', 6],
    ['unknown', undefined],
  ])('of %s length comes in one piece of its own', async (_, length) => {
    const body = await gatherBody(inChunks(1, 2, 3), { length, limit: 6 })
    expect([...body]).toEqual([1, 2, 2, 3, 3, 3])
    expect(body.buffer.byteLength).toBe(6)
  })

  it('may be empty', async () => {
    expect((await gatherBody(inChunks(), { length: undefined, limit: 6 })).length).toBe(0)
  })

  it.each([
    ['stated too long before anything came', { length: 7, limit: 6 }, [], 'FST_ERR_CTP_BODY_TOO_LARGE'],
    ['too long while it comes', { length: undefined, limit: 6 }, [4, 4], 'FST_ERR_CTP_BODY_TOO_LARGE'],
    ['shorter than stated', { length: 5, limit: 6 }, [4], 'FST_ERR_CTP_INVALID_CONTENT_LENGTH'],
  ])('%s is refused', async (_, expected, sizes, code) => {
    await expect(gatherBody(inChunks(...sizes), expected)).rejects.toMatchObject({ code })
  })

  it('that breaks off is refused as its client’s fault, with what broke', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(3)
        throw new Error('gone')
      })(),
    )
    await expect(gatherBody(broken, { length: undefined, limit: 6 })).rejects.toMatchObject({ message: 'gone', statusCode: 400 })
  })

  it('of many bytes is joined in turns, between which others are served', async () => {
    const chunks = Array.from({ length: 32 }, () => Buffer.alloc(mib, 7))
    let turns = 0
    let isDone = false
    const others = (): void => {
      turns += 1
      if (!isDone) setImmediate(others)
    }
    setImmediate(others)
    const body = await gatherBody(Readable.from(chunks), { length: undefined, limit: 64 * mib })
    isDone = true
    expect([body.length, body[0], body.at(-1)]).toEqual([32 * mib, 7, 7])
    expect(turns).toBeGreaterThanOrEqual(8)
  })
})
