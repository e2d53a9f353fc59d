import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Refuse } from './refuse.js'
import { collectedHeading } from './collection-files.js'

/** What a collection consists of, and nothing else may be lost when one replaces another. */
const own = new Set(['topology.yaml', 'clusters'])

/**
 * Writes files into a directory that is new, empty or, with `force`, an earlier collection: beside it first, and then in its place, so that nobody
 * ever sees a half of it.
 */
export async function saveDirectory(directory: string, files: ReadonlyMap<string, string>, force: boolean, refuse: Refuse): Promise<void> {
  const target = resolve(directory)
  const before = await refuseOthers(target, directory, force, refuse)
  await mkdir(dirname(target), { recursive: true })
  const aside = await mkdtemp(join(dirname(target), `.${basename(target)}-new-`))
  try {
    for (const [path, text] of files) {
      const file = join(aside, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text, { mode: 0o644 })
    }
    await putInPlace(aside, target, before)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

async function putInPlace(aside: string, target: string, before: 'NOTHING' | 'EMPTY' | 'COLLECTION'): Promise<void> {
  if (before !== 'COLLECTION') return rename(aside, target)
  const old = `${aside}-old`
  await rename(target, old)
  await rename(aside, target)
  await rm(old, { recursive: true, force: true })
}

/** Looks before anything is read, too: nobody should wait for a collection that has no place. */
export async function refuseOthers(
  target: string,
  shown: string,
  force: boolean,
  refuse: Refuse,
): Promise<'NOTHING' | 'EMPTY' | 'COLLECTION'> {
  const entries = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error.code === 'ENOTDIR' ? refuse('input', `\`${shown}\` is a file, and no directory`) : error
  })
  if (entries === undefined) return 'NOTHING'
  if (entries.length === 0) return 'EMPTY'
  const heading = await readFile(join(target, 'topology.yaml'), 'utf8').catch(() => '')
  const isCollection = heading.startsWith(collectedHeading) && entries.every((entry) => own.has(entry))
  if (!isCollection) throw refuse('input', `\`${shown}\` holds other files: name a directory that does not exist yet, or is empty`)
  if (!force) throw refuse('input', `\`${shown}\` holds an earlier collection: \`--force\` replaces it`)
  return 'COLLECTION'
}
