import { answerTooLarge } from '#engine/model/answer-too-large'
import { errorOf } from '#engine/model/app-error'
import type { Manner } from '#engine/model/written'
import type { Found } from '#engine/rules/make-report'
import { findFormat } from '#formats/all-formats'

/**
 * Refuses a report as soon as its findings are known to take more than there is room for, where the form writes each of them: what nobody will get is not
 * made to its end.
 */
export function withinRoom({ form, room }: Manner): Found | undefined {
  const around = findFormat(form)?.aroundFinding
  if (around === undefined) return undefined
  let left = room.left
  return ({ message }) => {
    left -= around + message.length
    if (left < 0) throw errorOf(answerTooLarge('report', room).problem)
  }
}
