import type { ResourceRef } from '../../model/resource-ref.js'
import type { JudgedEnd } from './judge-connection.js'

/** What was decided at several ends, each sentence once. */
export const tellAll = (ends: readonly JudgedEnd[]): string =>
  [...new Set(ends.flatMap(({ decision }) => decision?.message ?? []))].join('; and ')

/** Of what lets a call through two are told in full: nobody has to change them. */
export function tellSome(ends: readonly JudgedEnd[]): string {
  const sentences = [...new Set(ends.flatMap(({ decision }) => decision?.message ?? []))]
  const more = sentences.length - mostTold
  return more <= 0 ? sentences.join('; and ') : `${sentences.slice(0, mostTold).join('; and ')}; and alike at ${more} more`
}

const mostTold = 2

export const refsOf = ({ decision }: JudgedEnd): readonly ResourceRef[] => decision?.because ?? []

/** Does a policy that is kept and not evaluated leave it open? */
export const isUnmodelled = (ends: readonly JudgedEnd[]): boolean => ends.some(({ decision }) => decision?.unmodelled === true)
