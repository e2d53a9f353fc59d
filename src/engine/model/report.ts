import Type, { type Static } from 'typebox'
import { LeftOut } from './left-out.js'
import { Reachability } from './reachability.js'
import { SourcePlace } from './resource-ref.js'
import { Verdict } from './verdict.js'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const Severity = Type.Enum(['ERROR', 'WARNING', 'INFO'])
export type Severity = Static<typeof Severity>

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
  istio: Type.Array(Type.String(), { description: 'codes under which `istioctl analyze` says the same' }),
  kiali: Type.Array(Type.String(), { description: 'codes under which Kiali says the same' }),
  help: Type.String(),
})
export type Finding = Static<typeof Finding>

/** One assertion and what is so; of a failed one also what was expected, and why it is otherwise: the answer, or the problem with asking. */
export const AssertionResult = Type.Object({
  name: Type.String(),
  passed: Type.Boolean(),
  verdict: orNull(Verdict),
  expected: Type.Optional(Verdict),
  trace: Type.Optional(Reachability),
  problem: Type.Optional(Type.Object({ code: Type.String(), message: Type.String(), suggestions: Type.Array(Type.String()) })),
})
export type AssertionResult = Static<typeof AssertionResult>

/** What validate says of a document. FAIL: an ERROR finding or a failed assertion; WARN: a WARNING finding. */
export const Report = Type.Object({
  verdict: Type.Enum(['PASS', 'WARN', 'FAIL']),
  summary: Type.Object({
    error: Type.Integer(),
    warning: Type.Integer(),
    info: Type.Integer(),
    suppressed: Type.Integer(),
  }),
  findings: Type.Array(Finding),
  assertions: Type.Array(AssertionResult),
  counts: Type.Record(Type.String(), Type.Integer()),
  leftOut: Type.Optional(Type.Array(LeftOut, { description: 'files beside the document that hold no objects, by reason' })),
})
export type Report = Static<typeof Report>
