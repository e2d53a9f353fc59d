import type pg from 'pg'
import { sameTenants } from '#engine/model/topology/same-tenants'
import { visibleHead } from './lock-topology.js'
import type { NewVersion } from './store.js'

/**
 * What an append comes to, judged by what is stored now; STORE: nothing speaks against a new version. `replaces` are those of the
 * head's places that the append's differ from.
 */
export type Decision =
  | { readonly result: 'STORE' }
  | { readonly result: 'UNCHANGED'; readonly number: number; readonly replaces: readonly (string | null)[] }
  | { readonly result: 'REPLAYED'; readonly number: number; readonly unchanged: boolean }
  | { readonly result: 'CONFLICT'; readonly head: number }
  | { readonly result: 'KEY_REUSED' }
  | { readonly result: 'TENANTS_DIFFER' }

interface State {
  readonly head: number
  readonly floor: number
  readonly content_hash: string | null
  readonly header_places: string | null
  readonly places: Readonly<Record<string, string>> | null
  readonly fingerprint: string | null
  readonly number: number | null
  readonly unchanged: boolean | null
}

const stateQuery = `
  SELECT t.head, t.floor, v.content_hash, v.places_digest AS header_places,
    (SELECT json_object_agg(p.cluster, p.places_digest) FROM part p WHERE p.topology = v.topology AND p.number = v.number) AS places,
    i.fingerprint, i.number, i.unchanged
  FROM topology t
  LEFT JOIN version v ON v.topology = t.name AND v.number = t.head AND t.head > t.floor
  LEFT JOIN idempotency i ON i.topology = t.name AND i.key = $2 AND i.expires_at > now()
  WHERE t.name = $1 AND t.deleted_at IS NULL`

/** The key's own earlier answer comes first, then the precondition, then whether the writer may do this, then whether there is anything new. */
export async function decideAppend(client: pg.ClientBase, version: NewVersion): Promise<Decision> {
  const { rows } = await client.query<State>(stateQuery, [version.topology, version.idempotency?.key ?? null])
  const [state] = rows
  if (state && state.number !== null) return repeated(state, state.number, version)
  const head = state ? visibleHead(state) : 0
  if (version.expectedVersion !== undefined && version.expectedVersion !== head) return { result: 'CONFLICT', head }
  if (!(await keepsWhatItMust(client, version, head))) return { result: 'TENANTS_DIFFER' }
  if (head === 0 || state?.content_hash !== version.contentHash) return { result: 'STORE' }
  return { result: 'UNCHANGED', number: head, replaces: replacedBy(version, state) }
}

/** Are the `tenants` those of the head, where they have to be? Where there is no head, there are none. */
async function keepsWhatItMust(client: pg.ClientBase, { topology, header, keepsTenants }: NewVersion, head: number): Promise<boolean> {
  if (!keepsTenants) return true
  const { rows } = await client.query<{ header: string }>('SELECT header FROM version WHERE topology = $1 AND number = $2', [
    topology,
    head,
  ])
  return sameTenants(rows[0]?.header ?? '{}', header)
}

function replacedBy({ placesDigest, parts }: NewVersion, { header_places, places }: State): readonly (string | null)[] {
  const ofParts = parts.filter((part) => places?.[part.cluster] !== part.placesDigest).map(({ cluster }) => places?.[cluster] ?? null)
  return header_places === placesDigest ? ofParts : [header_places, ...ofParts]
}

const repeated = ({ fingerprint, unchanged }: State, number: number, { idempotency }: NewVersion): Decision =>
  fingerprint === idempotency?.fingerprint ? { result: 'REPLAYED', number, unchanged: unchanged === true } : { result: 'KEY_REUSED' }
