import { createHash } from 'node:crypto'
import { by } from '#access/by'
import type { Deed } from '#access/permissions'
import { refuse } from '#access/refuse'
import { cleanWords, type Prepared } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import { sameTenants } from '#engine/model/topology/same-tenants'
import type { AppendAnswer } from '#engine/model/stored/stored-version'
import type { NewVersion, Store, Version } from '#store/store'
import type { Dependencies } from '../dependencies.js'

/** How a version is to be added. */
export interface WriteOptions {
  /** Head the writer saw; 0: the topology must have no version yet; undefined: any. */
  readonly expectedVersion?: number | undefined
  readonly message?: string | null | undefined
  readonly author?: string | null | undefined
  readonly idempotencyKey?: string | undefined
  /** Store nothing of which an assertion does not hold. */
  readonly requirePass?: boolean | undefined
  /** Do everything but store. */
  readonly dryRun?: boolean | undefined
}

/** What is written, and where. */
interface Writing extends WriteOptions {
  readonly topology: string
}

/**
 * Store what the analyst prepared, or say what would have happened.
 *
 * `same` says what makes two requests with one idempotency key the same request; it is derived from content without
 * secrets, so that its hash gives nothing away.
 */
export async function storePrepared(
  { store, now, caller }: Pick<Dependencies, 'store' | 'now' | 'caller'>,
  deed: Deed,
  { topology, ...sent }: Writing,
  taken: Prepared,
  same: readonly unknown[],
): Promise<AppendAnswer> {
  const { words, notes } = cleanWords({ message: sent.message, author: sent.author })
  const options = { ...sent, ...words }
  const prepared = notes.length === 0 ? taken : { ...taken, notes: [...taken.notes, ...notes] }
  if (options.requirePass === true) refuseFailed(prepared)
  const keepsTenants = !caller.scopes.includes('admin')
  const refuseTenants = (): never => refuse(caller, deed, topology, new AppError('FORBIDDEN', tenantsDiffer))
  if (options.dryRun === true) {
    const head = await store.findVersion(topology, 'latest')
    if (keepsTenants && !sameTenants(head?.header ?? '{}', prepared.header)) refuseTenants()
    return rehearse(head, topology, prepared, { ...options, now: now() })
  }
  const version = await newVersion(store, topology, prepared, options, same)
  const appended = await store.append({ ...version, keepsTenants }, by(caller, deed))
  if (appended.result === 'TENANTS_DIFFER') return refuseTenants()
  if (appended.result === 'CONFLICT') throw conflict(topology, options.expectedVersion, appended.head)
  if (appended.result === 'KEY_REUSED') {
    throw new AppError('IDEMPOTENCY_KEY_REUSED', `the idempotency key was used for another request on \`${topology}\``)
  }
  const { version: stored, unchanged } = appended
  return { ...described(stored), createdAt: stored.createdAt.toISOString(), unchanged, ...seen(prepared) }
}

const tenantsDiffer = '`tenants` say who sees what, and are not those of the newest version: to change them takes the scope `admin`'

function refuseFailed({ failed }: Prepared): void {
  const [first] = failed
  if (first === undefined) return
  const errors = failed.map(({ name, outcome, message, problem }) => {
    const so = outcome === 'UNDETERMINED' ? 'is not known to hold' : 'does not hold'
    return { code: 'ASSERTION_FAILED', detail: `\`${name}\` ${so}: ${message ?? problem?.message ?? ''}` }
  })
  const more = failed.length === 1 ? '' : `, and ${failed.length - 1} more ${failed.length === 2 ? 'does' : 'do'} not`
  throw new AppError('ASSERTION_FAILED', `nothing was stored: ${errors[0]?.detail ?? ''}${more}`, { errors: errors.slice(0, 100) })
}

async function newVersion(
  store: Store,
  topology: string,
  prepared: Prepared,
  { expectedVersion, message, author, idempotencyKey }: WriteOptions,
  same: readonly unknown[],
): Promise<Omit<NewVersion, 'keepsTenants'>> {
  const known = await store.knownContents(prepared.contents.map(({ digest }) => digest))
  // Places go when the head gets others; whoever says them brings them, too.
  const places = new Set([prepared.placesDigest, ...prepared.parts.map(({ placesDigest }) => placesDigest)])
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([topology, same, message ?? null, author ?? null]))
    .digest('hex')
  return {
    topology,
    contentHash: prepared.contentHash,
    header: prepared.header,
    placesDigest: prepared.placesDigest,
    parts: prepared.parts,
    contents: prepared.contents.filter(({ digest }) => !known.has(digest) || places.has(digest)),
    message: message ?? null,
    author: author ?? null,
    expectedVersion,
    idempotency: idempotencyKey === undefined ? undefined : { key: idempotencyKey, fingerprint },
  }
}

/** The answer that an append would give now. */
function rehearse(
  head: Version | undefined,
  topology: string,
  prepared: Prepared,
  options: WriteOptions & { readonly now: number },
): AppendAnswer {
  const current = head?.number ?? 0
  if (options.expectedVersion !== undefined && options.expectedVersion !== current) {
    throw conflict(topology, options.expectedVersion, current)
  }
  if (head !== undefined && head.contentHash === prepared.contentHash) {
    return { ...described(head), createdAt: head.createdAt.toISOString(), unchanged: true, ...seen(prepared) }
  }
  return {
    topology,
    number: current + 1,
    contentHash: prepared.contentHash,
    unchanged: false,
    createdAt: new Date(options.now).toISOString(),
    message: options.message ?? null,
    author: options.author ?? null,
    ...seen(prepared),
  }
}

/** What was seen while it was read. */
const seen = ({ notes, leftOut }: Prepared): Pick<AppendAnswer, 'warnings' | 'leftOut'> => ({
  warnings: [...notes],
  ...(leftOut.length === 0 ? {} : { leftOut: [...leftOut] }),
})

const described = (version: Pick<AppendAnswer, 'topology' | 'number' | 'contentHash' | 'message' | 'author'>) => ({
  topology: version.topology,
  number: version.number,
  contentHash: version.contentHash,
  message: version.message,
  author: version.author,
})

function conflict(topology: string, expected: number | undefined, head: number): AppError {
  return new AppError('PRECONDITION_FAILED', `the newest version of \`${topology}\` is ${head}, not the expected ${expected ?? 'one'}`, {
    currentVersion: head,
  })
}
