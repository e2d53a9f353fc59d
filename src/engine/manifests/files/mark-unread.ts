import type { ClusterHeader } from '../../model/topology/cluster-header.js'
import type { UnreadHeader } from '../../model/topology/unread-header.js'
import type { LostObjects } from './lost-objects.js'

/** How many files one reason names. */
const named = 3

const reasonOf = (files: ReadonlySet<string | null>): string => {
  const names = [...files].flatMap((file) => (file === null ? [] : [file.length > 256 ? `…${file.slice(-255)}` : file]))
  const more = names.length > named ? ` and ${names.length - named} more files` : ''
  return names.length === 0 ? 'broken where it is written' : `broken in ${names.slice(0, named).join(', ')}${more}`
}

const usualOf = ({ isUnplaced }: LostObjects, { defaultNamespace = 'default' }: ClusterHeader): string | undefined =>
  isUnplaced === true ? defaultNamespace : undefined

/** The cluster's entry, which says of what is lost that it could not be read. */
export const markUnread = (header: ClusterHeader, lost: readonly LostObjects[]): ClusterHeader => {
  if (lost.length === 0) return header
  const files = new Map<string, { readonly entry: Omit<UnreadHeader, 'reason'>; readonly files: Set<string | null> }>()
  for (const one of lost) {
    const { kind, namespace = usualOf(one, header), file } = one
    const entry = { kind, ...(namespace === undefined ? {} : { namespace }) }
    const key = `${entry.kind} ${entry.namespace ?? ''}`
    const known = files.get(key) ?? { entry, files: new Set() }
    files.set(key, known)
    known.files.add(file)
  }
  return {
    ...header,
    unread: [...(header.unread ?? []), ...[...files.values()].map((each) => ({ ...each.entry, reason: reasonOf(each.files) }))],
  }
}
