import type { Finding } from '../../model/report.js'
import type { RemovedSecret } from '../../model/topology/removed-secret.js'

/**
 * Notes of what was taken out of objects, at the line of the first field that they name. Asked where notes are told, and not where a question only
 * counts them: documents are read once more for it.
 */
export const atTheirLines = (notes: readonly Finding[], removed: () => readonly RemovedSecret[]): readonly Finding[] => {
  const isWanted = ({ code, resource }: Finding): boolean => code === 'SECRET_REMOVED' && resource !== null
  if (!notes.some(isWanted)) return notes
  const first = new Map<unknown, RemovedSecret>()
  for (const one of removed()) if (!first.has(one.resource)) first.set(one.resource, one)
  return notes.map((note) => {
    const found = isWanted(note) ? first.get(note.resource) : undefined
    return found === undefined ? note : { ...note, source: { file: found.file, line: found.line } }
  })
}
