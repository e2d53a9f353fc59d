import type pg from 'pg'
import { visibleHead } from './lock-topology.js'
import type { NewVersion } from './store.js'

/** What an append comes to, judged by what is stored now; STORE: nothing speaks against a new version. */
export type Decision =
  | { readonly result: 'STORE' }
  | { readonly result: 'UNCHANGED'; readonly number: number }
  | { readonly result: 'REPLAYED'; readonly number: number; readonly unchanged: boolean }
  | { readonly result: 'CONFLICT'; readonly head: number }
  | { readonly result: 'KEY_REUSED' }

interface State {
  readonly head: number
  readonly floor: number
  readonly content_hash: string | null
  readonly fingerprint: string | null
  readonly number: number | null
  readonly unchanged: boolean | null
}

const stateQuery = `
  SELECT t.head, t.floor, v.content_hash, i.fingerprint, i.number, i.unchanged
  FROM topology t
  LEFT JOIN version v ON v.topology = t.name AND v.number = t.head AND t.head > t.floor
  LEFT JOIN idempotency i ON i.topology = t.name AND i.key = $2 AND i.expires_at > now()
  WHERE t.name = $1 AND t.deleted_at IS NULL`

/** The key's own earlier answer comes first, then the precondition, then whether there is anything new. */
export async function decideAppend(client: pg.ClientBase, version: NewVersion): Promise<Decision> {
  const { rows } = await client.query<State>(stateQuery, [version.topology, version.idempotency?.key ?? null])
  const [state] = rows
  if (state && state.number !== null) return repeated(state, state.number, version)
  const head = state ? visibleHead(state) : 0
  if (version.expectedVersion !== undefined && version.expectedVersion !== head) return { result: 'CONFLICT', head }
  return head > 0 && state?.content_hash === version.contentHash ? { result: 'UNCHANGED', number: head } : { result: 'STORE' }
}

const repeated = ({ fingerprint, unchanged }: State, number: number, { idempotency }: NewVersion): Decision =>
  fingerprint === idempotency?.fingerprint ? { result: 'REPLAYED', number, unchanged: unchanged === true } : { result: 'KEY_REUSED' }
