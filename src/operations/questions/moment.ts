import { AppError } from '#engine/model/app-error'
import { isMoment } from '#engine/model/moment'

/** Refuses an `at` that is not an RFC 3339 moment; absent means the request's time. */
export function checkMoment(at: string | null | undefined): void {
  if (at === undefined || at === null || isMoment(at)) return
  throw new AppError('PARAMETER_INVALID', `\`at\` is \`${at.slice(0, 60)}\`; it must be a moment such as \`2026-01-31T12:00:00Z\``, {
    errors: [{ code: 'NOT_A_MOMENT', detail: '`at` must be an RFC 3339 moment', pointer: '#/at' }],
  })
}
