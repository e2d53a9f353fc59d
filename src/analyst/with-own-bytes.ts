import type { Answered, Prepared, Stretch } from './analyst.js'
import { ownBytes } from './own-bytes.js'

/** An answer as it crosses, and the buffers that move with it. */
interface Crossing {
  readonly answer: Answered<unknown>
  readonly moved: readonly ArrayBuffer[]
}

/** An answer whose bytes share their buffers with nobody, wherever they stand in it. */
export function withOwnBytes(answer: Answered<unknown>): Crossing {
  const moved: ArrayBuffer[] = []
  const own = (bytes: Uint8Array): Uint8Array => {
    const owned = ownBytes(bytes)
    moved.push(owned.buffer)
    return owned
  }
  return { answer: 'problem' in answer ? answer : { value: owned(answer.value, own) }, moved }
}

function owned(value: unknown, own: (bytes: Uint8Array) => Uint8Array): unknown {
  if (value instanceof Uint8Array) return own(value)
  if (Array.isArray(value))
    return (value as readonly Answered<unknown>[]).map((each) => ('value' in each ? { value: owned(each.value, own) } : each))
  if (value === null || typeof value !== 'object') return value
  const { contents, text } = value as Partial<Prepared & Stretch>
  if (text !== undefined) return { ...value, text: own(text) }
  if (contents === undefined) return value
  return { ...value, contents: contents.map((content) => ({ ...content, body: own(content.body) })) }
}
