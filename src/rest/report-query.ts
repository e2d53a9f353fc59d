import Type, { type Static } from 'typebox'
import { AppError } from '#engine/model/app-error'
import { FailOn } from '#engine/model/fail-on'
import { FormatName } from './report-format.js'
import type { VersionAddress } from '#operations/versions/find-version'

/** What may be said of every report, wherever it is asked for. */
export const ReportQuery = Type.Object(
  {
    strictStatus: Type.Optional(Type.Boolean({ description: 'answer 422 when the report says FAIL, or what `failOn` names' })),
    failOn: Type.Optional(
      Type.Enum(FailOn.enum, {
        description:
          'from what on `strictStatus` answers 422: `error` (FAIL, the default), `warning`, `new-error` (against `baseline`), `never`',
      }),
    ),
    format: FormatName,
    baseline: Type.Optional(
      Type.String({
        pattern: '^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?@)?[-a-z0-9:]{1,71}$',
        description:
          'a stored version to compare with, `NAME@REF`, or `REF` of the same topology: findings say whether they are new, and what is gone is listed',
      }),
    ),
  },
  { additionalProperties: false },
)
export type ReportQuery = Static<typeof ReportQuery>

/** What says nothing without its partner is refused. */
export function checkReportQuery({ strictStatus, failOn, baseline }: ReportQuery): void {
  if (failOn !== undefined && strictStatus !== true)
    throw refused('failOn', '`failOn` says when `strictStatus=true` answers 422, which is not asked for')
  if (failOn === 'new-error' && baseline === undefined)
    throw refused('failOn', '`failOn=new-error` needs a `baseline`, against which something is new')
}

const refused = (parameter: string, detail: string): AppError =>
  new AppError('PARAMETER_INVALID', detail, { errors: [{ code: 'FIELD_INVALID', detail, parameter }] })

/** The version that `baseline` names; `own`: the topology that is asked about anyhow. */
export function baselineOf({ baseline }: ReportQuery, own: string | undefined): VersionAddress | undefined {
  if (baseline === undefined) return undefined
  const at = baseline.indexOf('@')
  if (at >= 0) return { topology: baseline.slice(0, at), ref: baseline.slice(at + 1) }
  if (own === undefined) throw refused('baseline', `\`baseline=${baseline}\` names no topology: write \`NAME@REF\``)
  return { topology: own, ref: baseline }
}
