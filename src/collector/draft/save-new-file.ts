import { link, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Writes a file that must not exist yet: beside it first, so that nobody sees a half of it. False: there is one. */
export async function saveNewFile(file: string, text: string): Promise<boolean> {
  const aside = await mkdtemp(join(dirname(file), '.sightline-init-'))
  try {
    await writeFile(join(aside, 'text'), text, { mode: 0o644 })
    await link(join(aside, 'text'), file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}
