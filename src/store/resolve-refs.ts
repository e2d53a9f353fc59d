import type { Database } from './database.js'

/** What people call a version by, taken apart; undefined: nothing is called so. */
export interface Ref {
  readonly number?: number
  readonly tag?: string
  readonly contentHash?: string
}

const largestNumber = 2 ** 31 - 1

/** A number, `latest` (no field), `sha256:…`, or a tag. */
export function parseRef(ref: string): Ref | undefined {
  if (ref === 'latest') return {}
  if (/^[0-9]+$/.test(ref)) {
    const number = Number(ref)
    return /^[1-9]/.test(ref) && number <= largestNumber ? { number } : undefined
  }
  return ref.startsWith('sha256:') ? { contentHash: ref } : { tag: ref }
}

export interface Asked extends Ref {
  readonly topology: string
}

/** What of a version may be another at every look: its tags, and where it was written. */
export interface Resolved {
  readonly number: number
  /** Tells versions apart that had the same number: before a backup was put in place of everything, and since. */
  readonly createdAt: Date
  readonly tags: readonly string[]
  readonly placesDigest: string | null
  /** Those of its parts, in their order. */
  readonly partPlaces: readonly string[]
}

const resolveQuery = `
  SELECT asked.place::int, v.number, v.created_at AS "createdAt", ARRAY(
    SELECT tag.name FROM tag WHERE tag.topology = v.topology AND tag.number = v.number ORDER BY tag.name
  ) AS tags, v.places_digest AS "placesDigest", ARRAY(
    SELECT part.places_digest FROM part WHERE part.topology = v.topology AND part.number = v.number ORDER BY part.ordinal
  ) AS "partPlaces"
  FROM unnest($1::text[], $2::int[], $3::text[], $4::text[]) WITH ORDINALITY AS asked(topology, number, tag, hash, place)
  JOIN topology t ON t.name = asked.topology AND t.deleted_at IS NULL
  JOIN version v ON v.topology = t.name AND v.number > t.floor AND v.number = CASE
    WHEN asked.number IS NOT NULL THEN asked.number
    WHEN asked.tag IS NOT NULL THEN (SELECT tag.number FROM tag WHERE tag.topology = t.name AND tag.name = asked.tag)
    WHEN asked.hash IS NOT NULL THEN (
      SELECT max(same.number) FROM version same
      WHERE same.topology = t.name AND same.content_hash = asked.hash AND same.number > t.floor
    )
    ELSE t.head END`

/** The version that each is called by at this moment, in one query; undefined where there is none. */
export async function resolveRefs({ pool }: Database, asked: readonly Asked[]): Promise<readonly (Resolved | undefined)[]> {
  const { rows } = await pool.query<Resolved & { readonly place: number }>(resolveQuery, [
    asked.map(({ topology }) => topology),
    asked.map(({ number }) => number ?? null),
    asked.map(({ tag }) => tag ?? null),
    asked.map(({ contentHash }) => contentHash ?? null),
  ])
  const found = new Map(rows.map((row) => [row.place, row]))
  return asked.map((_, index) => found.get(index + 1))
}
