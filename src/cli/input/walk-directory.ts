import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** A file below a directory, by its path relative to it, with slashes. */
export interface FoundFile {
  readonly path: string
  readonly file: string
  /** Of what a link leads to: its own path. */
  readonly linksTo?: string
}

export interface Walked {
  readonly files: readonly FoundFile[]
  /** Links that lead out of the directory, or nowhere, by the path to them and by their own. */
  readonly links: readonly { readonly path: string; readonly own: string }[]
}

/** What belongs to other programs, and may be endless. */
const passedBy = new Set(['.git', 'node_modules'])

/**
 * Every file below a directory in the order in which `kubectl apply -R -f` takes them. Links that stay inside are followed, each
 * directory once on the way to a file; others are named.
 */
export const walkDirectory = (directory: string): Walked => {
  const root = realpathSync(directory)
  const files: FoundFile[] = []
  const links: { readonly path: string; readonly own: string }[] = []
  const walk = (at: string, below: string, above: readonly string[]): void => {
    const real = realpathSync(at)
    if (above.includes(real)) return
    for (const entry of readdirSync(at, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = join(at, entry.name)
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      const type = entry.isSymbolicLink() ? linked(root, file) : entry
      // Only where a link leads to does it have to be asked for.
      const own = toldFrom(root, entry.isSymbolicLink() && type !== undefined ? realpathSync(file) : join(real, entry.name))
      if (type === undefined) links.push({ path, own })
      else if (type.isFile()) files.push({ path, file, ...(own === path ? {} : { linksTo: own }) })
      else if (type.isDirectory() && !passedBy.has(entry.name)) walk(file, path, [...above, real])
    }
  }
  walk(directory, '', [])
  return { files, links }
}

const toldFrom = (root: string, file: string): string => relative(root, file).replaceAll(sep, '/')

/** What a link leads to, if that is inside. */
const linked = (root: string, file: string): Stats | undefined => {
  try {
    const inside = relative(root, realpathSync(file))
    return inside === '..' || inside.startsWith(`..${sep}`) ? undefined : statSync(file)
  } catch {
    return undefined
  }
}
