import type { Answered } from '#analyst/analyst'
import { errorOf } from '#engine/model/app-error'

/** The analyst's value; its problem is thrown, because the operation cannot go on without the value. */
export function valueOf<T>(answered: Answered<T>): T {
  if ('problem' in answered) throw errorOf(answered.problem)
  return answered.value
}
