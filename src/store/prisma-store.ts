import { append } from './append.js'
import { forgetAudit, listAudit, recordDenials } from './access/audit.js'
import { forgetLeases, leaseRequests } from './access/leases.js'
import { createBatched } from './batched.js'
import { restoreBackup } from './keeping/restore-backup.js'
import { verifyStore } from './keeping/verify-store.js'
import { writeBackup } from './keeping/write-backup.js'
import { knownContents, readContents } from './contents.js'
import type { Database } from './database.js'
import { deleteTopology } from './delete-topology.js'
import { rememberReads } from './remember-reads.js'
import type { Appended, By, NewVersion, Store } from './store.js'
import { guarded } from './store-error.js'
import { isPruned, prune } from './keeping/prune.js'
import { putTag } from './tags.js'
import { createToken, findToken, listTokens, revokeToken } from './access/tokens.js'
import { findTopologies, listTopologies, putTopology } from './topologies.js'
import { createVersionFinder, listVersions, versionKey } from './versions.js'

/** Queries under way at once for one kind of hot read; more wait and go together. */
const parallel = 2

/**
 * The store on an open database whose schema is up to date.
 *
 * Hot reads are answered from memory on the embedded database, which this process holds alone; on a server, where other
 * replicas write, all that are asked for in one tick share one query.
 */
export function createPrismaStore(database: Database): Store {
  const { kind, pool } = database
  const findTopology = createBatched((names) => findTopologies(database, names), parallel)
  const findKey = createBatched(createVersionFinder(database), parallel)
  const findVersion: Store['findVersion'] = (topology, ref) => findKey(versionKey(topology, ref))
  const store: Store = {
    kind,
    putTopology: (name, change, by) => putTopology(database, name, change, by),
    findTopology,
    listTopologies: (page, patterns) => listTopologies(database, page, patterns),
    deleteTopology: (name, by) => reclaiming(database, deleteTopology(database, name, by), (isDeleted) => isDeleted),
    append: (version, by) => appendTo(database, findVersion, version, by),
    findVersion,
    listVersions: (topology, page) => listVersions(database, topology, page),
    putTag: async (topology, tag, number, by) =>
      (await putTag(database, topology, tag, number, by)) ? findVersion(topology, `${number}`) : undefined,
    prune: (topology, pruning, by) =>
      reclaiming(
        database,
        guarded(() => prune(database, topology, pruning, by)),
        (gone) => gone.length > 0 && !pruning.dryRun,
      ),
    isPruned: (topology, ref) => guarded(() => isPruned(database, topology, ref)),
    backup: () => writeBackup(database),
    restore: (backup, replace, by) => reclaiming(database, restoreBackup(database, backup, replace, by), () => replace),
    verify: () => verifyStore(database),
    knownContents: (digests) => guarded(() => knownContents(pool, digests)),
    readContents: (digests) => guarded(() => readContents(pool, digests)),
    createToken: (token, by) => createToken(database, token, by),
    findToken: (digest) => findToken(database, digest),
    listTokens: (page) => listTokens(database, page),
    revokeToken: (id, by) => revokeToken(database, id, by),
    leaseRequests: (key, block, most) => leaseRequests(database, key, block, most),
    forgetLeases: () => forgetLeases(database),
    recordDenials: (denials) => recordDenials(database, denials),
    listAudit: (page) => listAudit(database, page),
    forgetAudit: (before) => reclaiming(database, forgetAudit(database, before), (count) => count > 0),
    ping: () => guarded(async () => void (await pool.query('SELECT 1'))),
    close: () => database.close(),
  }
  return kind === 'EMBEDDED' ? rememberReads(store) : store
}

/**
 * What was deleted is deleted, whether or not its room could be had back: whoever deleted it waits for none of that, and whoever deletes next asks for it
 * again.
 */
async function reclaiming<T>(database: Database, work: Promise<T>, hasDeleted: (outcome: T) => boolean): Promise<T> {
  const outcome = await work
  if (hasDeleted(outcome)) void database.reclaim().catch(() => {})
  return outcome
}

async function appendTo(database: Database, findVersion: Store['findVersion'], given: NewVersion, by: By): Promise<Appended> {
  const outcome = await append(database, given, by)
  if (outcome.result === 'CONFLICT' || outcome.result === 'KEY_REUSED' || outcome.result === 'TENANTS_DIFFER') return outcome
  if (outcome.result === 'CREATED') {
    const { topology, contentHash, message, author, header, placesDigest, parts } = given
    const { number, createdAt } = outcome
    return {
      result: 'CREATED',
      unchanged: false,
      version: { topology, number, contentHash, createdAt, message, author, tags: [], header, placesDigest, parts },
    }
  }
  const version = await findVersion(given.topology, `${outcome.number}`)
  // The topology was deleted between the two steps: what was true then is no longer.
  if (!version) return { result: 'CONFLICT', head: 0 }
  return { result: outcome.result, version, unchanged: outcome.result === 'UNCHANGED' || outcome.unchanged }
}
