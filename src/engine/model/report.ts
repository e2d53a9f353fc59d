import Type, { type Static } from 'typebox'
import { IdentityTrust } from './identity-trust.js'
import { LeftOut } from './left-out.js'
import { DestinationInput, SourceInput, text } from './question.js'
import { Reachability } from './reachability.js'
import { SourcePlace } from './resource-ref.js'
import { Verdict } from './verdict.js'
import { orNull } from './or-null.js'
import { described } from './topology/described.js'

export const Severity = Type.Enum(['ERROR', 'WARNING', 'INFO'])
export type Severity = Static<typeof Severity>

/** Codes of another tool, which all findings of a rule share. */
const codesOf = (description: string) => Type.Unsafe<readonly string[]>(Type.Array(Type.String(), { description }))

/** A configuration mistake, or a part that could not be read or used. */
export const Finding = Type.Object({
  code: Type.String(),
  severity: Severity,
  message: Type.String(),
  resource: orNull(
    Type.Object({
      cluster: orNull(Type.String()),
      kind: Type.String(),
      namespace: orNull(Type.String()),
      name: Type.String(),
    }),
  ),
  path: orNull(Type.String()),
  source: orNull(SourcePlace),
  istio: codesOf('codes under which `istioctl analyze` says the same'),
  kiali: codesOf('codes under which Kiali says the same'),
  help: Type.String(),
  fingerprint: Type.Optional(
    Type.String({ description: 'by what it is recognised in other reports: its code, object and path, and not its line' }),
  ),
  change: Type.Optional(Type.Enum(['NEW', 'UNCHANGED'], { description: 'against the baseline, where there is one' })),
})
export type Finding = Static<typeof Finding>

const several = <T extends Type.TSchema>(item: T) =>
  Type.Optional(Type.Union([Type.Unsafe<readonly Static<T>[]>(Type.Array(item, { maxItems: 100 })), Type.Null()]))

/** Which findings are wanted: those that everything stated takes. */
export const FindingFilter = Type.Object(
  {
    severities: described(several(Severity), 'Only these.', ['ERROR']),
    codes: described(several(Type.String({ maxLength: 64 })), 'Only these codes.', ['REF101']),
    cluster: text('Only in this cluster.', 'west'),
    namespace: text('Only in this namespace.', 'shop'),
    kind: text('Only in objects of this kind.', 'VirtualService'),
    name: text('Only in objects of this name.', 'reviews'),
  },
  { additionalProperties: false },
)
export type FindingFilter = Static<typeof FindingFilter>

/** EXPECTED: it does not hold, and need not before its `until`. UNDETERMINED: nothing is known to break it, but something that decides is missing. */
export const AssertionOutcome = Type.Enum(['PASSED', 'FAILED', 'UNDETERMINED', 'EXPECTED'])
export type AssertionOutcome = Static<typeof AssertionOutcome>

/**
 * One assertion and what is so: the verdict, what else was expected and how many pairs of caller and host were held to it.
 *
 * Of one that does not hold also why, told of the first pair that does not: the call and its answer, or the problem with asking.
 */
export const AssertionResult = Type.Object({
  name: Type.String(),
  passed: Type.Boolean(),
  outcome: AssertionOutcome,
  verdict: orNull(Verdict),
  expected: Type.Optional(Verdict),
  until: Type.Optional(Type.String()),
  pairs: Type.Optional(Type.Object({ checked: Type.Integer(), failed: Type.Integer(), undetermined: Type.Integer() })),
  message: Type.Optional(Type.String({ description: 'what is so instead' })),
  source: Type.Optional(orNull(SourcePlace)),
  call: Type.Optional(Type.Object({ from: SourceInput, to: DestinationInput })),
  trace: Type.Optional(Reachability),
  trust: Type.Optional(IdentityTrust),
  problem: Type.Optional(Type.Object({ code: Type.String(), message: Type.String(), suggestions: Type.Array(Type.String()) })),
})
export type AssertionResult = Static<typeof AssertionResult>

/** How many assertions ended how. */
export const AssertionSummary = Type.Object({
  passed: Type.Integer(),
  failed: Type.Integer(),
  undetermined: Type.Integer(),
  expected: Type.Integer({ description: 'those that do not hold and need not yet' }),
})
export type AssertionSummary = Static<typeof AssertionSummary>

/** What validate says of a document. FAIL: an ERROR finding, or an assertion that does not hold and should; WARN: a WARNING finding. */
export const Report = Type.Object({
  verdict: Type.Enum(['PASS', 'WARN', 'FAIL']),
  summary: Type.Object({
    error: Type.Integer(),
    warning: Type.Integer(),
    info: Type.Integer(),
    suppressed: Type.Integer(),
    assertions: AssertionSummary,
    changes: Type.Optional(Type.Object({ new: Type.Integer(), unchanged: Type.Integer(), fixed: Type.Integer() })),
  }),
  findings: Type.Array(Finding),
  suppressed: Type.Optional(Type.Array(Finding, { description: 'findings that somebody accepted' })),
  fixed: Type.Optional(Type.Array(Finding, { description: 'findings of the baseline that are gone' })),
  assertions: Type.Array(AssertionResult),
  counts: Type.Record(Type.String(), Type.Integer()),
  leftOut: Type.Optional(Type.Array(LeftOut, { description: 'files beside the document that hold no objects, by reason' })),
})
export type Report = Static<typeof Report>
