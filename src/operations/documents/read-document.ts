import { admit } from '#access/admit'
import { createGunzip } from 'node:zlib'
import type { VersionContent } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import type { StatedPlaces } from '#engine/model/topology/stated-places'
import { valueOf } from '../questions/value-of.js'
import type { Asking } from '../dependencies.js'
import { statedPlaces } from './stated-places.js'

const encoder = new TextEncoder()

/**
 * The stored document in normal form, as a stream of UTF-8: stored bytes are spliced into the header and never parsed here.
 *
 * YAML is written by the analyst, one cluster at a time, because writing it takes the time of parsing it.
 */
export function readDocument(dependencies: Asking, version: VersionContent, format: 'JSON' | 'YAML'): AsyncIterable<Uint8Array> {
  admit(dependencies.caller, 'readDocument')
  return format === 'JSON' ? writeJson(version, {}) : writeYaml(dependencies, version)
}

/** The document as it is sent to another store: normal form in JSON, and where everything was written. */
export async function* writeForSending(version: VersionContent): AsyncIterable<Uint8Array> {
  yield* writeJson(version, { places: await statedPlaces(version) })
}

async function* writeJson(version: VersionContent, more: { readonly places?: StatedPlaces }): AsyncIterable<Uint8Array> {
  const { clusters, ...rest } = JSON.parse(version.header) as { readonly clusters: readonly { readonly name: string }[] }
  yield encoder.encode(`${JSON.stringify({ ...rest, ...more }).slice(0, -1)},"clusters":[`)
  for (const [position, cluster] of clusters.entries()) {
    yield encoder.encode(`${position === 0 ? '' : ','}${JSON.stringify(cluster).slice(0, -1)},"resources":`)
    yield* bodyOf(version, cluster.name)
    yield encoder.encode('}')
  }
  yield encoder.encode(']}\n')
}

async function* writeYaml({ analyst }: Asking, version: VersionContent): AsyncIterable<Uint8Array> {
  yield valueOf(await analyst.ask('yaml', { cluster: undefined }, version))
  for (const { cluster } of version.parts) yield valueOf(await analyst.ask('yaml', { cluster }, version))
}

/** The cluster's objects, unpacked off the main thread. */
async function* bodyOf(version: VersionContent, cluster: string): AsyncIterable<Uint8Array> {
  const digest = version.parts.find((part) => part.cluster === cluster)?.digest
  if (digest === undefined) return yield encoder.encode('[]')
  const body = (await version.load([digest])).get(digest)
  if (body === undefined) throw new AppError('INTERNAL', `the stored content of cluster \`${cluster}\` is missing`)
  const gunzip = createGunzip()
  gunzip.end(body)
  for await (const chunk of gunzip) yield chunk as Uint8Array
}
