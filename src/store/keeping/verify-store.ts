import type pg from 'pg'
import { contentHash } from '#engine/model/stored/content-hash'
import { readContents } from '../contents.js'
import type { Database } from '../database.js'
import type { Damage, Verified } from '../store.js'
import { guarded } from '../store-error.js'
import { listContents } from './cut.js'
import { digestOfPacked } from './digest-of-packed.js'

const versionsAtOnce = 200

/** Reads everything that is stored, and says what is not what its name says: contents by their digest, versions by their content's hash. */
export const verifyStore = ({ pool }: Database): Promise<Verified> =>
  guarded(async () => {
    const contents = await verifyContents(pool)
    const versions = await verifyVersions(pool)
    return { contents: contents.count, versions: versions.count, damaged: [...contents.damaged, ...versions.damaged] }
  })

interface Counted {
  readonly count: number
  readonly damaged: readonly Damage[]
}

async function verifyContents(pool: pg.Pool): Promise<Counted> {
  const damaged: Damage[] = []
  const listed = await listContents(pool)
  for (const { digest, size } of listed) {
    const body = (await readContents(pool, [digest])).get(digest)
    if (body === undefined || (await digestOfPacked([body], size)) === digest) continue
    const { rows } = await pool.query<{ name: string }>(
      `SELECT DISTINCT topology || '@' || number AS name FROM part WHERE digest = $1 OR places_digest = $1
       UNION SELECT topology || '@' || number FROM version WHERE places_digest = $1 ORDER BY name LIMIT 20`,
      [digest],
    )
    damaged.push({ what: 'CONTENT', name: digest, versions: rows.map(({ name }) => name) })
  }
  return { count: listed.length, damaged }
}

interface VersionRow {
  readonly topology: string
  readonly number: number
  readonly content_hash: string
  readonly header: string
  readonly parts: readonly { readonly cluster: string; readonly digest: string }[] | null
}

async function verifyVersions(pool: pg.Pool): Promise<Counted> {
  const damaged: Damage[] = []
  let count = 0
  let last: Pick<VersionRow, 'topology' | 'number'> = { topology: '', number: 0 }
  for (;;) {
    const { rows } = await pool.query<VersionRow>(
      `SELECT v.topology, v.number, v.content_hash, v.header, (
         SELECT json_agg(json_build_object('cluster', p.cluster, 'digest', p.digest)) FROM part p
         WHERE p.topology = v.topology AND p.number = v.number
       ) AS parts
       FROM version v WHERE (v.topology, v.number) > ($1, $2) ORDER BY v.topology, v.number LIMIT $3`,
      [last.topology, last.number, versionsAtOnce],
    )
    const end = rows.at(-1)
    if (end === undefined) return { count, damaged }
    last = end
    count += rows.length
    for (const { topology, number, content_hash, header, parts } of rows) {
      if (contentHash(header, parts ?? []) === content_hash) continue
      const name = `${topology}@${number}`
      damaged.push({ what: 'VERSION', name, versions: [name] })
    }
  }
}
