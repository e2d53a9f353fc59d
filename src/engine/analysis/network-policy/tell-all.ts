import type { ResourceRef } from '../../model/resource-ref.js'
import type { JudgedEnd } from './judge-connection.js'

/** What was decided at several ends, each sentence once. */
export const tellAll = (ends: readonly JudgedEnd[]): string =>
  [...new Set(ends.flatMap(({ decision }) => decision?.message ?? []))].join('; and ')

export const refsOf = ({ decision }: JudgedEnd): readonly ResourceRef[] => decision?.because ?? []

/** Does a policy that is kept and not evaluated leave it open? */
export const isUnmodelled = (ends: readonly JudgedEnd[]): boolean => ends.some(({ decision }) => decision?.unmodelled === true)
