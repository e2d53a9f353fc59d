import type { SuppliedFile } from '../document-text.js'

/**
 * Files without those that links lead to a second time. Each stands where it comes last, as applying all of them in order would leave it, and
 * is told by its own path where that is among them.
 */
export const eachOnce = (files: readonly SuppliedFile[]): readonly SuppliedFile[] => {
  const found = new Map<string, SuppliedFile>()
  for (const file of files) {
    const own = file.linksTo ?? file.path
    const known = found.get(own)
    found.delete(own)
    found.set(own, known === undefined || file.linksTo === undefined ? file : known)
  }
  return found.size === files.length ? files : [...found.values()]
}
