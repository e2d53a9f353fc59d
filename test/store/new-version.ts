import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { contentHash } from '#engine/model/stored/content-hash'
import type { Content, NewVersion } from '#store/store'

export const contentOf = (text: string | Uint8Array): Content => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return { digest: createHash('sha256').update(bytes).digest('hex'), body: gzipSync(bytes, { level: 1 }), size: bytes.length }
}

/** A version of one cluster whose objects are this text. */
export function newVersion(topology: string, text: string, more: Partial<NewVersion> = {}): NewVersion {
  const objects = contentOf(`objects of ${text}`)
  const places = contentOf(`places of ${text}`)
  const header = `{"text":"${text}"}`
  const parts = [{ cluster: 'west', digest: objects.digest, placesDigest: places.digest }]
  return {
    topology,
    contentHash: contentHash(header, parts),
    header,
    placesDigest: null,
    parts,
    contents: [objects, places],
    message: null,
    author: null,
    expectedVersion: undefined,
    keepsTenants: false,
    idempotency: undefined,
    ...more,
  }
}
