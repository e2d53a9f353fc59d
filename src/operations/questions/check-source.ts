import { AppError } from '#engine/model/app-error'
import type { SourceInput } from '#engine/model/question'

const ways = ['outside', 'proxy', 'gateway'] as const
const fields = ['proxy', 'gateway', 'cluster', 'namespace', 'workload', 'serviceAccount', 'labels'] as const

const states = (source: SourceInput, field: (typeof fields)[number]): boolean => {
  const value = source[field] ?? ''
  return typeof value === 'string' || Array.isArray(value) ? value.length > 0 : true
}

/** Refuses a source told in two ways at once: one of them would be passed over in silence. `place` is the source's pointer. */
export function checkSource(source: SourceInput, place = '#/from'): void {
  const way = ways.find((each) => Boolean(source[each]))
  if (way === undefined) return
  const other = fields.find((field) => field !== way && states(source, field))
  if (other === undefined) return
  const detail = `a source has a \`${way}\` or a \`${other}\`, not both`
  throw new AppError('PARAMETER_INVALID', detail, { errors: [{ code: 'SOURCE_CONTRADICTORY', detail, pointer: `${place}/${other}` }] })
}
