import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzipSync, gzip, type ZlibOptions } from 'node:zlib'
import type { HeaderPlaces, Places } from '#engine/manifests/ingested'
import type { PreparedContent } from './analyst.js'
import { settled, type Work } from './turn-taking/work.js'

/** Places written out: their name, and the bytes. */
export interface WrittenPlaces {
  readonly digest: string
  readonly text: Uint8Array
}

export function writePlaces(places: Places | HeaderPlaces): WrittenPlaces {
  const text = Buffer.from(JSON.stringify(places), 'utf8')
  return { digest: createHash('sha256').update(text).digest('hex'), text }
}

const gzipBeside = promisify<Uint8Array, ZlibOptions, Buffer>(gzip)

/** Ready for the store, packed beside this thread. Level 1 packs several times as fast as the default, and a tenth less well. */
export function* pack(bodies: ReadonlyMap<string, Uint8Array>): Work<readonly PreparedContent[]> {
  const packed: PreparedContent[] = []
  for (const [digest, body] of bodies) packed.push({ digest, body: yield* settled(gzipBeside(body, { level: 1 })), size: body.byteLength })
  return packed
}

/** Stored bytes as they were before they were packed. */
export const unpack = (packed: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> =>
  new Map([...packed].map(([digest, body]) => [digest, gunzipSync(body)]))
