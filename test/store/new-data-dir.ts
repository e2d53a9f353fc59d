import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openStore } from '#store/open-store'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** All that an empty store is made of and by. */
const makers = ['src/store', 'prisma', 'node_modules/@electric-sql/pglite/package.json', 'test/store/new-data-dir.ts']

/**
 * Makes `place` the data directory of a store in which nothing is yet, and returns it.
 *
 * It is a copy of one that was made once: to make a database anew takes eight seconds of processor time, to copy it a third of one.
 */
export async function newDataDir(place: string): Promise<string> {
  cpSync(await emptyStore(), place, { recursive: true })
  return place
}

let made: Promise<string> | undefined
const emptyStore = (): Promise<string> => (made ??= findOrMake())

async function findOrMake(): Promise<string> {
  const folder = join(root, 'node_modules/.cache/empty-stores')
  const wanted = join(folder, digestOf(makers))
  if (existsSync(wanted)) return wanted
  mkdirSync(folder, { recursive: true })
  const begun = mkdtempSync(`${wanted}-`)
  const store = await openStore({ dataDir: begun })
  await store.close()
  try {
    renameSync(begun, wanted)
  } catch (error) {
    // Another process was first.
    if (!existsSync(wanted)) throw error
    rmSync(begun, { recursive: true })
  }
  return wanted
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesIn).toSorted()) hash.update(`${path}\n`).update(readFileSync(join(root, path)))
  return hash.digest('hex').slice(0, 16)
}

const filesIn = (path: string): readonly string[] =>
  statSync(join(root, path)).isFile() ? [path] : readdirSync(join(root, path)).flatMap((name) => filesIn(`${path}/${name}`))
