import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { HeaderPlaces, Places } from '#engine/manifests/ingested'
import type { PreparedContent } from './analyst.js'

/** Places written out: their name, and the bytes. */
export interface WrittenPlaces {
  readonly digest: string
  readonly text: Uint8Array
}

export function writePlaces(places: Places | HeaderPlaces): WrittenPlaces {
  const text = Buffer.from(JSON.stringify(places), 'utf8')
  return { digest: createHash('sha256').update(text).digest('hex'), text }
}

/** Ready for the store. Level 1 packs several times as fast as the default, and a tenth less well. */
export const pack = (bodies: ReadonlyMap<string, Uint8Array>): readonly PreparedContent[] =>
  [...bodies].map(([digest, body]) => ({ digest, body: gzipSync(body, { level: 1 }), size: body.byteLength }))

/** Stored bytes as they were before they were packed. */
export const unpack = (packed: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> =>
  new Map([...packed].map(([digest, body]) => [digest, gunzipSync(body)]))
