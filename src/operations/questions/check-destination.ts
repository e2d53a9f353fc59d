import { AppError } from '#engine/model/app-error'
import { findHeaderFault } from '#engine/model/header-fault'
import type { DestinationInput } from '#engine/model/question'

/** Refuses a destination whose headers contradict one another. `place` is the destination's pointer. */
export function checkDestination(destination: DestinationInput, place = '#/to'): void {
  const fault = findHeaderFault(destination, place)
  if (fault !== undefined) throw new AppError('PARAMETER_INVALID', fault.detail, { errors: [fault] })
}
