import type { Finding } from '../../model/report.js'
import type { RemovedSecret } from '../../model/topology/removed-secret.js'
import { linesOfAll } from '../parsing/lines-of-all.js'
import { dottedPath, type Path } from '../parsing/pointer-trie.js'
import type { Standing } from '../raw-object.js'
import type { Removal } from './remove-secrets.js'

/** What was taken out of one object, or of the document's own fields, and where that stands. */
export interface RemovedFrom {
  readonly resource: Finding['resource']
  readonly standing: Standing
  readonly removed: readonly Removal[]
}

interface Wanted {
  readonly from: RemovedFrom
  readonly removal: Removal
  readonly path: Path
}

/** Every removal with the line of its field, as far as that can be found: each document that has some is read once more. */
export const placeRemoved = (all: readonly RemovedFrom[]): readonly RemovedSecret[] => {
  const wanted = all.flatMap((from) =>
    from.removed.map((removal): Wanted => ({ from, removal, path: [...from.standing.path, ...removal.path] })),
  )
  const lines = linesOfAll(wanted, ({ from, path }) => ({ locate: from.standing.locate, path }))
  return wanted.map((one) => ({
    kind: one.removal.kind,
    resource: one.from.resource,
    path: dottedPath(one.removal.path),
    file: one.from.standing.stated?.file ?? one.from.standing.file,
    line: one.from.standing.stated?.line ?? lines.get(one) ?? (one.from.standing.line() || null),
  }))
}
