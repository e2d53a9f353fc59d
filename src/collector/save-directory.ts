import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Refuse } from './refuse.js'
import { collectedHeading } from './collection-files.js'
import { sayCause } from './say-cause.js'

/** What is there before. */
type Before = 'NOTHING' | 'EMPTY' | 'COLLECTION'

/** What a collection consists of, and nothing else may be lost when one replaces another. */
const own = new Set(['topology.yaml', 'clusters'])

/**
 * Writes files into a directory that is new, empty or, with `force`, an earlier collection: beside it first, and then in its place, so that nobody
 * ever sees a half of it.
 */
export async function saveDirectory(directory: string, files: ReadonlyMap<string, string>, force: boolean, refuse: Refuse): Promise<void> {
  const target = resolve(directory)
  const before = await refuseOthers(target, directory, force, refuse)
  try {
    await writeAside(target, files, before)
  } catch (error) {
    throw notWritable(directory, error, refuse)
  }
}

/** Of what is made on the way nobody knows but we. */
const notWritable = (shown: string, error: unknown, refuse: Refuse): Error =>
  refuse('input', `\`${shown}\` cannot be written: ${sayCause(error, { ENOENT: 'nothing can be written there' })}`)

async function writeAside(target: string, files: ReadonlyMap<string, string>, before: Before): Promise<void> {
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

async function putInPlace(aside: string, target: string, before: Before): Promise<void> {
  if (before !== 'COLLECTION') return rename(aside, target)
  const old = `${aside}-old`
  await rename(target, old)
  await rename(aside, target)
  await rm(old, { recursive: true, force: true })
}

/** Whether something can be made beside it, or in the nearest directory over it that there is. */
async function tryPlace(target: string, shown: string, refuse: Refuse): Promise<void> {
  let over = dirname(target)
  while (!existsSync(over)) over = dirname(over)
  try {
    await rmdir(await mkdtemp(join(over, `.${basename(target)}-new-`)))
  } catch (error) {
    throw notWritable(shown, error, refuse)
  }
}

/** Looks before anything is read, too: nobody should wait for a collection that has no place. */
export async function refuseOthers(target: string, shown: string, force: boolean, refuse: Refuse): Promise<Before> {
  const entries = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error.code === 'ENOTDIR'
      ? refuse('input', `\`${shown}\` is a file, or in one, and no directory`)
      : notWritable(shown, error, refuse)
  })
  if (entries === undefined || entries.length === 0) await tryPlace(target, shown, refuse)
  if (entries === undefined) return 'NOTHING'
  if (entries.length === 0) return 'EMPTY'
  const heading = await readFile(join(target, 'topology.yaml'), 'utf8').catch(() => '')
  const isCollection = heading.startsWith(collectedHeading) && entries.every((entry) => own.has(entry))
  if (!isCollection) throw refuse('input', `\`${shown}\` holds other files: name a directory that does not exist yet, or is empty`)
  if (!force) throw refuse('input', `\`${shown}\` holds an earlier collection: \`--force\` replaces it`)
  return 'COLLECTION'
}
