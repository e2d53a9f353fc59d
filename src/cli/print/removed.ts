import { type RemovedSecret, secretKinds } from '#engine/model/topology/removed-secret'
import type { Paint } from '#formats/text/paint'

/** What would be taken out, a line each: where it stands, in which object, and what it is. */
export function printRemoved(paint: Paint, { removed }: { readonly removed: readonly RemovedSecret[] }): readonly string[] {
  if (removed.length === 0) return ['nothing would be removed']
  const lines = removed.map(
    (one) => `${placeOf(one)}${objectOf(one)}${one.path}  ${paint('faint', `${one.kind}: ${secretKinds[one.kind]}`)}`,
  )
  return [...lines, '', `${removed.length} ${removed.length === 1 ? 'value' : 'values'} would be removed before storing`]
}

const placeOf = ({ file, line }: RemovedSecret): string => {
  if (file === null) return line === null ? '' : `line ${line}  `
  return line === null ? `${file}  ` : `${file}:${line}  `
}

const objectOf = ({ resource }: RemovedSecret): string =>
  resource === null ? '' : `${resource.kind} ${resource.namespace === null ? '' : `${resource.namespace}/`}${resource.name}  `
