import { AppError } from '#engine/model/app-error'
import type { SubjectInput } from '#engine/model/groups/subject-input'
import { keyOf } from '#engine/model/stored/cursor'
import { type PageInput, readPage } from '../page.js'
import { checkSource } from './check-source.js'

const others = ['host', 'spiffeId', 'tenant'] as const

/** Refuses a subject that is told in two ways at once. `place` is its pointer. */
export function checkSubject(subject: SubjectInput, place = '#/of'): void {
  checkSource(subject, place)
  const way = subject.outside ? 'outside' : subject.proxy ? 'proxy' : subject.gateway ? 'gateway' : undefined
  const other = others.find((field) => Boolean(subject[field]))
  if (way === undefined || other === undefined) return
  const detail = `a subject has a \`${way}\` or a \`${other}\`, not both`
  throw new AppError('PARAMETER_INVALID', detail, { errors: [{ code: 'SOURCE_CONTRADICTORY', detail, pointer: `${place}/${other}` }] })
}

/** Refuses a page that is none of rows, whose cursors are positions. */
export function checkRows(page: PageInput): void {
  readPage(page)
  if (page.after && !/^\d{1,9}$/.test(keyOf(page.after) ?? ''))
    throw new AppError('CURSOR_INVALID', 'the cursor is not one of a list of rows')
}
