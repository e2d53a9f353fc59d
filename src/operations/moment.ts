import { AppError } from '#engine/model/app-error'

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/

/** Refuses an `at` that is not an RFC 3339 moment; absent means the request's time. */
export function checkMoment(at: string | null | undefined): void {
  if (at === undefined || at === null) return
  if (rfc3339.test(at) && !Number.isNaN(Date.parse(at))) return
  throw new AppError('PARAMETER_INVALID', `\`at\` is \`${at.slice(0, 60)}\`; it must be a moment such as \`2026-01-31T12:00:00Z\``, {
    errors: [{ code: 'NOT_A_MOMENT', detail: '`at` must be an RFC 3339 moment', pointer: '#/at' }],
  })
}
