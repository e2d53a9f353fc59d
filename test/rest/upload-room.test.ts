import { describe, expect, it } from 'vitest'
import { createUploadRoom } from '../../src/rest/uploads/upload-room.js'

describe('room for documents under way', () => {
  it('is counted in bytes, and is there again when they are let go of, once', () => {
    const room = createUploadRoom(1_000)
    const letGo = ['a', 'b', 'c', 'd'].map((client) => room.take(client, 250))
    expect(letGo.every((each) => each !== undefined)).toBe(true)
    expect(room.take('e', 1)).toBeUndefined()
    letGo[0]?.()
    letGo[0]?.()
    expect(room.take('e', 250)).toBeDefined()
    expect(room.take('f', 1)).toBeUndefined()
  })

  it('is a quarter for one client, however many documents that is, and one document whatever its size', () => {
    const room = createUploadRoom(1_000)
    for (let index = 0; index < 250; index += 1) expect(room.take('many', 1)).toBeDefined()
    expect(room.take('many', 1)).toBeUndefined()
    expect(room.take('one', 700)).toBeDefined()
    expect(room.take('one', 1)).toBeUndefined()
    expect(room.take('late', 50)).toBeDefined()
  })

  it('is there for one document that is larger than all of it, where nobody sends another', () => {
    const room = createUploadRoom(100)
    const letGo = room.take('one', 500)
    expect(letGo).toBeDefined()
    expect(room.take('two', 1)).toBeUndefined()
    letGo?.()
    expect(room.take('two', 1)).toBeDefined()
  })
})
