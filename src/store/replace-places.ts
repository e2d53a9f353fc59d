import type pg from 'pg'
import { deleteUnused } from './contents.js'
import type { NewVersion } from './store.js'

/**
 * Tells anew where a version's objects and the entries of its header were written, and lets go of places that nothing refers to any more: the only
 * change that a version ever sees, because it is none of what the version says.
 */
export async function replacePlaces(
  client: pg.ClientBase,
  { topology, placesDigest, parts }: NewVersion,
  number: number,
  replaced: readonly (string | null)[],
): Promise<void> {
  await client.query('UPDATE version SET places_digest = $3 WHERE topology = $1 AND number = $2', [topology, number, placesDigest])
  await client.query(
    `UPDATE part SET places_digest = given.places_digest
     FROM unnest($3::text[], $4::text[]) AS given(cluster, places_digest)
     WHERE part.topology = $1 AND part.number = $2 AND part.cluster = given.cluster AND part.places_digest <> given.places_digest`,
    [topology, number, parts.map(({ cluster }) => cluster), parts.map((part) => part.placesDigest)],
  )
  await deleteUnused(
    client,
    replaced.filter((digest) => digest !== null),
  )
}
