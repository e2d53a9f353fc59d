import { createHash } from 'node:crypto'
import type { Content, NewVersion } from '#store/store'

export const digestOf = (body: Uint8Array): string => `sha256:${createHash('sha256').update(body).digest('hex')}`

export const contentOf = (text: string | Uint8Array): Content => {
  const body = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return { digest: digestOf(body), body, size: body.length }
}

/** A version of one cluster whose objects are this text. */
export function newVersion(topology: string, text: string, more: Partial<NewVersion> = {}): NewVersion {
  const objects = contentOf(`objects of ${text}`)
  const places = contentOf(`places of ${text}`)
  return {
    topology,
    contentHash: digestOf(new TextEncoder().encode(text)),
    header: `{"text":"${text}"}`,
    placesDigest: null,
    parts: [{ cluster: 'west', digest: objects.digest, placesDigest: places.digest }],
    contents: [objects, places],
    message: null,
    author: null,
    expectedVersion: undefined,
    idempotency: undefined,
    ...more,
  }
}
