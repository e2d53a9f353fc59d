import Type, { type Static } from 'typebox'
import { orNull } from '../or-null.js'
import type { ReasonCode } from '../reasons.js'
import { ResourceRef } from '../resource-ref.js'
import { ToldAssumption, ToldCondition } from '../step.js'
import { Verdict } from '../verdict.js'
import { Page } from '../visibility.js'

/** Who a group is; OUTSIDE: clients outside of every cluster, ADDRESS: an address that is called without any service. */
export const GroupKind = Type.Enum([
  'WORKLOAD',
  'IDENTITY',
  'NAMESPACE',
  'TENANT',
  'SERVICE',
  'GATEWAY',
  'OUTSIDE',
  'ADDRESS',
  'OUTSIDE_OF_VIEW',
])
export type GroupKind = Static<typeof GroupKind>

/** Some that are asked about together: `cluster` and `namespace` where all of them share it. */
export const Group = Type.Object({
  kind: GroupKind,
  cluster: orNull(Type.String()),
  namespace: orNull(Type.String()),
  name: Type.String(),
})
export type Group = Static<typeof Group>

/** A call of a row, as the question of reachability takes it: `from` as a source states itself. */
export const TracedCall = Type.Object({
  from: Type.Object({
    outside: orNull(Type.Boolean()),
    cluster: orNull(Type.String()),
    namespace: orNull(Type.String()),
    workload: orNull(Type.String()),
    gateway: orNull(Type.String()),
  }),
  to: Type.Object({ host: Type.String(), port: orNull(Type.Integer()) }),
})
export type TracedCall = Static<typeof TracedCall>

/**
 * Calls that end alike. `group` is the side that the question leaves open and `peer` the other one, null where it is not one; `count` is how many of
 * the group there are (workloads that call, or services and ports that are called), with up to three of them as examples. `because` names what decided, and `help` is
 * the page of the reason.
 */
export const GroupRow = Type.Object({
  group: Group,
  peer: orNull(Group),
  port: orNull(Type.Integer()),
  count: orNull(Type.Integer()),
  examples: Type.Array(Type.String()),
  verdict: Verdict,
  reason: Type.Unsafe<ReasonCode>(Type.String()),
  help: Type.String(),
  conditions: Type.Array(ToldCondition),
  because: Type.Array(ResourceRef),
  trace: orNull(TracedCall),
})
export type GroupRow = Static<typeof GroupRow>

/** How many calls, each of one workload to one port of one host, came to this. */
export const GroupTotal = Type.Object({
  verdict: Verdict,
  reason: Type.Unsafe<ReasonCode>(Type.String()),
  count: Type.Integer(),
})
export type GroupTotal = Static<typeof GroupTotal>

/** Rows in the order of what they mean for whoever asks: what arrives comes first. `totals` are of all rows. */
export const GroupedCalls = Type.Object({
  rows: Type.Array(GroupRow),
  totals: Type.Array(GroupTotal),
  assumptions: Type.Array(ToldAssumption),
  page: Page,
})
export type GroupedCalls = Static<typeof GroupedCalls>

/** BROKEN: some call between the two may arrive; UNDETERMINED: none is known to, and of some it is not known. */
export const IsolationVerdict = Type.Enum(['HOLDS', 'BROKEN', 'UNDETERMINED'])
export type IsolationVerdict = Static<typeof IsolationVerdict>

/** Whether there is no call between two, with the calls that break it before all others. */
export const Isolation = Type.Object({ verdict: IsolationVerdict, ...GroupedCalls.properties })
export type Isolation = Static<typeof Isolation>
