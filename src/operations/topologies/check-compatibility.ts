import { AppError } from '#engine/model/app-error'
import type { Compatibility } from '#engine/model/stored/stored-version'

/** The others need the verdicts of two versions to be compared, which nothing here does: what would be ignored is refused. */
export function checkCompatibility(compatibility: Compatibility): void {
  if (compatibility === 'NONE') return
  const detail = `\`${compatibility}\` cannot be held yet, since verdicts of two versions are not compared: \`NONE\` is the only compatibility that is taken`
  throw new AppError('COMPATIBILITY_UNSUPPORTED', detail, {
    errors: [{ code: 'COMPATIBILITY_UNSUPPORTED', detail, pointer: '#/compatibility' }],
  })
}
